"""Confirmations: somebody says that a card is right, and its due date moves."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from risorse.models import Risorsa, StatoRisorsa, Verifica
from risorse.models.schede import scadenza_da


class ConfermaNonPossibile(Exception):
    """The card cannot be confirmed; the message says why, in Italian."""


def contro_la_conferma(risorsa: Risorsa) -> str:
    """Why the card cannot be confirmed now, for the person; empty if it can."""
    if risorsa.stato == StatoRisorsa.ARCHIVIATA:
        return "La scheda è archiviata: non c'è più niente da confermare."
    if risorsa.finita:
        return "Il servizio è finito: se continua, prima va cambiata la data di fine."
    return ""


def conferma_risorsa(risorsa: Any, *, autore: Any, modo: str, nota: str = "", giorno: date | None = None) -> Verifica:
    """Record that on `giorno` (today by default) somebody confirmed the Risorsa, and move its due date; gives the Verifica.

    `modo` is a ModoVerifica; `autore` None where nobody logged in. A second confirmation on the same day, as by who
    presses twice, gives the first one back. One of an earlier day than the last is recorded and moves nothing. Raises
    ConfermaNonPossibile, with nothing written, for a card that cannot be confirmed; ValueError for a day to come.
    """
    oggi = timezone.localdate()
    giorno = giorno or oggi
    if giorno > oggi:
        raise ValueError(f"{giorno} is yet to come")
    with transaction.atomic():
        # Read again and held, as `tavolo.base.stati.compi` does: of two confirmations at once one comes second.
        risorsa.refresh_from_db(from_queryset=Risorsa.objects.select_for_update())
        if motivo := contro_la_conferma(risorsa):
            raise ConfermaNonPossibile(motivo)
        gia = risorsa.verifiche.filter(giorno=giorno).first()
        if gia and risorsa.verificata_il == giorno:
            return gia
        verifica: Any = Verifica(risorsa=risorsa, giorno=giorno, modo=modo, nota=nota, autore=autore)
        verifica._history_user = autore
        verifica.save()
        if risorsa.verificata_il is None or giorno >= risorsa.verificata_il:
            risorsa.verificata_il, risorsa.verificare_entro = giorno, scadenza_da(giorno)
            risorsa._history_user, risorsa._change_reason = autore, "Informazioni confermate"
            risorsa.save()
    return verifica
