"""Places said in the words of a search: "medico vicino a Bollate", "medico Bollate"."""

import re

from referenti.models import Comune
from risorse.ricerca.memoria import Memoria
from risorse.ricerca.parole import VUOTE, parole, piane

_VICINO_A = re.compile(r"(?:^|\s)vicino\s+(?:ad?|alla?|al)\s+(.+)$", re.IGNORECASE)
_PAROLA = re.compile(r"[^\W_]+")
_memoria = Memoria()
_PREPOSIZIONI = frozenset(("a", "ad", "da", "di", "in"))


def vicino_a(testo: str) -> tuple[str, str]:
    """The words without "vicino a ...", and the slug of the comune it names; empty if it names none."""
    detto = _VICINO_A.search(testo)
    if not detto:
        return testo, ""
    luogo = piane(detto[1]).strip(" ?.!")
    slug = next((slug for nome, slug in Comune.objects.values_list("nome", "slug") if piane(nome) == luogo), "")
    return (testo[: detto.start()].strip(), slug) if slug else (testo, "")


def nel_comune(testo: str) -> tuple[str, str]:
    """The words without the comune of the Ambito they name, and its slug; empty if it is all they say, or none.

    A comune of two names may be called by the first, as people do: Garbagnate, Novate, Paderno.
    """
    trovate = list(_PAROLA.finditer(testo))
    dette = [piane(parola.group()) for parola in trovate]
    for nomi, slug in _memoria.prendi("nomi", _nomi) if len(trovate) > 1 else ():
        for da in range(len(dette) - len(nomi) + 1):
            fine = da + len(nomi)
            if tuple(dette[da:fine]) != nomi:
                continue
            if da and dette[da - 1] in _PREPOSIZIONI:
                da -= 1
            resto = " ".join((testo[: trovate[da].start()] + testo[trovate[fine - 1].end() :]).split())
            piene = [parola for parola in parole(resto) if parola not in VUOTE]
            return (resto, slug) if piene else (testo, "")
    return testo, ""


def _nomi() -> list[tuple[tuple[str, ...], str]]:
    """What the comuni of the Ambito are called, whole names first."""
    interi = [(tuple(parole(nome)), slug) for nome, slug in Comune.objects.dell_ambito().values_list("nome", "slug")]
    brevi = [(nome[:1], slug) for nome, slug in interi if len(nome) > 1]
    soli = [breve for breve in brevi if [altro[0] for altro in (*interi, *brevi)].count(breve[0]) == 1]
    return interi + soli
