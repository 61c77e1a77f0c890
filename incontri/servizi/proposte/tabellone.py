"""The grid need × feasibility: the proposals still alive against the last published scoring round."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from incontri.models import Proposta, Rilevazione, StatoRilevazione
from incontri.priorita.fattibilita import Proposta as Valutata
from incontri.priorita.fattibilita import piu_alto


def valutate(proposte: Iterable[Proposta]) -> list[Valutata]:
    """Each proposal (with `bisogni` prefetched) with N and P of its needs in the last published round; None if unknown."""
    ultima = Rilevazione.objects.filter(stato=StatoRilevazione.PUBBLICATA).order_by("-pubblicata_il", "-creato").first()
    righe = {} if ultima is None else {riga["bisogno"]: riga for riga in ultima.risultati.get("righe", [])}
    return [
        Valutata(
            chiave=str(proposta.pk),
            nome=proposta.titolo,
            fattibilita=proposta.fattibilita,
            n=piu_alto(_numero(righe, bisogno, "n") for bisogno in proposta.bisogni.all()),
            p=piu_alto(_numero(righe, bisogno, "p") for bisogno in proposta.bisogni.all()),
        )
        for proposta in proposte
    ]


def _numero(righe: dict[str, Any], bisogno: Any, quale: str) -> Fraction | None:
    valore = righe.get(str(bisogno.pk), {}).get(quale)
    return None if valore is None else Fraction(str(valore))
