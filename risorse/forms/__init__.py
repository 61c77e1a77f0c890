"""Forms of the directory, one module per noun."""
