"""The agenda of a meeting (ordine del giorno), and the templates it is prefilled from."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.incontro import Incontro, ModalitaIncontro
from tavolo.base.models import GIA_PRESENTE, ConSlug, Ordinato, Registrato


class TipoPunto(models.TextChoices):
    """What a point of the agenda is for; the page fills some kinds from the data."""

    ORDINARIO = "ordinario", "Argomento"
    APPROVAZIONE = "approvazione", "Approvazione del verbale precedente"
    IMPEGNI = "impegni", "Impegni aperti"
    ISTANZE = "istanze", "Risposte alle istanze"
    VARIE = "varie", "Varie ed eventuali"


class PuntoOdg(ConFermo, Registrato, Ordinato):
    """A point of the agenda.

    A point of approval names the minutes it is about. What the open commitments and the answered instances are is asked
    when the page is drawn, never copied here.
    """

    FERMO_CON = "incontro__verbale"
    PADRE = "incontro"

    incontro = models.ForeignKey(Incontro, on_delete=models.CASCADE, related_name="punti", verbose_name="incontro")
    tipo = models.CharField("tipo", max_length=12, choices=TipoPunto, default=TipoPunto.ORDINARIO)
    titolo = models.CharField("titolo", max_length=200)
    descrizione = models.TextField("di che cosa si parla", blank=True)
    durata = models.PositiveSmallIntegerField("minuti", null=True, blank=True)
    verbale_da_approvare = models.ForeignKey(
        "incontri.Verbale",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="punti_di_approvazione",
        verbose_name="verbale da approvare",
    )
    pubblico = models.BooleanField(
        "si pubblica", default=True, help_text="Nel verbale pubblicato si legge il titolo del punto."
    )

    storia = HistoricalRecords()
    objects = FermiQuerySet.as_manager()

    class Meta:
        verbose_name = "punto all'ordine del giorno"
        verbose_name_plural = "punti all'ordine del giorno"
        ordering = ("incontro", "ordine", "creato")
        constraints = (
            models.CheckConstraint(
                name="punto_verbale_solo_se_approvazione",
                condition=Q(verbale_da_approvare__isnull=True) | Q(tipo=TipoPunto.APPROVAZIONE),
                violation_error_message="Il verbale da approvare si indica solo in un punto di approvazione.",
            ),
        )

    def __str__(self):
        return self.titolo


class ModelloIncontro(Registrato, ConSlug, Ordinato):
    """A kind of meeting the Tavolo holds again and again: a new one starts from its agenda."""

    FUORI_DALLE_PAGINE = True

    nome = models.CharField("nome", max_length=120, unique=True, error_messages=GIA_PRESENTE)
    titolo = models.CharField("titolo dell'incontro", max_length=160)
    modalita = models.CharField(
        "come ci si incontra", max_length=10, choices=ModalitaIncontro, default=ModalitaIncontro.IN_SEDE
    )
    luogo = models.CharField("luogo", max_length=200, blank=True)
    durata = models.PositiveSmallIntegerField("minuti in tutto", null=True, blank=True)
    attivo = models.BooleanField("si propone", default=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "modello di incontro"
        verbose_name_plural = "modelli di incontro"
        ordering = ("ordine", "nome")

    def __str__(self):
        return self.nome


class PuntoModello(Registrato, Ordinato):
    """A point of the agenda of a template."""

    FUORI_DALLE_PAGINE = True

    modello = models.ForeignKey(
        ModelloIncontro, on_delete=models.CASCADE, related_name="punti", verbose_name="modello di incontro"
    )
    tipo = models.CharField("tipo", max_length=12, choices=TipoPunto, default=TipoPunto.ORDINARIO)
    titolo = models.CharField("titolo", max_length=200)
    descrizione = models.TextField("di che cosa si parla", blank=True)
    durata = models.PositiveSmallIntegerField("minuti", null=True, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "punto del modello"
        verbose_name_plural = "punti del modello"
        ordering = ("modello", "ordine", "creato")

    def __str__(self):
        return self.titolo
