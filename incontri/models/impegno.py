"""Commitments taken at a meeting, and what each later meeting said of them."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from incontri.models.incontro import Incontro
from incontri.models.voce import Voce
from referenti.models import Ente
from tavolo.base.models import ConAutore, Registrato


class StatoImpegno(models.TextChoices):
    """How far a commitment is."""

    APERTO = "aperto", "Aperto"
    IN_CORSO = "in-corso", "In corso"
    FATTO = "fatto", "Fatto"
    SUPERATO = "superato", "Superato"


IN_PIEDI = (StatoImpegno.APERTO, StatoImpegno.IN_CORSO)


class Impegno(Registrato, ConAutore):
    """What an ente has committed itself to do. Its state and deadline are those of its last revision."""

    FUORI_DALLE_PAGINE = True

    testo = models.TextField("che cosa")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="impegni", verbose_name="ente responsabile")
    persona = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="impegni",
        verbose_name="persona",
    )
    scadenza = models.DateField("entro il", null=True, blank=True)
    stato = models.CharField("stato", max_length=10, choices=StatoImpegno, default=StatoImpegno.APERTO)
    incontro = models.ForeignKey(
        Incontro,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="impegni",
        verbose_name="preso nell'incontro",
    )
    voce = models.OneToOneField(
        Voce, on_delete=models.PROTECT, null=True, blank=True, related_name="impegno", verbose_name="voce del verbale"
    )

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "impegno"
        verbose_name_plural = "impegni"
        ordering = (models.F("scadenza").asc(nulls_last=True), "creato")

    def __str__(self):
        return self.testo[:80]


class RevisioneImpegno(Registrato, ConAutore):
    """What was said of a commitment, at a meeting or between two: its new state, its new deadline, a note."""

    FUORI_DALLE_PAGINE = True

    impegno = models.ForeignKey(Impegno, on_delete=models.CASCADE, related_name="revisioni", verbose_name="impegno")
    incontro = models.ForeignKey(
        Incontro,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="revisioni_impegni",
        verbose_name="nell'incontro",
    )
    stato = models.CharField("stato", max_length=10, choices=StatoImpegno)
    scadenza_prima = models.DateField("scadenza di prima", null=True, blank=True, editable=False)
    scadenza = models.DateField("scadenza", null=True, blank=True)
    nota = models.TextField("nota", blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "revisione di un impegno"
        verbose_name_plural = "revisioni degli impegni"
        ordering = ("impegno", "creato")

    def __str__(self):
        return f"{self.impegno}: {self.get_stato_display()}"
