"""What the project does with all its apps at once."""
