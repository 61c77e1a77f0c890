"""The entries of the minutes, point by point."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from incontri.models.fermi import FERMI, ConFermo, FermiQuerySet
from incontri.models.odg import PuntoOdg
from tavolo.base.models import ConAutore, Ordinato, Registrato


class TipoVoce(models.TextChoices):
    """What kind of entry it is."""

    DISCUSSIONE = "discussione", "Discussione"
    DECISIONE = "decisione", "Decisione"
    IMPEGNO = "impegno", "Impegno"
    CRITICITA = "criticita", "Criticità"
    BUONA_PRASSI = "buona-prassi", "Buona prassi"
    BISOGNO = "bisogno", "Bisogno"
    ISTANZA = "istanza", "Istanza"


class EsitoDecisione(models.TextChoices):
    """How a decision was taken."""

    UNANIMITA = "unanimita", "All'unanimità"
    MAGGIORANZA = "maggioranza", "A maggioranza"
    RINVIO = "rinvio", "Rinviata"


# Minutes the enti read, approved or still to be approved, against a draft that only who writes it does.
LETTI = ("condiviso", *FERMI)


class VoceQuerySet(FermiQuerySet):
    """Questions asked of entries of minutes."""

    def decisioni_valide(self):
        """The decisions that may approve something: taken, not postponed, in minutes the enti read."""
        return self.filter(tipo=TipoVoce.DECISIONE, punto__incontro__verbale__stato__in=LETTI).exclude(
            esito=EsitoDecisione.RINVIO
        )


class Voce(ConFermo, Registrato, ConAutore, Ordinato):
    """An entry of the minutes under a point of the agenda.

    `versione` counts its texts: who saves on an older one meets both texts instead of covering the other's.
    """

    FUORI_DALLE_PAGINE = True
    FERMO_CON = "punto__incontro__verbale"
    PADRE = "punto"
    PERSONE = ("autore",)

    punto = models.ForeignKey(PuntoOdg, on_delete=models.PROTECT, related_name="voci", verbose_name="punto")
    tipo = models.CharField("tipo", max_length=14, choices=TipoVoce, default=TipoVoce.DISCUSSIONE)
    testo = models.TextField("testo", help_text="CommonMark: paragrafi, elenchi, *corsivo*, **grassetto**.")
    esito = models.CharField("com'è stata presa", max_length=12, choices=EsitoDecisione, blank=True)
    pubblica = models.BooleanField(
        "si pubblica", default=False, help_text="Si legge nel verbale pubblicato: niente nomi di persone, niente casi."
    )
    versione = models.PositiveIntegerField("versione", default=1, editable=False)

    storia = HistoricalRecords()
    objects = VoceQuerySet.as_manager()

    class Meta:
        verbose_name = "voce"
        verbose_name_plural = "voci"
        ordering = ("punto", "ordine", "creato")
        constraints = (
            models.CheckConstraint(
                name="voce_esito_solo_di_decisione",
                condition=Q(esito="") | Q(tipo=TipoVoce.DECISIONE),
                violation_error_message="Come è stata presa si dice solo di una decisione.",
            ),
        )

    def __str__(self):
        return f"{self.get_tipo_display()}: {self.testo[:60]}"

    @property
    def decide(self) -> bool:
        """Whether it is a decision that was taken: a postponed one approves nothing."""
        return self.tipo == TipoVoce.DECISIONE and self.esito != EsitoDecisione.RINVIO
