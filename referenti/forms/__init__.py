"""Forms of the people and the enti."""
