"""The signed link with which who asked to join confirms the address, sees how far the request is, withdraws it."""

from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils import translation

from referenti.models import RichiestaAdesione

SALE = "referenti.adesione"


class LinkNonValido(Exception):
    """The link opens nothing: written by others, cut, or of a request that was erased or came from another address."""


def firma(richiesta: RichiestaAdesione) -> str:
    """The token of this request and its address; it opens its page as long as the portal keeps both."""
    return signing.dumps([richiesta.pk.hex, richiesta.email], salt=SALE)


def indirizzo(richiesta: RichiestaAdesione) -> str:
    """The path of its page, in the language it was asked in."""
    with translation.override(richiesta.lingua or None):
        return reverse("aderisci:richiesta-detail", args=[firma(richiesta)])


def apri(token: str) -> RichiestaAdesione:
    """The request of the token; raises LinkNonValido."""
    try:
        chiave, email = signing.loads(token, salt=SALE)
    except signing.BadSignature as errore:
        raise LinkNonValido from errore
    richiesta = RichiestaAdesione.objects.filter(pk=UUID(chiave), email=email).first() if email else None
    if richiesta is None:
        raise LinkNonValido
    return richiesta
