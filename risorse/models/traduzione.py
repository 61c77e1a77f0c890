"""Translations: one row per object, field and language, that knows which Italian text it translates."""

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from simple_history.models import HistoricalRecords

from tavolo.base.models import ConAutore, Registrato


class StatoTraduzione(models.TextChoices):
    """Whether somebody who speaks the language has checked it."""

    DA_RIVEDERE = "da-rivedere", "Da rivedere"
    VERIFICATA = "verificata", "Verificata"


def lingue_di_traduzione() -> list[tuple[str, str]]:
    """The languages of the interface but the source, as choices."""
    return [(codice, nome) for codice, nome in settings.LANGUAGES if codice != settings.LANGUAGE_CODE]


def impronta(testo: str) -> str:
    """The fingerprint of an Italian text; line ends and spaces around it do not count."""
    return hashlib.sha256("\n".join(testo.strip().splitlines()).encode()).hexdigest()[:16]


class Traduzione(Registrato, ConAutore):
    """The text of one field of one object in one language."""

    tipo = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", verbose_name="tipo")
    oggetto_id = models.UUIDField("oggetto", db_index=True)
    oggetto = GenericForeignKey("tipo", "oggetto_id")
    campo = models.CharField("campo", max_length=40)
    lingua = models.CharField("lingua", max_length=12, choices=lingue_di_traduzione)
    testo = models.TextField("testo")
    impronta = models.CharField("impronta dell'italiano", max_length=16, editable=False)
    stato = models.CharField(
        "stato", max_length=16, choices=StatoTraduzione, default=StatoTraduzione.DA_RIVEDERE, editable=False
    )

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "traduzione"
        verbose_name_plural = "traduzioni"
        ordering = ("lingua", "oggetto_id", "campo")
        constraints = (
            models.UniqueConstraint(
                name="traduzione_unica",
                fields=["oggetto_id", "tipo", "campo", "lingua"],
                violation_error_message="Questa traduzione c'è già.",
            ),
        )

    def __str__(self):
        return f"{self.campo} ({self.lingua})"

    @property
    def originale(self) -> str:
        """The Italian text as it is now."""
        return getattr(self.oggetto, self.campo)

    @property
    def superata(self) -> bool:
        """Whether the Italian text has changed since."""
        return self.impronta != impronta(self.originale)


class Traducibile(models.Model):
    """A noun whose fields `DA_TRADURRE` are shown in the reader's language where a translation is up to date."""

    DA_TRADURRE: ClassVar[tuple[str, ...]] = ()
    traduzioni: Any = GenericRelation(Traduzione, content_type_field="tipo", object_id_field="oggetto_id")

    class Meta:
        abstract = True
