"""Seats of the Tavolo and who holds them from when to when: a seat outlives its holders."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from referenti.models.ente import Ente
from tavolo.base.models import GIA_PRESENTE, ConSlug, Ordinato, Registrato


class Area(models.TextChoices):
    """Which part of the Tavolo a seat belongs to."""

    COMUNI = "comuni", _("Comuni")
    MINORI = "minori", _("Area minori")
    SANITA = "sanita", _("Salute")
    COORDINAMENTO = "coordinamento", _("Coordinamento")
    ALTRI = "altri", _("Altri soggetti")


class SeggioQuerySet(models.QuerySet):
    """Questions asked of seats."""

    def attivi(self):
        """Seats that the Tavolo has today."""
        return self.filter(attivo=True)

    def con_copertura(self):
        """Each seat with `coperto`: whether somebody holds it today. No person is read: this is for public pages."""
        in_corso = Incarico.objects.in_corso().filter(seggio=OuterRef("pk"))
        return self.select_related("ente").annotate(coperto=Exists(in_corso))

    def vacanti(self):
        """Seats of today that nobody holds today."""
        return self.attivi().con_copertura().filter(coperto=False)

    def in_aree(self):
        """Seats of one part of the Tavolo together, parts in the order of their first seat: [(part, seats)]."""
        aree = {}
        for seggio in self.con_copertura():
            aree.setdefault(seggio.area, []).append(seggio)
        return [(Area(area).label, seggi) for area, seggi in aree.items()]

    def con_incarichi_in_corso(self):
        """Each seat with `incarichi_in_corso`: the list, usually of one, of today's incarichi with their people."""
        in_corso = Incarico.objects.in_corso().select_related("utente")
        return self.select_related("ente").prefetch_related(
            Prefetch("incarichi", queryset=in_corso, to_attr="incarichi_in_corso")
        )


class Seggio(Registrato, ConSlug, Ordinato):
    """A seat at the Tavolo, held for an ente."""

    nome = models.CharField("nome", max_length=120, unique=True, error_messages=GIA_PRESENTE)
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="seggi", verbose_name="ente")
    area = models.CharField("area", max_length=16, choices=Area, default=Area.COMUNI)
    attivo = models.BooleanField("attivo", default=True)
    fonte = models.CharField("fonte", max_length=200, blank=True)

    storia = HistoricalRecords()
    objects = SeggioQuerySet.as_manager()

    class Meta:
        verbose_name = "seggio"
        verbose_name_plural = "seggi"
        ordering = ("ordine", "nome")

    def __str__(self):
        return self.nome


class IncaricoQuerySet(models.QuerySet):
    """Questions asked of incarichi."""

    def in_corso(self, giorno=None):
        """Those in force on `giorno` (today by default)."""
        giorno = giorno or timezone.localdate()
        return self.filter(Q(al__isnull=True) | Q(al__gte=giorno), dal__lte=giorno)


class Incarico(Registrato):
    """Who holds a seat, from when to when."""

    seggio = models.ForeignKey(Seggio, on_delete=models.PROTECT, related_name="incarichi", verbose_name="seggio")
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="incarichi", verbose_name="persona"
    )
    dal = models.DateField("dal", default=timezone.localdate)
    al = models.DateField("fino al", null=True, blank=True)

    storia = HistoricalRecords()
    objects = IncaricoQuerySet.as_manager()

    class Meta:
        verbose_name = "incarico"
        verbose_name_plural = "incarichi"
        ordering = ("-dal",)
        constraints = (
            models.CheckConstraint(
                name="incarico_periodo",
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")),
                violation_error_message="La data di fine viene prima di quella di inizio.",
            ),
            models.UniqueConstraint(
                name="incarico_aperto_unico",
                fields=["seggio"],
                condition=Q(al__isnull=True),
                violation_error_message="Questo seggio è già di un'altra persona: prima chiudi il suo incarico.",
            ),
        )

    def __str__(self):
        return f"{self.utente}, {self.seggio}"

    def clean(self):
        """Refuse two people on one seat at the same time."""
        if not self.seggio_id or not self.dal:
            return
        altri = Incarico.objects.filter(Q(al__isnull=True) | Q(al__gte=self.dal), seggio=self.seggio_id)
        if self.al:
            altri = altri.filter(dal__lte=self.al)
        if altri.exclude(pk=self.pk).exists():
            raise ValidationError("In questo periodo il seggio è già di un'altra persona.")
