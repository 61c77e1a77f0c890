"""The HSDS tabular data package: one CSV a table and a datapackage.json, in a zip; out and in."""
