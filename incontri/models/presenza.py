"""Who was at a meeting, per seat and per guest, counted per ente."""

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from simple_history.models import HistoricalRecords

from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.incontro import Incontro
from referenti.models import Ente, Seggio
from tavolo.base.models import Registrato


class EsitoPresenza(models.TextChoices):
    """How a seat was at a meeting."""

    IN_SEDE = "in-sede", "Presente"
    ONLINE = "online", "Presente online"
    DELEGA = "delega", "Con delega"
    GIUSTIFICATO = "giustificato", "Assente giustificato"
    ASSENTE = "assente", "Assente"


PRESENTI = (EsitoPresenza.IN_SEDE, EsitoPresenza.ONLINE, EsitoPresenza.DELEGA)


class PresenzaQuerySet(FermiQuerySet):
    """Questions asked of attendances."""

    def in_fila(self):
        """Seats in their order, then guests, with everything a line shows."""
        ordine = (F("seggio__ordine").asc(nulls_last=True), "seggio__nome", "ospite")
        return self.select_related("seggio", "utente", "ente").order_by(*ordine)

    def enti_presenti(self):
        """How many enti were there with at least one seat: what a quorum is counted on."""
        return self.filter(esito__in=PRESENTI, seggio__isnull=False).values("ente").distinct().count()

    def per_ente(self):
        """How many were there and how many were not, one row per ente: `denominazione`, `presenti`, `assenti`."""
        c_erano = Q(esito__in=PRESENTI)
        return (
            self.values(denominazione=F("ente__denominazione"))
            .annotate(presenti=Count("pk", filter=c_erano), assenti=Count("pk", filter=~c_erano))
            .order_by(F("ente__ordine").asc(nulls_last=True), "denominazione")
        )


class Presenza(ConFermo, Registrato):
    """A seat (or a guest) at a meeting: the ente and the holder are those of that day."""

    FUORI_DALLE_PAGINE = True
    FERMO_CON = "incontro__verbale"
    PADRE = "incontro"
    PERSONE = ("utente",)

    incontro = models.ForeignKey(Incontro, on_delete=models.CASCADE, related_name="presenze", verbose_name="incontro")
    seggio = models.ForeignKey(
        Seggio, on_delete=models.PROTECT, null=True, blank=True, related_name="presenze", verbose_name="seggio"
    )
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="presenze",
        verbose_name="titolare quel giorno",
    )
    nome = models.CharField(
        "nome del titolare", max_length=160, blank=True, help_text="Resta anche quando l'account non c'è più."
    )
    ente = models.ForeignKey(
        Ente, on_delete=models.PROTECT, null=True, blank=True, related_name="presenze", verbose_name="ente"
    )
    ospite = models.CharField("ospite", max_length=120, blank=True)
    esito = models.CharField("presenza", max_length=12, choices=EsitoPresenza)
    delegato = models.CharField("chi è venuto al suo posto", max_length=160, blank=True)
    entrata = models.TimeField("arriva alle", null=True, blank=True)
    uscita = models.TimeField("va via alle", null=True, blank=True)
    nota = models.CharField("nota", max_length=160, blank=True)

    storia = HistoricalRecords()
    objects = PresenzaQuerySet.as_manager()

    class Meta:
        verbose_name = "presenza"
        verbose_name_plural = "presenze"
        ordering = ("incontro", F("seggio__ordine").asc(nulls_last=True), "ospite")
        constraints = (
            models.UniqueConstraint(
                name="presenza_unica_per_seggio",
                fields=["incontro", "seggio"],
                violation_error_message="La presenza di questo seggio c'è già.",
            ),
            models.CheckConstraint(
                name="presenza_di_seggio_o_ospite",
                condition=Q(seggio__isnull=False, ospite="") | Q(seggio__isnull=True) & ~Q(ospite=""),
                violation_error_message="Una presenza è di un seggio oppure di un ospite.",
            ),
            models.CheckConstraint(
                name="presenza_orario",
                condition=Q(entrata__isnull=True) | Q(uscita__isnull=True) | Q(uscita__gt=F("entrata")),
                violation_error_message="Si va via dopo essere arrivati.",
            ),
        )

    @property
    def c_era(self) -> bool:
        """Whether the seat or the guest took part, also through a delegate."""
        return self.esito in PRESENTI

    def __str__(self):
        return f"{self.seggio or self.ospite}: {self.get_esito_display()}"
