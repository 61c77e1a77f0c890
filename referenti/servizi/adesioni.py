"""Requests to join, as far as who asks goes: sent, confirmed, withdrawn; and how long the portal keeps who they were."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from referenti.models import (
    ATTENDONO,
    CHIUSE,
    PERSONALI,
    AvvisoAdesione,
    GenereAvviso,
    RichiestaAdesione,
    StatoAdesione,
)
from referenti.servizi.avvisi_adesioni import spedisci
from tavolo.base.stati import PassaggioNonPossibile, compi


def accoda(
    richiesta: RichiestaAdesione, genere: str, *, base: str, utente: Any = None, autore: Any = None
) -> AvvisoAdesione:
    """Write down a mail to send, again if it has left already; it goes once the transaction is saved.

    What does not leave then is tried again by `manage.py avvisa_adesioni`. `base` is the address of the portal.
    """
    avviso: Any
    avviso, nuovo = AvvisoAdesione.objects.get_or_create(
        richiesta=richiesta, genere=genere, utente=utente, defaults={"autore": autore}
    )
    if not nuovo and avviso.mandato_il:
        avviso.mandato_il, avviso.autore = None, autore
        avviso.save()
    transaction.on_commit(partial(spedisci, avviso.pk, base=base), robust=True)
    return avviso


@transaction.atomic
def ricevi(richiesta: RichiestaAdesione, *, comuni: Any, base: str) -> RichiestaAdesione:
    """Keep a request still to save and mail its link to who wrote it; gives the row that stays.

    The same ente from the same address is one request: what is not confirmed yet takes the new words, what waits already
    stays as it is. Whoever asks is told the same either way: the link says how far it is.
    """
    stessa = RichiestaAdesione.objects.select_for_update().filter(
        email__iexact=richiesta.email, denominazione__iexact=richiesta.denominazione
    )
    gia: Any = stessa.filter(stato__in=(StatoAdesione.RICEVUTA, *ATTENDONO)).order_by("creato").first()
    if gia is None or gia.stato == StatoAdesione.RICEVUTA:
        if gia is not None:
            richiesta.pk, richiesta.creato, richiesta._state.adding = gia.pk, gia.creato, False
        richiesta.save()
        richiesta.comuni.set(comuni)
        gia = richiesta
    accoda(gia, GenereAvviso.CONFERMA, base=base)
    return gia


def conferma(richiesta: RichiestaAdesione, *, base: str) -> None:
    """Whoever holds the link confirms the address: who coordinates is told. Doing it again changes nothing.

    Raises PassaggioNonPossibile if it was withdrawn.
    """
    with transaction.atomic():
        richiesta.refresh_from_db(from_queryset=RichiestaAdesione.objects.select_for_update())
        if richiesta.confermata_il and richiesta.stato != StatoAdesione.RITIRATA:
            return
        compi(richiesta, "conferma", autore=None, valori={"confermata_il": timezone.now()})
        accoda(richiesta, GenereAvviso.ARRIVATA, base=base)


def ritira(richiesta: RichiestaAdesione, *, autore: Any = None, motivo: str = "") -> None:
    """Withdrawn by who asked (no `autore`), or set aside by who coordinates with a reason: it is then over.

    Raises PassaggioNonPossibile if the Tavolo has decided, or it is over already; and where who coordinates gives no reason.
    """
    if autore is not None and not motivo.strip():
        raise PassaggioNonPossibile("Scrivi perché la richiesta si chiude senza una decisione.")
    compi(richiesta, "ritira", autore=autore, valori={"chiusa_il": timezone.now(), "motivo": motivo.strip()})


@dataclass(frozen=True)
class Eliminate:
    """How many requests nobody confirmed were erased, and of how many over for long the people were."""

    non_confermate: int
    persone: int


@transaction.atomic
def elimina_scadute() -> Eliminate:
    """Erase requests nobody confirmed in `GIORNI_ADESIONE_DA_CONFERMARE` days, history included; and the people of those
    over for `GIORNI_ADESIONE_CHIUSA` days: of them only the body and what became of it stay. Run twice, it finds nothing.
    """
    adesso = timezone.now()
    mai = RichiestaAdesione.objects.filter(
        confermata_il__isnull=True, creato__lt=adesso - timedelta(days=settings.GIORNI_ADESIONE_DA_CONFERMARE)
    )
    chiavi = list(mai.values_list("pk", flat=True))
    mai.delete()
    RichiestaAdesione.storia.filter(uuid__in=chiavi).delete()
    persone = 0
    finite = RichiestaAdesione.objects.select_for_update().filter(
        stato__in=CHIUSE, chiusa_il__lt=adesso - timedelta(days=settings.GIORNI_ADESIONE_CHIUSA)
    )
    for richiesta in finite.exclude(Q(nome="") & Q(email="")):
        for campo in PERSONALI:
            setattr(richiesta, campo, "")
        richiesta.save()
        # Nobody is left to write to.
        richiesta.avvisi.filter(mandato_il__isnull=True, utente__isnull=True).delete()
        persone += 1
    return Eliminate(len(chiavi), persone)
