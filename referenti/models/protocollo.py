"""The agreement that founds the Tavolo and the path that led to it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Substr
from simple_history.models import HistoricalRecords

from referenti.models.ente import Ente
from tavolo.base.fields import DataParzialeField
from tavolo.base.models import GIA_PRESENTE, ConSlug, Ordinato, Registrato


class Protocollo(Registrato, ConSlug):
    """An agreement between enti."""

    titolo = models.CharField("titolo", max_length=200, unique=True, error_messages=GIA_PRESENTE)
    data = DataParzialeField("data di firma", blank=True)
    valido_dal = DataParzialeField("valido dal", blank=True)
    valido_al = DataParzialeField("valido fino al", blank=True)
    fonte = models.CharField("fonte", max_length=200, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "protocollo"
        verbose_name_plural = "protocolli"
        ordering = ("-data", "titolo")
        constraints = (
            models.CheckConstraint(
                name="protocollo_validita",
                condition=Q(valido_al="") | Q(valido_al__gte=Substr("valido_dal", 1, Length("valido_al"))),
                violation_error_message="La fine della validità viene prima dell'inizio.",
            ),
        )

    def __str__(self):
        return self.titolo


class Articolo(Registrato):
    """An article of a protocol."""

    protocollo = models.ForeignKey(
        Protocollo, on_delete=models.CASCADE, related_name="articoli", verbose_name="protocollo"
    )
    numero = models.PositiveSmallIntegerField("numero")
    titolo = models.CharField("titolo", max_length=160)
    testo = models.TextField("testo")

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "articolo"
        verbose_name_plural = "articoli"
        ordering = ("protocollo", "numero")
        constraints = (
            models.UniqueConstraint(
                name="articolo_numero_unico",
                fields=["protocollo", "numero"],
                violation_error_message="Questo protocollo ha già un articolo con questo numero.",
            ),
        )

    def __str__(self):
        return f"Art. {self.numero} – {self.titolo}"


class Sottoscrizione(Registrato):
    """An ente that signed a protocol, when, and in which role."""

    protocollo = models.ForeignKey(
        Protocollo, on_delete=models.CASCADE, related_name="sottoscrizioni", verbose_name="protocollo"
    )
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="sottoscrizioni", verbose_name="ente")
    data = DataParzialeField("data", blank=True)
    ruolo_firmatario = models.CharField("ruolo di chi ha firmato", max_length=120, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "sottoscrizione"
        verbose_name_plural = "sottoscrizioni"
        ordering = ("protocollo", "ente__ordine")
        constraints = (
            models.UniqueConstraint(
                name="sottoscrizione_unica",
                fields=["protocollo", "ente"],
                violation_error_message="Questo ente ha già sottoscritto il protocollo.",
            ),
        )

    def __str__(self):
        return f"{self.ente}, {self.protocollo}"


class Tappa(Registrato, Ordinato):
    """A stage of the path from the coordination tables to the Tavolo and on."""

    titolo = models.CharField("titolo", max_length=160, unique=True, error_messages=GIA_PRESENTE)
    descrizione = models.TextField("che cosa è successo", blank=True)
    dal = DataParzialeField("dal", blank=True)
    al = DataParzialeField("fino al", blank=True)
    fonte = models.CharField("fonte", max_length=200, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "tappa del percorso"
        verbose_name_plural = "tappe del percorso"
        ordering = ("ordine", "dal")
        constraints = (
            models.CheckConstraint(
                name="tappa_periodo",
                condition=Q(al="") | Q(al__gte=Substr("dal", 1, Length("al"))),
                violation_error_message="La data di fine viene prima di quella di inizio.",
            ),
        )

    def __str__(self):
        return self.titolo
