"""Recording who was at a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from incontri.models import Incontro, Presenza
from incontri.servizi.modifiche import apri_per_modifica
from referenti.models import Incarico, Seggio
from tavolo.base.concorrenza import Riga, salva_righe


@dataclass(frozen=True, kw_only=True)
class RigaPresenza(Riga):
    """How a seat was at the meeting, or a guest where there is no seat."""

    seggio: Seggio | None = None


def titolari(incontro: Incontro) -> dict[Any, Any]:
    """Who held each seat on the day of the meeting: the incarico by seat; none while the day is not known."""
    if incontro.giorno is None:
        return {}
    in_corso = Incarico.objects.in_corso(incontro.giorno).select_related("utente")
    return {incarico.seggio_id: incarico for incarico in in_corso}


def registra_presenze(incontro: Incontro, righe: Sequence[RigaPresenza], *, autore: Any) -> None:
    """Write the attendance of seats and guests in one transaction, all or none.

    A new row keeps the ente of the seat and its holder on the day of the meeting. Raises VersioneSuperata if a row was
    changed by someone else in the meantime, NonModificabile if the meeting stands still.
    """
    with transaction.atomic():
        incontro = apri_per_modifica(incontro)
        presenze = Presenza.objects.filter(incontro=incontro)
        di_seggio = {p.seggio_id: p for p in presenze if p.seggio_id}
        in_carica = titolari(incontro)
        da_scrivere = []
        for riga in righe:
            nascita: dict[str, Any] = {"incontro": incontro}
            if riga.seggio:
                gia = di_seggio.get(riga.seggio.pk)
                if gia is None and riga.rimuovi:
                    continue
                titolare = in_carica.get(riga.seggio.pk)
                nascita |= {"seggio": riga.seggio, "ente_id": riga.seggio.ente_id}
                if titolare:
                    # The name as text too: it outlives the account.
                    nascita |= {"utente_id": titolare.utente_id, "nome": str(titolare.utente)}
                riga = replace(riga, pk=gia.pk if gia else None)
            da_scrivere.append(replace(riga, alla_nascita=riga.alla_nascita | nascita))
        salva_righe(presenze, da_scrivere, autore=autore)
