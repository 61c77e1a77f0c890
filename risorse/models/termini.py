"""Controlled terms: written once, chosen by every card, imported and translated as tables."""

from functools import cache
from typing import ClassVar

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language, to_locale
from simple_history.models import HistoricalRecords

from risorse.models.traduzione import Scritto, Traducibile
from tavolo.base.models import GIA_PRESENTE, ConSlug, Ordinato, Registrato


class Termine(Registrato, ConSlug, Ordinato, Traducibile):
    """A term of a controlled list."""

    DA_TRADURRE: ClassVar[tuple[str, ...]] = ("nome",)

    nome = models.CharField("nome", max_length=120, unique=True, error_messages=GIA_PRESENTE)

    class Meta:
        abstract = True
        ordering = ("ordine", "nome")

    def __str__(self):
        return self.nome


class Categoria(Termine):
    """What a service is about, in words and with a pictogram."""

    descrizione = models.CharField(
        "in parole semplici", max_length=200, help_text="Una riga che capisce anche chi legge poco l'italiano."
    )
    icona = models.CharField(
        "icona",
        max_length=40,
        help_text="Nome di un'icona del portale, per esempio cat-casa, oppure di Bootstrap Italia, per esempio it-pa.",
    )

    DA_TRADURRE = ("nome", "descrizione")

    storia = HistoricalRecords()

    class Meta(Termine.Meta):
        verbose_name = "categoria"
        verbose_name_plural = "categorie"


class Destinatari(Termine):
    """Whom a service is for."""

    storia = HistoricalRecords()

    class Meta(Termine.Meta):
        verbose_name = "gruppo di destinatari"
        verbose_name_plural = "gruppi di destinatari"


@cache
def nome_di_lingua(codice: str, lingua: str) -> str:
    """How a language is called in another one, by the Unicode CLDR that Babel carries; empty where it does not say."""
    try:
        nomi = Locale.parse(to_locale(lingua)).languages
    except (UnknownLocaleError, ValueError):
        return ""
    return capfirst(nomi.get(codice.replace("-", "_"), ""))


class Lingua(Termine):
    """A language that people speak at a service."""

    codice = models.CharField(
        "codice",
        max_length=12,
        unique=True,
        error_messages=GIA_PRESENTE,
        validators=[
            RegexValidator(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$", "Scrivi il codice BCP 47, per esempio ar oppure zh-Hans.")
        ],
    )
    nome_proprio = models.CharField("nome nella lingua stessa", max_length=60)
    da_destra = models.BooleanField("si scrive da destra a sinistra", default=False)

    storia = HistoricalRecords()

    class Meta(Termine.Meta):
        verbose_name = "lingua"
        verbose_name_plural = "lingue"

    def scritto(self, campo):
        """As everything translatable; but the name of a language needs no translator where the CLDR knows it."""
        scritto, lettore = super().scritto(campo), get_language()
        if campo == "nome" and scritto.lingua != lettore and lettore not in (None, settings.LANGUAGE_CODE):
            return Scritto(nome, lettore) if (nome := nome_di_lingua(self.codice, lettore)) else scritto
        return scritto


class DocumentoRichiesto(Termine):
    """A document to bring."""

    storia = HistoricalRecords()

    class Meta(Termine.Meta):
        verbose_name = "documento richiesto"
        verbose_name_plural = "documenti richiesti"


class ModalitaAccesso(Termine):
    """How one gets to a service: freely, by appointment, sent by someone."""

    storia = HistoricalRecords()

    class Meta(Termine.Meta):
        verbose_name = "modalità di accesso"
        verbose_name_plural = "modalità di accesso"
