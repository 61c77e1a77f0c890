"""Medians, quartiles and rounding, on exact numbers."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Numeri = Iterable[int | Fraction | None]


def _noti(valori: Numeri) -> list[int | Fraction]:
    return sorted(valore for valore in valori if valore is not None)


def quantile(valori: Numeri, p: Fraction) -> Fraction | None:
    """The p-quantile of what is known, `x[⌊h⌋] + (h−⌊h⌋)·(x[⌊h⌋+1] − x[⌊h⌋])` with `h = (n−1)·p`; None if nothing is.

    It is definition 7 of Hyndman & Fan, *Sample Quantiles in Statistical Packages*, The American Statistician 50 (1996)
    361–365, doi:10.1080/00031305.1996.10473566: the one of spreadsheets (QUARTILE.INC), R, NumPy and
    `statistics.quantiles(method="inclusive")`, so that whoever checks a number by hand finds the same.
    """
    ordinati = _noti(valori)
    if not ordinati:
        return None
    posto = (len(ordinati) - 1) * p
    sotto = int(posto)
    sopra = min(sotto + 1, len(ordinati) - 1)
    return ordinati[sotto] + (posto - sotto) * Fraction(ordinati[sopra] - ordinati[sotto])


def mediana(valori: Numeri) -> Fraction | None:
    """The value in the middle, half way between the two in the middle of an even number; None if nothing is known."""
    return quantile(valori, Fraction(1, 2))


def scarto_interquartile(valori: Numeri) -> Fraction | None:
    """IQR = Q3 − Q1, with the quartiles of `quantile`; None with fewer than two values, which agree with nobody."""
    ordinati = _noti(valori)
    if len(ordinati) < 2:
        return None
    alto, basso = quantile(ordinati, Fraction(3, 4)), quantile(ordinati, Fraction(1, 4))
    return None if alto is None or basso is None else alto - basso


def arrotonda(valore: Fraction | None, cifre: int = 1) -> Decimal | None:
    """The number as it is shown, halves away from zero as at school (51.5625 → 51.6); None stays None.

    Only for showing: thresholds and order are decided on the exact number. Digits beyond `cifre` are rounded once.
    """
    if valore is None:
        return None
    scala = 10**cifre
    intero = int(abs(valore) * scala + Fraction(1, 2))
    segno = -1 if valore < 0 else 1
    return (Decimal(segno * intero) / scala).quantize(Decimal(1).scaleb(-cifre), rounding=ROUND_HALF_UP)
