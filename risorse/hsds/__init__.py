"""The directory as the Human Services Data Specification (HSDS) 3.x wants it: API and tabular data package.

Both are made of the same rows: `righe` turns our nouns into the rows of the HSDS tables, `annida` hangs them into each other
for the API, `pacchetto` writes them as CSV and reads them back.
"""
