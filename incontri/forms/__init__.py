"""Forms of the reserved area, one module per noun."""
