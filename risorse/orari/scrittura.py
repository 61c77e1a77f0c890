"""The hours of a day as people type them in one line: `9-12:30, 14-16 su appuntamento (solo per le donne)`."""

import re
from collections.abc import Iterable
from itertools import pairwise

from risorse.orari.parole import ora
from risorse.orari.settimana import MEZZANOTTE, Intervallo
from tavolo.base.celle_tempo import ora_scritta

_INTERVALLO = re.compile(
    r"(?:dalle\s+)?(?P<dalle>[\d.:]+)\s*(?:-|–|—|alle|a)\s*(?P<alle>[\d.:]+)"
    r"(?P<su_appuntamento>\s*(?:su\s+)?appuntamento|\s*app\.?)?\s*(?:\((?P<nota>.*)\))?",
    re.IGNORECASE | re.DOTALL,
)
_ORE = re.compile(
    r"(?:dalle\s+)?[\d.:]+\s*(?:-|–|—|alle|a)\s*[\d.:]+\s*(?P<resto>[^()\d\s].*)", re.IGNORECASE | re.DOTALL
)
ESEMPIO = "scrivi per esempio 9-12:30, 14-16"


def leggi_giornata(giorno: int, testo: str) -> tuple[Intervallo, ...]:
    """The intervals of one day, in order; none for an empty text or "chiuso".

    Raises ValueError, with a sentence in Italian, for what is no interval, ends before it begins or overlaps another.
    """
    if testo.strip().lower() in ("", "chiuso", "-"):
        return ()
    intervalli = sorted((_intervallo(giorno, pezzo) for pezzo in _pezzi(testo)), key=lambda uno: uno.dalle)
    for prima, dopo in pairwise(intervalli):
        if prima.si_accavalla(dopo):
            raise ValueError(f"{_in_breve(prima)} e {_in_breve(dopo)} si accavallano.")
    return tuple(intervalli)


def scrivi_giornata(intervalli: Iterable[Intervallo]) -> str:
    """The line that `leggi_giornata` reads back into the same intervals."""
    pezzi = []
    for uno in sorted(intervalli, key=lambda uno: uno.dalle):
        pezzo = _in_breve(uno) + (" su appuntamento" if uno.su_appuntamento else "")
        pezzi.append(f"{pezzo} ({uno.nota})" if uno.nota else pezzo)
    return ", ".join(pezzi)


def _intervallo(giorno: int, pezzo: str) -> Intervallo:
    letto = _INTERVALLO.fullmatch(pezzo)
    if letto is None and (dopo_le_ore := _ORE.fullmatch(pezzo)):
        resto = re.sub(r"\s*\([^()]*\)$", "", dopo_le_ore["resto"])
        raise ValueError(
            f"«{pezzo}»: dopo l'ora non capisco «{resto}»: scrivi «su appuntamento», oppure una nota fra parentesi."
        )
    if letto is None:
        raise ValueError(f"«{pezzo}» non è un intervallo: {ESEMPIO}.")
    dalle, alle = ora_scritta(letto["dalle"]), ora_scritta(letto["alle"])
    if alle not in (MEZZANOTTE,) and alle <= dalle:
        raise ValueError(f"«{pezzo}»: l'ora di chiusura viene prima di quella di apertura.")
    return Intervallo(giorno, dalle, alle, bool(letto["su_appuntamento"]), nota=(letto["nota"] or "").strip())


def _in_breve(uno: Intervallo) -> str:
    return f"{ora(uno.dalle)}-{'24:00' if uno.alle == MEZZANOTTE else ora(uno.alle)}"


def _pezzi(testo: str) -> list[str]:
    """The text at its commas, but for those inside brackets."""
    pezzi, profondita = [""], 0
    for lettera in testo:
        profondita += {"(": 1, ")": -1}.get(lettera, 0)
        if lettera in ",;" and profondita <= 0:
            pezzi.append("")
        else:
            pezzi[-1] += lettera
    return [pezzo.strip() for pezzo in pezzi if pezzo.strip()]
