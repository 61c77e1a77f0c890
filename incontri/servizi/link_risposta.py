"""Signed links with which who is called answers a convocation without logging in."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from incontri.models import Convocazione

SALE = "incontri.risposta"


class LinkNonValido(Exception):
    """The link opens nothing: written by others, cut, or of a convocation that is gone or became another person's."""


def firma(convocazione: Convocazione) -> str:
    """The token that answers this convocation, for this address and no other; when one may answer says the meeting."""
    return signing.dumps([convocazione.pk.hex, convocazione.email], salt=SALE)


def indirizzo(convocazione: Convocazione) -> str:
    """The path of the page that answers it."""
    return reverse("convocazione:risposta", args=[firma(convocazione)])


def apri(token: str) -> Convocazione:
    """The convocation of the token; raises LinkNonValido."""
    try:
        chiave, email = signing.loads(token, salt=SALE)
    except signing.BadSignature as errore:
        raise LinkNonValido from errore
    righe = Convocazione.objects.select_related("incontro", "seggio", "ente", "utente")
    convocazione = righe.filter(pk=UUID(chiave), email=email).first()
    if convocazione is None:
        raise LinkNonValido
    return convocazione
