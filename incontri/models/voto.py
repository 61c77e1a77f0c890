"""The votes of a scoring round: one of each ente for each need and turn, read by nobody before the turn closes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from incontri.models.bisogno import Bisogno
from incontri.models.rilevazione import TURNI_LEGGIBILI, Rilevazione
from referenti.models import Comune, Ente
from tavolo.base.models import ConAutore, Registrato

DA_UNO_A_CINQUE = [MinValueValidator(1), MaxValueValidator(5)]


def _campo(nome: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(nome, null=True, blank=True, validators=DA_UNO_A_CINQUE)


class VotoQuerySet(models.QuerySet):
    """Questions asked of votes."""

    def leggibili(self):
        """Votes of turns that are closed: the only ones anybody, who coordinates included, may read."""
        leggibili = Q(pk__in=[])
        for stato, turno in TURNI_LEGGIBILI.items():
            if turno:
                leggibili |= Q(rilevazione__stato=stato, turno__lte=turno)
        return self.filter(leggibili)

    def dell_ente(self, ente):
        """The own votes of an ente, readable by it at any time."""
        return self.filter(ente=ente)


class Voto(Registrato, ConAutore):
    """How an ente scores a need in a turn: 1 to 5, None where it does not know, which is not zero."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "blind: a history would show who changed what before the turn closes"

    rilevazione = models.ForeignKey(
        Rilevazione, on_delete=models.CASCADE, related_name="voti", verbose_name="rilevazione"
    )
    turno = models.PositiveSmallIntegerField("turno", default=1)
    bisogno = models.ForeignKey(Bisogno, on_delete=models.PROTECT, related_name="voti", verbose_name="bisogno")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="voti", verbose_name="ente")
    gravita = _campo("gravità")
    equita = _campo("disuguaglianza")
    motivo = models.TextField("perché", blank=True, help_text="Gli altri lo leggono senza il nome dell'ente.")

    objects = VotoQuerySet.as_manager()

    class Meta:
        verbose_name = "voto"
        verbose_name_plural = "voti"
        ordering = ("rilevazione", "turno", "bisogno", "ente")
        constraints = (
            models.UniqueConstraint(
                name="voto_uno_per_ente",
                fields=["rilevazione", "turno", "bisogno", "ente"],
                violation_error_message="L'ente ha già votato questo bisogno.",
            ),
            models.CheckConstraint(
                name="voto_da_uno_a_cinque",
                condition=(Q(gravita__isnull=True) | Q(gravita__range=(1, 5)))
                & (Q(equita__isnull=True) | Q(equita__range=(1, 5)))
                & Q(turno__range=(1, 2)),
                violation_error_message="Si vota da 1 a 5.",
            ),
        )

    def __str__(self):
        return f"{self.ente}: {self.bisogno}"


class VotoComune(Registrato):
    """How grave the need is in one of the comuni the ente serves, in its vote."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "as the vote it belongs to"

    voto = models.ForeignKey(Voto, on_delete=models.CASCADE, related_name="per_comune", verbose_name="voto")
    comune = models.ForeignKey(Comune, on_delete=models.PROTECT, related_name="voti", verbose_name="comune")
    gravita = _campo("gravità")

    class Meta:
        verbose_name = "voto per comune"
        verbose_name_plural = "voti per comune"
        ordering = ("voto", "comune")
        constraints = (
            models.UniqueConstraint(
                name="voto_comune_uno",
                fields=["voto", "comune"],
                violation_error_message="Per questo comune c'è già un voto.",
            ),
            models.CheckConstraint(
                name="voto_comune_da_uno_a_cinque",
                condition=Q(gravita__isnull=True) | Q(gravita__range=(1, 5)),
                violation_error_message="Si vota da 1 a 5.",
            ),
        )

    def __str__(self):
        return f"{self.voto}, {self.comune}"
