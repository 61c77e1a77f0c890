"""Sharing minutes with the enti, and taking them back to correct them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from incontri.models import Incontro, PuntoOdg, Verbale, Voce
from tavolo.base.stati import PassaggioNonPossibile, compi

# As long as the reason of a version may be in the history.
MOTIVO_LUNGO = 100


@dataclass(frozen=True)
class Correzioni:
    """What became of minutes between one sharing and the next: why they were taken back, which points changed."""

    motivi: list[str]
    punti: list[PuntoOdg]


def condividi_verbale(verbale: Verbale, *, autore: Any) -> Verbale:
    """Share the minutes: the enti read them and may observe for GIORNI_OSSERVAZIONI days from today.

    Raises PassaggioNonPossibile, naming what is missing, if the checklist is not met (`incontri.models.completezza`) or
    the minutes are not a draft. Tells nobody: that is `avvisi.avvisa_della_condivisione`, once this is saved for good.
    """
    entro = timezone.localdate() + timedelta(days=settings.GIORNI_OSSERVAZIONI)
    valori = {"condiviso_il": timezone.now(), "osservazioni_entro": entro}
    with transaction.atomic():
        segna_svolto(verbale, autore=autore)
        compi(verbale, "condividi", autore=autore, valori=valori)
    return verbale


def segna_svolto(verbale: Verbale, *, autore: Any) -> None:
    """Say that the meeting of the minutes was held, if nobody has: it has minutes that the enti read.

    To be called in the transaction of the passage; holds the meeting, before the minutes as everywhere.
    """
    incontro = Incontro.objects.select_for_update().get(pk=verbale.incontro_id)
    if incontro.da_tenere:
        compi(incontro, "concludi", autore=autore)
        verbale.incontro = incontro


def riprendi_verbale(verbale: Verbale, *, motivo: str, autore: Any) -> Verbale:
    """Take shared minutes back to draft; `motivo` is kept with the passage and told when they are shared again.

    Raises PassaggioNonPossibile if they are not shared, or without a reason.
    """
    motivo = motivo.strip()
    if not motivo:
        raise PassaggioNonPossibile("Scrivi perché lo riporti in bozza: gli enti lo leggeranno.")
    # Where django-simple-history looks for the reason of a version.
    con_motivo: Any = verbale
    con_motivo._change_reason = motivo[:MOTIVO_LUNGO]
    try:
        compi(verbale, "riprendi", autore=autore)
    finally:
        del con_motivo._change_reason
    return verbale


def correzioni(verbale: Verbale) -> Correzioni | None:
    """What changed between the last sharing but one and the last, and why; None for minutes shared at most once.

    Asked of the history, so that it is right whoever wrote and however often.
    """
    versioni = verbale.storia.order_by("history_date", "history_id")
    righe = list(versioni.values_list("condiviso_il", "history_date", "history_change_reason"))
    quando = list(dict.fromkeys(condiviso for condiviso, _, _ in righe if condiviso))
    if len(quando) < 2:
        return None
    da, a = quando[-2:]
    motivi = [motivo for _, data, motivo in righe if motivo and da < data <= a]
    fra = {"history_date__gt": da, "history_date__lte": a}
    voci = Voce.storia.filter(punto__incontro=verbale.incontro_id, **fra).values("punto")
    parole = PuntoOdg.storia.filter(incontro=verbale.incontro_id, **fra).values("uuid")
    toccati = PuntoOdg.objects.filter(Q(pk__in=voci) | Q(pk__in=parole), incontro=verbale.incontro_id)
    return Correzioni(list(dict.fromkeys(motivi)), list(toccati))
