"""Italian where a sentence made of pieces needs its elisions: "l'8 settembre", "all'1:00"."""

import re

from django.utils.translation import get_language

# Before a day, or a day of the month and its month; the number may stand in a <time>.
_GIORNO = re.compile(r"\b(il|al|dal|del|nel|sul|Il|Al|Dal|Del)\s+(?=(?:<time\b[^>]*>)?(?:8|11) [a-z])")
_ORA = re.compile(r"\b(le|alle|dalle|delle)\s+(?=1:\d\d)")


def elidi(testo: str) -> str:
    """The text with "il 8", "al 11", "alle 1:00" written as one says them; other languages as they are.

    The type is kept: safe text stays safe, since nothing but letters and an apostrophe is written.
    """
    if get_language() != "it":
        return testo
    scritto = _ORA.sub(lambda trovato: f"{trovato[1][:-1]}'", _GIORNO.sub(_articolo, testo))
    return type(testo)(scritto)


def _articolo(trovato: re.Match[str]) -> str:
    articolo = trovato[1]
    return "l'" if articolo == "il" else "L'" if articolo == "Il" else f"{articolo}l'"
