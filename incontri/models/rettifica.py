"""Corrections of approved minutes: added after the text, which is never altered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.incontro import Incontro
from incontri.models.verbale import Verbale
from tavolo.base.models import ConAutore, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoRettifica(models.TextChoices):
    """What became of a correction."""

    PROPOSTA = "proposta", "Proposta"
    APPROVATA = "approvata", "Approvata"
    RESPINTA = "respinta", "Non approvata"


class RettificaQuerySet(FermiQuerySet):
    """Questions asked of corrections."""

    def approvate(self):
        """Those that count, in the order of their numbers."""
        return self.filter(stato=StatoRettifica.APPROVATA).order_by("numero")

    def pubblicabili(self):
        """Those the public reads after the text of published minutes, or will once they are published."""
        return self.approvate().filter(pubblica=True)


class Rettifica(ConFermo, Registrato, ConAutore, ConStati):
    """A correction of approved minutes, approved in its turn by a meeting; only then it has a number and stands still."""

    FUORI_DALLE_PAGINE = True
    PERSONE = ("autore",)

    verbale = models.ForeignKey(Verbale, on_delete=models.PROTECT, related_name="rettifiche", verbose_name="verbale")
    numero = models.PositiveSmallIntegerField("numero", null=True, blank=True, editable=False)
    testo = models.TextField("testo")
    motivo = models.TextField("perché si rettifica")
    pubblica = models.BooleanField("si pubblica", default=True)
    stato = models.CharField(
        "stato", max_length=10, choices=StatoRettifica, default=StatoRettifica.PROPOSTA, editable=False
    )
    approvata_in = models.ForeignKey(
        Incontro,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="rettifiche_approvate",
        verbose_name="approvata nell'incontro",
    )
    approvata_il = models.DateTimeField("approvata il", null=True, blank=True, editable=False)
    contenuto = models.TextField("contenuto (JSON canonico)", blank=True, editable=False)
    impronta = models.CharField("SHA-256 del contenuto", max_length=64, blank=True, editable=False)

    storia = HistoricalRecords()
    objects = RettificaQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="approva",
            etichetta="Approva la rettifica",
            da=frozenset({StatoRettifica.PROPOSTA}),
            a=StatoRettifica.APPROVATA,
            permesso="incontri.approva_rettifica",
        ),
        Passaggio(
            nome="respingi",
            etichetta="Non approvare",
            da=frozenset({StatoRettifica.PROPOSTA}),
            a=StatoRettifica.RESPINTA,
            permesso="incontri.approva_rettifica",
        ),
    )

    class Meta:
        verbose_name = "rettifica"
        verbose_name_plural = "rettifiche"
        ordering = ("verbale", "numero", "creato")
        constraints = (
            models.UniqueConstraint(
                name="rettifica_numero_unico",
                fields=["verbale", "numero"],
                violation_error_message="Questo verbale ha già una rettifica con questo numero.",
            ),
            models.CheckConstraint(
                name="rettifica_approvata_con_numero",
                condition=~Q(stato=StatoRettifica.APPROVATA)
                | Q(numero__isnull=False, approvata_in__isnull=False, approvata_il__isnull=False) & ~Q(impronta=""),
                violation_error_message="Una rettifica approvata ha numero, incontro e data.",
            ),
        )

    @classmethod
    def quando_fermo(cls) -> Q:
        """The condition that a correction is approved."""
        return Q(stato=StatoRettifica.APPROVATA)

    def __str__(self):
        return f"Rettifica {self.numero}" if self.numero else "Rettifica proposta"
