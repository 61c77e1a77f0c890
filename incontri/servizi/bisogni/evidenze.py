"""What shows a need, and how far it can be relied on."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from incontri.models import Bisogno, Evidenza, TipoEvidenza
from incontri.priorita.affidabilita import Giudizio, Prova, affidabilita
from incontri.servizi.bisogni.nascita import BisognoNonPossibile, tieni
from referenti.models import Indicatore


def giudizio_di(bisogno: Bisogno, oggi: date | None = None) -> Giudizio:
    """How reliable the evidence of the need is today, and why; reads `evidenze`, so prefetch them for a list.

    The rule: docs/metodo.md, "Affidabilità".
    """
    prove = [Prova(e.fonte, e.riferimento, e.tipo == TipoEvidenza.OPINIONE) for e in bisogno.evidenze.all()]
    return affidabilita(prove, oggi or timezone.localdate())


def da_indicatore(indicatore: Indicatore) -> dict[str, Any]:
    """A figure of the territory as the values of an evidence: a measure, until a person says that it counts who has the need."""
    return {
        "tipo": TipoEvidenza.MISURA,
        "testo": str(indicatore.get_voce_display()),
        "valore": indicatore.valore,
        "unita": indicatore.unita,
        "comune": indicatore.comune_id,
        "riferimento": indicatore.riferimento,
        "fonte": indicatore.fonte,
        "url": indicatore.url_fonte,
        "indicatore": indicatore.pk,
    }


def scrivi_evidenza(evidenza: Evidenza, *, autore: Any, chiave: UUID | None = None) -> Evidenza:
    """Save a new evidence of its need; `chiave` makes a form sent twice one evidence.

    Raises BisognoNonPossibile if the need was merged into another one meanwhile.
    """
    with transaction.atomic():
        if chiave and (gia := Evidenza.objects.filter(pk=chiave, autore=autore).first()):
            return gia
        tieni(evidenza.bisogno)
        firmata: Any = evidenza
        if chiave and not Evidenza.objects.filter(pk=chiave).exists():
            firmata.pk = chiave
        firmata.autore = autore
        firmata._history_user = autore
        firmata.save(force_insert=True)
    return evidenza


def togli_evidenza(evidenza: Evidenza, *, autore: Any) -> None:
    """Remove an evidence; its history stays, and the need's page tells of it.

    Raises BisognoNonPossibile if the outcome of a proposal is measured against it, or the need was merged.
    """
    with transaction.atomic():
        tieni(evidenza.bisogno)
        firmata: Any = evidenza
        firmata._history_user = autore
        try:
            firmata.delete()
        except ProtectedError as errore:
            raise BisognoNonPossibile(
                "L'esito di una proposta si misura su questa evidenza: non si può togliere."
            ) from errore
