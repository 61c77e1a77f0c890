"""Needs that may be the same as one about to be written: by their words, helped by the theme."""

from collections.abc import Iterable
from typing import Any

from incontri.models import Bisogno
from risorse.ricerca.parole import VUOTE, parole, radice

SOGLIA_SIMILI = 0.55
QUANTI = 5
STESSO_TEMA = 0.1
# Words of every need, that say nothing of one.
_DI_TUTTI = frozenset(("persone", "servizi", "servizio", "territorio", "stranieri", "straniere", "comune", "comuni"))


def simili(titolo: str, descrizione: str = "", *, tema: Any = None, tranne: Any = None) -> list[Bisogno]:
    """The needs, not merged into others, whose words are nearest to these, the nearest first.

    Two needs are alike when more than half of the words of one title stand in the other; the same theme counts a little.
    """
    nuove, tutte = _radici([titolo]), _radici([titolo, descrizione])
    righe = Bisogno.objects.veri().exclude(pk=getattr(tranne, "pk", None)).only("titolo", "descrizione", "tema")
    vicini = []
    for bisogno in righe if nuove else ():
        sue = _radici([bisogno.titolo])
        punti = max(
            _quota(nuove, sue | _radici([bisogno.descrizione])),
            _quota(sue, tutte),
        )
        if tema is not None and bisogno.tema_id == getattr(tema, "pk", tema):
            punti += STESSO_TEMA * bool(punti)
        if punti >= SOGLIA_SIMILI:
            vicini.append((-punti, bisogno.titolo, bisogno))
    chiavi = [bisogno.pk for *_, bisogno in sorted(vicini, key=lambda vicino: vicino[:2])[:QUANTI]]
    interi = Bisogno.objects.select_related("tema").prefetch_related("comuni", "destinatari").in_bulk(chiavi)
    return [interi[chiave] for chiave in chiavi]


def _radici(testi: Iterable[str]) -> set[str]:
    return {
        radice(parola)
        for testo in testi
        for parola in parole(testo)
        if len(parola) > 2 and parola not in VUOTE and parola not in _DI_TUTTI
    }


def _quota(di: set[str], fra: set[str]) -> float:
    """Which part of the words is found; one word alone in a longer title says too little."""
    comuni = di & fra
    if not di or (len(comuni) < 2 and len(di) > 1):
        return 0
    return len(comuni) / len(di)
