"""Translations: one row per object, field and language, that knows which Italian text it translates."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from simple_history.models import HistoricalRecords

from tavolo.base.models import ConAutore, Registrato
from tavolo.base.stati import ConStati, Passaggio


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


def contro_la_verifica(traduzione: "Traduzione") -> str:
    """Why a translation cannot be called good: it translates an Italian text that is no longer there."""
    return "L'italiano è cambiato dopo questa traduzione: aggiornala prima." if traduzione.superata else ""


class TraduzioneQuerySet(models.QuerySet):
    """Questions asked of translations."""

    def superate(self):
        """Those of an Italian text that has changed since: two queries a kind of object."""
        chiavi = []
        for tipo in ContentType.objects.filter(pk__in=self.order_by().values("tipo")):
            modello = tipo.model_class()
            righe = list(self.filter(tipo=tipo).order_by().values_list("pk", "oggetto_id", "campo", "impronta"))
            oggetti = modello._default_manager.in_bulk({oggetto for _, oggetto, _, _ in righe}) if modello else {}
            chiavi += [
                chiave
                for chiave, oggetto, campo, vista in righe
                if oggetto in oggetti and vista != impronta(getattr(oggetti[oggetto], campo, ""))
            ]
        return self.filter(pk__in=chiavi)


class Traduzione(Registrato, ConAutore, ConStati):
    """The text of one field of one object in one language, with the Italian it was made from and its fingerprint.

    Written by the verbs of `risorse.servizi.traduzioni`; shown while the fingerprint is that of the Italian of today.
    """

    tipo = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", verbose_name="tipo")
    oggetto_id = models.UUIDField("oggetto", db_index=True)
    oggetto = GenericForeignKey("tipo", "oggetto_id")
    campo = models.CharField("campo", max_length=40)
    lingua = models.CharField("lingua", max_length=12, choices=lingue_di_traduzione)
    testo = models.TextField("testo")
    italiano = models.TextField("l'italiano tradotto", blank=True, editable=False)
    impronta = models.CharField("impronta dell'italiano", max_length=16, editable=False)
    stato = models.CharField(
        "stato", max_length=16, choices=StatoTraduzione, default=StatoTraduzione.DA_RIVEDERE, editable=False
    )

    storia = HistoricalRecords()
    objects = TraduzioneQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="verifica",
            etichetta="Segna come verificata",
            da=frozenset({StatoTraduzione.DA_RIVEDERE}),
            a=StatoTraduzione.VERIFICATA,
            permesso="risorse.traduci",
            contro=contro_la_verifica,
        ),
        Passaggio(
            nome="riapri",
            etichetta="Riporta fra quelle da rivedere",
            da=frozenset({StatoTraduzione.VERIFICATA}),
            a=StatoTraduzione.DA_RIVEDERE,
            permesso="risorse.traduci",
        ),
    )

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


class Scritto(NamedTuple):
    """A text as a reader gets it, and the language it is really in."""

    testo: str
    lingua: str


class Traducibile(models.Model):
    """A noun whose fields `DA_TRADURRE` are shown in the reader's language where a translation is up to date.

    `tradotti` holds the translations of each field once `risorse.servizi.traduzioni.traduci` has brought them; until
    then, and where one is missing or outdated, the text is the Italian one.
    """

    DA_TRADURRE: ClassVar[tuple[str, ...]] = ()
    traduzioni: Any = GenericRelation(Traduzione, content_type_field="tipo", object_id_field="oggetto_id")
    tradotti: Mapping[str, Traduzione] = MappingProxyType({})

    class Meta:
        abstract = True

    def scritto(self, campo: str) -> Scritto:
        """The text of a field with its language: the translation, or else the Italian."""
        tradotta = self.tradotti.get(campo)
        if tradotta is not None:
            return Scritto(tradotta.testo, tradotta.lingua)
        return Scritto(getattr(self, campo), settings.LANGUAGE_CODE)

    def testo(self, campo: str) -> str:
        """The text of a field: the translation, or else the Italian."""
        return self.scritto(campo).testo

    @property
    def da_controllare(self) -> bool:
        """Whether somebody who speaks the language has still to check a text of it that is shown."""
        return any(t.stato == StatoTraduzione.DA_RIVEDERE for t in self.tradotti.values())
