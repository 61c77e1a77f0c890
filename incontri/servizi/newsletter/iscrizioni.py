"""Subscriptions: asked for, confirmed, ended; how long the portal keeps the addresses.

The answer to an asking is the same whether or not the address is known, and so is the mail sent: only who reads that box
learns more. A mail that does not leave stays to be sent (`risposta_il` empty) and `manage.py invia_newsletter` tries again.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from incontri.models import InvioNewsletter, IscrizioneNewsletter, StatoIscrizione
from incontri.servizi.newsletter.link import indirizzo_conferma, indirizzo_disdetta
from tavolo.base import posta
from tavolo.base.indirizzi import portale
from tavolo.base.stati import compi

registro = logging.getLogger(__name__)


@transaction.atomic
def richiedi(email: str, *, lingua: str, consenso: str, base: str) -> IscrizioneNewsletter:
    """Keep an asking and mail its answer: the link to confirm or, to who is subscribed already, that it is so."""
    valori: dict[str, Any] = {
        "lingua": lingua,
        "consenso": consenso,
        "richiesta_il": timezone.now(),
        "risposta_il": None,
    }
    iscrizione = IscrizioneNewsletter.objects.select_for_update().filter(email__iexact=email).first()
    if iscrizione is None:
        iscrizione = IscrizioneNewsletter.objects.create(email=email, **valori)
    elif iscrizione.stato == StatoIscrizione.CONFERMATA:
        iscrizione.risposta_il = None
        iscrizione.save()
    else:
        compi(iscrizione, "richiedi", autore=None, valori=valori | {"confermata_il": None, "disdetta_il": None})
    transaction.on_commit(partial(rispondi, iscrizione.pk, base=base), robust=True)
    return iscrizione


def conferma(iscrizione: IscrizioneNewsletter) -> None:
    """Whoever holds the link confirms. Doing it again changes nothing; raises PassaggioNonPossibile if it was ended."""
    with transaction.atomic():
        iscrizione.refresh_from_db(from_queryset=IscrizioneNewsletter.objects.select_for_update())
        if iscrizione.stato != StatoIscrizione.CONFERMATA:
            compi(iscrizione, "conferma", autore=None, valori={"confermata_il": timezone.now()})


def disdici(iscrizione: IscrizioneNewsletter) -> None:
    """No more mails to this address. Doing it again changes nothing."""
    with transaction.atomic():
        iscrizione.refresh_from_db(from_queryset=IscrizioneNewsletter.objects.select_for_update())
        if iscrizione.stato != StatoIscrizione.DISDETTA:
            compi(iscrizione, "disdici", autore=None, valori={"disdetta_il": timezone.now()})


def da_rispondere() -> list[UUID]:
    """The askings whose mail has still to leave, the oldest first."""
    righe = IscrizioneNewsletter.objects.filter(risposta_il__isnull=True).exclude(email="")
    return list(righe.exclude(stato=StatoIscrizione.DISDETTA).order_by("richiesta_il").values_list("pk", flat=True))


def rispondi(pk: UUID, *, base: str = "") -> str | None:
    """Send the answer to an asking, once; gives why it did not leave, empty if it did, None if somebody already did."""
    try:
        with transaction.atomic():
            righe = IscrizioneNewsletter.objects.select_for_update().exclude(stato=StatoIscrizione.DISDETTA)
            iscrizione = righe.filter(pk=pk, risposta_il__isnull=True).exclude(email="").first()
            if iscrizione is None:
                return None
            iscrizione.risposta_il = timezone.now()
            iscrizione.save()
            _manda(iscrizione, base or portale())
    except posta.NON_PARTITA as errore:
        registro.warning("Risposta a un'iscrizione alla newsletter non partita: %s", type(errore).__name__)
        return posta.perche(errore)
    return ""


def _manda(iscrizione: IscrizioneNewsletter, base: str) -> None:
    if not base:
        raise ValueError("manca INDIRIZZO_PORTALE: i collegamenti non porterebbero a niente")
    with translation.override(iscrizione.lingua or settings.LANGUAGE_CODE):
        contesto = {
            "iscrizione": iscrizione,
            "conferma": base + indirizzo_conferma(iscrizione),
            "disdetta": base + indirizzo_disdetta(iscrizione),
            "giorni": settings.GIORNI_NEWSLETTER_DA_CONFERMARE,
        }
        testo = render_to_string("incontri/email/newsletter_conferma.txt", contesto)
        EmailMessage(posta.oggetto(_("la newsletter")), testo, None, [iscrizione.email]).send()


@dataclass(frozen=True)
class Eliminate:
    """How many requests nobody confirmed were erased, and how many addresses of who unsubscribed."""

    non_confermate: int
    indirizzi: int


@transaction.atomic
def elimina_scadute() -> Eliminate:
    """Erase what nobody confirmed in `GIORNI_NEWSLETTER_DA_CONFERMARE` days, and the addresses of who unsubscribed
    `GIORNI_NEWSLETTER_DISDETTA` days ago. Run twice, it finds nothing."""
    adesso = timezone.now()
    mai = IscrizioneNewsletter.objects.filter(
        stato=StatoIscrizione.RICHIESTA,
        richiesta_il__lt=adesso - timedelta(days=settings.GIORNI_NEWSLETTER_DA_CONFERMARE),
    )
    non_confermate = mai.count()
    mai.delete()
    finite = IscrizioneNewsletter.objects.select_for_update().filter(
        ~Q(email=""),
        stato=StatoIscrizione.DISDETTA,
        disdetta_il__lt=adesso - timedelta(days=settings.GIORNI_NEWSLETTER_DISDETTA),
    )
    indirizzi = 0
    for iscrizione in finite:
        iscrizione.email = iscrizione.consenso = ""
        iscrizione.save()
        # What a mail server answered may hold the address.
        for invio in InvioNewsletter.objects.filter(iscrizione=iscrizione).exclude(errore=""):
            invio.errore = ""
            invio.save()
        indirizzi += 1
    return Eliminate(non_confermate, indirizzi)
