"""Views of the project: what is composed from more than one app."""
