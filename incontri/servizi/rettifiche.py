"""Corrections of approved minutes: asked for, approved by a later meeting with a number of their own, or not approved."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from incontri.models import Incontro, Rettifica, StatoIncontro, Verbale
from incontri.models.verbale import StatoVerbale
from incontri.servizi.contenuto import canonico
from incontri.servizi.originali import impronta
from tavolo.base import contenuto as versione_del_contenuto
from tavolo.base.riservatezza import indizi
from tavolo.base.stati import PassaggioNonPossibile, compi


def proponi_rettifica(verbale: Verbale, *, testo: str, motivo: str, pubblica: bool, autore: Any) -> Rettifica:
    """Ask for a correction.

    Raises PassaggioNonPossibile while the minutes are not approved, for then the text is written; and if it is to be
    public and holds a fiscal code.
    """
    with transaction.atomic():
        if not Verbale.objects.select_for_update().get(pk=verbale.pk).fermo:
            raise PassaggioNonPossibile("Il verbale non è ancora approvato: si corregge il testo, senza rettifica.")
        rettifica: Any = Rettifica(verbale=verbale, testo=testo, motivo=motivo, pubblica=pubblica, autore=autore)
        _senza_codici_fiscali(rettifica)
        rettifica._history_user = autore
        rettifica.save()
    return rettifica


def incontri_per_rettifica(verbale: Any) -> Any:
    """The meetings that may approve a correction of these minutes: held after theirs, not before the one that approved."""
    tenuti = Incontro.objects.filter(Q(stato=StatoIncontro.SVOLTO) | Q(inizio__lte=timezone.now()))
    tenuti = tenuti.exclude(stato=StatoIncontro.ANNULLATO).exclude(pk=verbale.incontro_id)
    if verbale.incontro.inizio:
        tenuti = tenuti.filter(inizio__gt=verbale.incontro.inizio)
    if verbale.approvato_in and verbale.approvato_in.inizio:
        tenuti = tenuti.filter(inizio__gte=verbale.approvato_in.inizio)
    return tenuti


def approva_rettifica(rettifica: Rettifica, *, in_incontro: Incontro, autore: Any) -> None:
    """Approve the correction by a decision of `in_incontro`: it takes the next number of its minutes and stands still.

    Raises PassaggioNonPossibile, with nothing written, if it was decided already, that meeting cannot approve it, or it is
    to be public and holds a fiscal code: of published minutes it is public at once.
    """
    with transaction.atomic():
        # Held: of two approvals at once the second takes the number that follows.
        verbale: Any = Verbale.objects.select_for_update().get(pk=rettifica.verbale_id)
        salvata: Any = Rettifica.objects.select_for_update().get(pk=rettifica.pk)
        if not incontri_per_rettifica(verbale).filter(pk=in_incontro.pk).exists():
            raise PassaggioNonPossibile("Una rettifica la approva un incontro successivo, già tenuto.")
        _senza_codici_fiscali(salvata)
        ultimo = Rettifica.objects.filter(verbale=verbale).aggregate(ultimo=Max("numero"))["ultimo"] or 0
        salvata.numero, salvata.approvata_in, salvata.approvata_il = ultimo + 1, in_incontro, timezone.now()
        testo = canonico(contenuto_rettifica(salvata))
        valori = {
            "numero": salvata.numero,
            "approvata_in": in_incontro,
            "approvata_il": salvata.approvata_il,
            "contenuto": testo,
            "impronta": impronta(testo),
        }
        compi(rettifica, "approva", autore=autore, valori=valori)
        if rettifica.pubblica and verbale.stato == StatoVerbale.PUBBLICATO:
            versione_del_contenuto.cambiato()


def _senza_codici_fiscali(rettifica: Any) -> None:
    if rettifica.pubblica and any(i.grave for testo in (rettifica.testo, rettifica.motivo) for i in indizi(testo)):
        raise PassaggioNonPossibile("Nella rettifica c'è un codice fiscale: così non si pubblica.")


def contenuto_rettifica(rettifica: Any) -> dict[str, Any]:
    """An approved correction as plain data: what is frozen with it."""
    return {
        "formato": 1,
        "rettifica": str(rettifica.pk),
        "verbale": str(rettifica.verbale_id),
        "numero": rettifica.numero,
        "testo": rettifica.testo,
        "motivo": rettifica.motivo,
        "pubblica": rettifica.pubblica,
        "incontro": rettifica.approvata_in.con_data,
        "incontro_uuid": str(rettifica.approvata_in_id),
        "il": timezone.localtime(rettifica.approvata_il).isoformat(),
    }


def stampabili(rettifiche: Iterable[Rettifica]) -> list[dict[str, Any]]:
    """These approved corrections, with their meetings, as the documents print them after the text."""
    campi = ("numero", "testo", "motivo", "incontro", "il")
    dati = map(contenuto_rettifica, rettifiche)
    return [{campo: dato[campo] for campo in campi} for dato in dati]
