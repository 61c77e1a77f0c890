"""Figures about the territory: none without its source and its date."""

from decimal import Decimal
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from referenti.models.comune import Comune
from tavolo.base.fields import DataParzialeField
from tavolo.base.models import Ordinato, Registrato


def numero_testo(valore: Decimal | int) -> str:
    """A number in the page's language: thousands apart, decimals only where there are any."""
    intero = valore == int(valore)
    return number_format(int(valore) if intero else Decimal(valore).normalize())


class Voce(models.TextChoices):
    """What a figure counts."""

    RESIDENTI = "residenti", _("Residenti")
    STRANIERI = "stranieri", _("Residenti stranieri")
    QUOTA_STRANIERI = "quota-stranieri", _("Residenti stranieri ogni 100 residenti")
    NAZIONALITA = "nazionalita", _("Nazionalità presenti")
    MINORI = "minori", _("Minori")
    MINORI_STRANIERI = "minori-stranieri", _("Minori stranieri")
    QUOTA_MINORI_STRANIERI = "quota-minori-stranieri", _("Minori stranieri ogni 100 minori")
    RESIDENTI_0_5 = "residenti-0-5", _("Residenti da 0 a 5 anni")
    RESIDENTI_6_13 = "residenti-6-13", _("Residenti da 6 a 13 anni")
    RESIDENTI_14_17 = "residenti-14-17", _("Residenti da 14 a 17 anni")
    RESIDENTI_18_34 = "residenti-18-34", _("Residenti da 18 a 34 anni")
    RESIDENTI_35_64 = "residenti-35-64", _("Residenti da 35 a 64 anni")
    RESIDENTI_65 = "residenti-65", _("Residenti di 65 anni e più")
    STRANIERI_0_5 = "stranieri-0-5", _("Residenti stranieri da 0 a 5 anni")
    STRANIERI_6_13 = "stranieri-6-13", _("Residenti stranieri da 6 a 13 anni")
    STRANIERI_14_17 = "stranieri-14-17", _("Residenti stranieri da 14 a 17 anni")
    STRANIERI_18_34 = "stranieri-18-34", _("Residenti stranieri da 18 a 34 anni")
    STRANIERI_35_64 = "stranieri-35-64", _("Residenti stranieri da 35 a 64 anni")
    STRANIERI_65 = "stranieri-65", _("Residenti stranieri di 65 anni e più")


class Fascia(NamedTuple):
    """An age band, ends included, with what counts its residents and its foreign residents."""

    dal: int
    al: int
    residenti: Voce
    stranieri: Voce

    @property
    def etichetta(self) -> str:
        """Its years, in words of the page's language."""
        if self.al >= ETA_MASSIMA:
            return gettext("%(eta)s anni e più") % {"eta": self.dal}
        return gettext("da %(dal)s a %(al)s anni") % {"dal": self.dal, "al": self.al}


ETA_MASSIMA = 100  # Istat counts those of a hundred years and more together
# Nursery and kindergarten, first cycle of school, second cycle, young adults, adults, the old.
FASCE = (
    Fascia(0, 5, Voce.RESIDENTI_0_5, Voce.STRANIERI_0_5),
    Fascia(6, 13, Voce.RESIDENTI_6_13, Voce.STRANIERI_6_13),
    Fascia(14, 17, Voce.RESIDENTI_14_17, Voce.STRANIERI_14_17),
    Fascia(18, 34, Voce.RESIDENTI_18_34, Voce.STRANIERI_18_34),
    Fascia(35, 64, Voce.RESIDENTI_35_64, Voce.STRANIERI_35_64),
    Fascia(65, ETA_MASSIMA, Voce.RESIDENTI_65, Voce.STRANIERI_65),
)
# What the pages tell first; the age bands have a table of their own.
PRINCIPALI = tuple(voce for voce in Voce if not voce[-1].isdigit())
# A share is worked out from two counts of the same source and date.
RAPPORTI = {
    Voce.QUOTA_STRANIERI: (Voce.STRANIERI, Voce.RESIDENTI),
    Voce.QUOTA_MINORI_STRANIERI: (Voce.MINORI_STRANIERI, Voce.MINORI),
}


class Unita(models.TextChoices):
    """What a figure is measured in."""

    PERSONE = "persone", _("persone")
    PERCENTO = "percento", "%"
    NUMERO = "numero", _("numero")


class IndicatoreQuerySet(models.QuerySet):
    """Questions asked of figures."""

    def del_territorio(self):
        """Figures about the Ambito and its comuni, with their comune, in the order of the pages."""
        righe = self.filter(Q(comune__isnull=True) | Q(comune__nell_ambito=True)).select_related("comune")
        return righe.order_by("ordine", "voce", "comune__ordine", "comune__nome", "-riferimento")


class Indicatore(Registrato, Ordinato):
    """One figure: what, where, how much, from whom, at which date."""

    voce = models.CharField("voce", max_length=40, choices=Voce)
    comune = models.ForeignKey(
        Comune,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="indicatori",
        verbose_name="comune",
        help_text="Vuoto se il dato riguarda tutto l'Ambito.",
    )
    valore = models.DecimalField("valore", max_digits=12, decimal_places=2)
    almeno = models.BooleanField("almeno", default=False, help_text="La fonte dice «più di».")
    unita = models.CharField("unità", max_length=10, choices=Unita, default=Unita.PERSONE)
    riferimento = DataParzialeField(
        "data di riferimento", help_text="Per esempio 2022, dicembre 2022 oppure 01/01/2022."
    )
    fonte = models.CharField("fonte", max_length=200)
    url_fonte = models.URLField("indirizzo della fonte", blank=True)
    nota = models.CharField("nota", max_length=300, blank=True)

    storia = HistoricalRecords()
    objects = IndicatoreQuerySet.as_manager()

    class Meta:
        verbose_name = "indicatore"
        verbose_name_plural = "indicatori"
        ordering = ("ordine", "voce", "comune__ordine", "-riferimento")
        constraints = (
            models.CheckConstraint(
                name="indicatore_con_fonte_e_data",
                condition=~Q(fonte="") & ~Q(riferimento=""),
                violation_error_message="Un dato senza fonte e senza data non si può salvare.",
            ),
            models.CheckConstraint(
                name="indicatore_non_negativo",
                condition=Q(valore__gte=0),
                violation_error_message="Il valore non può essere negativo.",
            ),
            models.CheckConstraint(
                name="indicatore_quota_in_percento",
                condition=~Q(voce__in=(Voce.QUOTA_STRANIERI, Voce.QUOTA_MINORI_STRANIERI)) | Q(unita=Unita.PERCENTO),
                violation_error_message="Una quota ogni 100 si misura in percento.",
            ),
            models.UniqueConstraint(
                name="indicatore_unico",
                fields=["voce", "comune", "riferimento", "fonte"],
                violation_error_message="Questo dato c'è già: stessa voce, territorio, data e fonte.",
            ),
            models.UniqueConstraint(
                name="indicatore_unico_ambito",
                fields=["voce", "riferimento", "fonte"],
                condition=Q(comune__isnull=True),
                violation_error_message="Questo dato c'è già: stessa voce, data e fonte per tutto l'Ambito.",
            ),
        )

    def __str__(self):
        return f"{self.get_voce_display()}, {self.territorio} ({self.riferimento})"

    @property
    def territorio(self) -> str:
        """The place the figure is about, in words."""
        return self.comune.nome if self.comune else gettext("tutto l'Ambito")

    @property
    def valore_testo(self) -> str:
        """The value as people of the page's language write it, with its unit where it has a sign."""
        numero = numero_testo(self.valore) + ("%" if self.unita == Unita.PERCENTO else "")
        return gettext("più di %(numero)s") % {"numero": numero} if self.almeno else numero
