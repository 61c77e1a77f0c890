"""The restitution document: compiled from approved minutes and the data, edited by people, commented, published.

`contesto` reads what it is made from, `sezioni` has a module for each section, `penna` puts sentences and sources together,
`compilazione` writes them over what is there without covering what people wrote, `testi` is their writing, `commenti` what the
enti say, `vita` its states, `contenuto` the whole as plain data for files and for the original.
"""
