"""Documents of the meetings from plain data, without the database: PDF, HTML, DOCX and ODT.

Each document first becomes a `Foglio` (`foglio.py`), the same for every format; the formats are in `carta.py` (PDF, HTML),
`docx.py` and `odt.py`.
"""
