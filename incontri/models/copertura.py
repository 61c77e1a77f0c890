"""What an ente declares of its answer to a need in a comune: who does what, where, for how many (4W)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from incontri.models.bisogno import Bisogno
from referenti.models import Comune, Ente
from risorse.models import Risorsa
from tavolo.base.models import ConAutore, Registrato

QUOTE = (
    (Decimal("0"), _("nessuno")),
    (Decimal("0.25"), _("pochi")),
    (Decimal("0.5"), _("circa la metà")),
    (Decimal("0.75"), _("la maggior parte")),
    (Decimal("1"), _("tutti")),
)


class CoperturaQuerySet(models.QuerySet):
    """Questions asked of declared coverage."""

    def in_corso(self, giorno=None):
        """Those that hold on `giorno` (today)."""
        giorno = giorno or timezone.localdate()
        return self.filter(Q(dal__isnull=True) | Q(dal__lte=giorno), Q(al__isnull=True) | Q(al__gte=giorno))

    def dell_ente(self, ente):
        """Those of an ente, by its key, and of its units."""
        return self.filter(Q(ente=ente) | Q(ente__padre=ente))


class Copertura(Registrato, ConAutore):
    """What an ente does for a need in a comune: people reached, places, or a share as an estimate."""

    bisogno = models.ForeignKey(Bisogno, on_delete=models.CASCADE, related_name="coperture", verbose_name="bisogno")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="coperture", verbose_name="ente")
    risorsa = models.ForeignKey(
        Risorsa,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="coperture",
        verbose_name="con quale servizio",
    )
    comune = models.ForeignKey(Comune, on_delete=models.PROTECT, related_name="coperture", verbose_name="comune")
    dal = models.DateField("dal", null=True, blank=True)
    al = models.DateField("al", null=True, blank=True)
    capienza = models.PositiveIntegerField("posti", null=True, blank=True)
    raggiunti = models.PositiveIntegerField("persone raggiunte in un anno", null=True, blank=True)
    quota = models.DecimalField(
        "se non hai numeri: quanti ne raggiungete",
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        choices=QUOTE,
        help_text="È una stima, e le pagine lo dicono.",
    )
    nota = models.CharField("nota", max_length=300, blank=True)

    storia = HistoricalRecords()
    objects = CoperturaQuerySet.as_manager()

    class Meta:
        verbose_name = "copertura"
        verbose_name_plural = "coperture"
        ordering = ("bisogno", "comune__ordine", "ente")
        constraints = (
            models.UniqueConstraint(
                name="copertura_unica",
                fields=["bisogno", "ente", "comune", "risorsa"],
                violation_error_message="Questo ente ha già detto che cosa fa qui con questo servizio.",
            ),
            models.UniqueConstraint(
                name="copertura_unica_senza_servizio",
                fields=["bisogno", "ente", "comune"],
                condition=Q(risorsa__isnull=True),
                violation_error_message="Questo ente ha già detto che cosa fa qui per questo bisogno.",
            ),
            models.CheckConstraint(
                name="copertura_periodo",
                condition=Q(dal__isnull=True) | Q(al__isnull=True) | Q(al__gte=F("dal")),
                violation_error_message="La data di fine viene prima di quella di inizio.",
            ),
            models.CheckConstraint(
                name="copertura_quota",
                condition=Q(quota__isnull=True) | Q(quota__in=[quota for quota, _ in QUOTE]),
                violation_error_message="La quota si sceglie fra quelle dell'elenco.",
            ),
        )

    def __str__(self):
        return f"{self.ente}, {self.comune}: {self.bisogno}"
