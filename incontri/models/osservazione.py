"""What the enti observe on shared minutes, and the corrections of approved ones."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.odg import PuntoOdg
from incontri.models.verbale import Verbale
from referenti.models import Ente
from tavolo.base.models import ConAutore, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoOsservazione(models.TextChoices):
    """What became of an observation."""

    APERTA = "aperta", "Da decidere"
    ACCOLTA = "accolta", "Accolta"
    RESPINTA = "respinta", "Non accolta"


class OsservazioneQuerySet(FermiQuerySet):
    """Questions asked of observations."""

    def aperte(self):
        """Those nobody has decided yet."""
        return self.filter(stato=StatoOsservazione.APERTA)

    def visibili_a(self, utente):
        """Those on minutes this person may read."""
        return self.filter(verbale__in=Verbale.objects.visibili_a(utente))


def _verbale_fermo(osservazione: Any) -> str:
    return "Il verbale è approvato: le sue osservazioni non si cambiano più." if osservazione.verbale.fermo else ""


class Osservazione(ConFermo, Registrato, ConAutore, ConStati):
    """What an ente observes on shared minutes: on one point or, without it, on the whole."""

    FUORI_DALLE_PAGINE = True
    FERMO_CON = PADRE = "verbale"
    PERSONE = ("autore",)

    verbale = models.ForeignKey(Verbale, on_delete=models.PROTECT, related_name="osservazioni", verbose_name="verbale")
    punto = models.ForeignKey(
        PuntoOdg,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="osservazioni",
        verbose_name="punto",
    )
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="osservazioni", verbose_name="ente")
    testo = models.TextField("osservazione")
    stato = models.CharField(
        "stato", max_length=10, choices=StatoOsservazione, default=StatoOsservazione.APERTA, editable=False
    )
    motivo = models.TextField("motivo", blank=True)
    decisa_il = models.DateTimeField("decisa il", null=True, blank=True, editable=False)

    storia = HistoricalRecords()
    objects = OsservazioneQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="accogli",
            etichetta="Accogli",
            da=frozenset({StatoOsservazione.APERTA}),
            a=StatoOsservazione.ACCOLTA,
            permesso="incontri.decidi_osservazione",
            contro=_verbale_fermo,
        ),
        Passaggio(
            nome="respingi",
            etichetta="Non accogliere",
            da=frozenset({StatoOsservazione.APERTA}),
            a=StatoOsservazione.RESPINTA,
            permesso="incontri.decidi_osservazione",
            contro=_verbale_fermo,
        ),
    )

    class Meta:
        verbose_name = "osservazione"
        verbose_name_plural = "osservazioni"
        ordering = ("verbale", "creato")
        constraints = (
            models.CheckConstraint(
                name="osservazione_decisa_con_motivo",
                condition=Q(stato=StatoOsservazione.APERTA) | ~Q(motivo=""),
                violation_error_message="Scrivi il motivo: chi ha osservato lo leggerà.",
            ),
        )

    def __str__(self):
        return f"{self.ente}: {self.testo[:60]}"
