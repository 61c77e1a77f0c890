"""A moment of the story of a need."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from incontri.models import Evidenza
from referenti.models.indicatore import numero_testo


class Anello(StrEnum):
    """The link of the chain a moment belongs to."""

    CRITICITA = "criticita"
    BISOGNO = "bisogno"
    EVIDENZA = "evidenza"
    VALUTAZIONE = "valutazione"
    PROPOSTA = "proposta"
    IMPEGNO = "impegno"
    ESITO = "esito"

    @property
    def nome(self) -> Any:
        """Its name, in the language of the page."""
        return NOMI[self]


NOMI = {
    Anello.CRITICITA: _("Dove si è sentito"),
    Anello.BISOGNO: _("Il bisogno"),
    Anello.EVIDENZA: _("Che cosa lo mostra"),
    Anello.VALUTAZIONE: _("Quanto pesa"),
    Anello.PROPOSTA: _("Le proposte"),
    Anello.IMPEGNO: _("Gli impegni"),
    Anello.ESITO: _("Che cosa è cambiato"),
}


@dataclass(frozen=True)
class Momento:
    """What happened on a day: `titolo` says it, `testo` is what people wrote, `url` leads there, `in_ritardo` asks for attention, `quanti` are the things it tells of."""

    quando: date
    anello: Anello
    titolo: str
    testo: str = ""
    url: str = ""
    dettaglio: str = ""
    in_ritardo: bool = False
    quanti: int = 1


def pagina(oggetto: Any, *, pubblica: bool = False) -> str:
    """The address of the page of a row, the public one for everybody; empty where the portal has no such page."""
    try:
        return oggetto.pagina_pubblica if pubblica else oggetto.get_absolute_url()
    except NoReverseMatch:
        return ""


def misura(valore: Decimal | None, evidenza: Evidenza) -> str:
    """A value in the unit of the evidence, as it is read; empty where there is none."""
    return "" if valore is None else f"{numero_testo(valore)} {evidenza.get_unita_display()}"
