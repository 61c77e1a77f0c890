"""The signed links of the newsletter: one confirms a request, for some days; one unsubscribes, for as long as it is read."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from incontri.models import IscrizioneNewsletter

CONFERMA, DISDETTA = "incontri.newsletter.conferma", "incontri.newsletter.disdetta"


class LinkNonValido(Exception):
    """The link opens nothing: forged, cut, too old, of an earlier request or of an address that was erased."""


def firma_conferma(iscrizione: IscrizioneNewsletter) -> str:
    """The token that confirms this request, and no later one."""
    return signing.dumps([iscrizione.pk.hex, iscrizione.richiesta_il.isoformat()], salt=CONFERMA)


def firma_disdetta(iscrizione: IscrizioneNewsletter) -> str:
    """The token that unsubscribes."""
    return signing.dumps(iscrizione.pk.hex, salt=DISDETTA)


def indirizzo_conferma(iscrizione: IscrizioneNewsletter) -> str:
    """The path of the page that confirms, in the language it was asked in."""
    with translation.override(iscrizione.lingua or settings.LANGUAGE_CODE):
        return reverse("newsletter:conferma", args=[firma_conferma(iscrizione)])


def indirizzo_disdetta(iscrizione: IscrizioneNewsletter) -> str:
    """The path of the page that unsubscribes."""
    with translation.override(iscrizione.lingua or settings.LANGUAGE_CODE):
        return reverse("newsletter:disdetta", args=[firma_disdetta(iscrizione)])


def apri_conferma(token: str) -> IscrizioneNewsletter:
    """The request of the token; raises LinkNonValido."""
    durata = timedelta(days=settings.GIORNI_NEWSLETTER_DA_CONFERMARE)
    chiave, quando = _leggi(token, CONFERMA, durata)
    iscrizione = _iscrizione(chiave)
    if iscrizione.richiesta_il.isoformat() != quando:
        raise LinkNonValido
    return iscrizione


def apri_disdetta(token: str) -> IscrizioneNewsletter:
    """The subscription of the token; raises LinkNonValido."""
    return _iscrizione(_leggi(token, DISDETTA, None))


def _leggi(token: str, sale: str, durata: timedelta | None) -> Any:
    try:
        return signing.loads(token, salt=sale, max_age=durata)
    except signing.BadSignature as errore:
        raise LinkNonValido from errore


def _iscrizione(chiave: str) -> IscrizioneNewsletter:
    iscrizione = IscrizioneNewsletter.objects.filter(pk=UUID(chiave)).exclude(email="").first()
    if iscrizione is None:
        raise LinkNonValido
    return iscrizione
