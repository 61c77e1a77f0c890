"""A good practice from one state to another; who may still write it once everybody reads it."""

from typing import Any

from django.utils import timezone

from incontri.models import BuonaPrassi, StatoPrassi
from tavolo.base.stati import PassaggioNonPossibile, compi

PUBBLICATA = "È già pubblicata: per correggerla chiedi a chi coordina."


def perche_ferma(prassi: BuonaPrassi, autore: Any) -> str:
    """Why this person cannot correct the practice now: published, it was reviewed as it is. Empty if it can be done."""
    if prassi.stato == StatoPrassi.PUBBLICATA and not autore.has_perm("incontri.rivedi_buonaprassi"):
        return PUBBLICATA
    return ""


def porta_avanti(prassi: BuonaPrassi, nome: str, *, autore: Any, parole: str = "") -> None:
    """Bring a good practice through a passage; sending it back says what is missing, going on forgets it.

    Raises PassaggioNonPossibile, with nothing written, if the state or what is not written yet does not allow it.
    """
    parole = parole.replace("\r\n", "\n").strip()
    if nome == "rimanda" and not parole:
        raise PassaggioNonPossibile("Prima scrivi che cosa manca: chi l'ha scritta deve sapere che cosa fare.")
    valori: dict[str, Any] = {}
    if nome == "rimanda":
        valori["osservazioni"] = parole
    elif nome in ("proponi", "pubblica"):
        valori["osservazioni"] = ""
    if nome == "pubblica":
        valori["pubblicata_il"] = timezone.now()
    compi(prassi, nome, autore=autore, valori=valori)
