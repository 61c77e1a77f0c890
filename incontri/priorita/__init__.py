"""The method of the needs as pure functions: plain data in, plain data out, exact arithmetic, no database.

`docs/metodo.md` tells the same for who wants to check the numbers. `dati` is what goes in, `statistica` medians and
quartiles, `formule` one need, `accordo` how far the enti agree, `graduatoria` many needs in order; `fattibilita` is about
proposals, `copertura` about a cell of the matrix, `affidabilita` about evidence.

Every number is a `Fraction`, so that a threshold is met or not and never nearly; `statistica.arrotonda` is for who shows it.
"""
