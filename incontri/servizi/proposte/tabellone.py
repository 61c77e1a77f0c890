"""The grid need × feasibility: the proposals still alive against what the enti said of their needs."""

from collections.abc import Iterable
from fractions import Fraction

from incontri.models import Proposta
from incontri.priorita.fattibilita import Proposta as Valutata
from incontri.priorita.fattibilita import piu_alto
from incontri.servizi.rilevazioni.ultime import Detto, detti


def valutate(proposte: Iterable[Proposta]) -> list[Valutata]:
    """Each proposal (with `bisogni` prefetched) with N and P of its needs, each from the published round that speaks for it.

    None where no published round gave a number that everybody may read. One query.
    """
    proposte = list(proposte)
    bisogni = {bisogno for proposta in proposte for bisogno in proposta.bisogni.all()}
    trovati = detti(bisogni, pubblico=True)
    righe = {
        chiave: next((uno for uno in questi if uno.riga["n"] is not None), None) for chiave, questi in trovati.items()
    }
    return [
        Valutata(
            chiave=str(proposta.pk),
            nome=proposta.titolo,
            fattibilita=proposta.fattibilita,
            n=piu_alto(_numero(righe[bisogno.pk], "n") for bisogno in proposta.bisogni.all()),
            p=piu_alto(_numero(righe[bisogno.pk], "p") for bisogno in proposta.bisogni.all()),
        )
        for proposta in proposte
    ]


def _numero(detto: Detto | None, quale: str) -> Fraction | None:
    return None if detto is None or detto.riga[quale] is None else Fraction(detto.riga[quale])
