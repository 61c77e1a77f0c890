"""Signed links with which who received a reminder confirms one card without logging in."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from risorse.models import Risorsa, StatoRisorsa
from risorse.servizi.verifiche import contro_la_conferma

SALE = "risorse.conferma"


class LinkNonValido(Exception):
    """The link opens nothing: written by others, cut, or of a card that is gone."""


class LinkScaduto(LinkNonValido):
    """The link was good once, too long ago."""


@dataclass(frozen=True)
class LinkConferma:
    """What a link is about: a card, and the due date it asks to move."""

    risorsa: Risorsa
    scadenza: date

    @property
    def gia_confermata(self) -> bool:
        """Whether the card was confirmed since the link was written: it has done its work."""
        return self.risorsa.verificare_entro != self.scadenza

    @property
    def vivo(self) -> bool:
        """Whether it still confirms."""
        return not self.gia_confermata and not self.impedimento

    @property
    def impedimento(self) -> str:
        """Why the card cannot be confirmed with the link, for the person; empty if it can."""
        if self.risorsa.stato != StatoRisorsa.PUBBLICATA:
            return "La scheda adesso non è pubblicata: non c'è niente da confermare."
        return contro_la_conferma(self.risorsa)


def firma(risorsa: Risorsa) -> str:
    """The token that confirms this card for its present due date, and nothing else; good for `GIORNI_LINK` days."""
    return signing.dumps([risorsa.pk.hex, risorsa.verificare_entro.isoformat()], salt=SALE)


def indirizzo(risorsa: Risorsa) -> str:
    """The path of the page that confirms this card for its present due date."""
    return reverse("conferma:risorsa-conferma", args=[firma(risorsa)])


def apri(token: str) -> LinkConferma:
    """What the token is about; raises LinkScaduto or LinkNonValido."""
    try:
        chiave, scadenza = signing.loads(token, salt=SALE, max_age=timedelta(days=settings.GIORNI_LINK))
    except signing.SignatureExpired as errore:
        raise LinkScaduto from errore
    except signing.BadSignature as errore:
        raise LinkNonValido from errore
    risorsa = Risorsa.objects.select_related("ente").filter(pk=UUID(chiave)).first()
    if risorsa is None:
        raise LinkNonValido
    return LinkConferma(risorsa, date.fromisoformat(scadenza))
