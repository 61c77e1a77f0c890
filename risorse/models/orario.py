"""When a service can be reached: weekly hours, seasons, closures. `risorse.orari` answers open now, opens when."""

from functools import reduce
from operator import or_
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from referenti.models import Ente
from risorse.models.risorsa import Risorsa
from risorse.models.sede import RisorsaInSede, Sede
from risorse.models.traduzione import Traducibile
from risorse.orari import Giorno, Intervallo, Periodo
from tavolo.base.models import Registrato


def si_accavallano(uno, altro) -> str:
    """What is wrong with two intervals of one day that share some minutes."""
    return f"{uno} e {altro} si accavallano: scrivi un intervallo solo, oppure correggi le ore."


def _uno_solo(*nomi: str) -> Q:
    """Exactly one of the foreign keys `nomi` is filled."""
    return reduce(or_, (Q(**{f"{altro}__isnull": altro != nome for altro in nomi}) for nome in nomi))


class Orario(Registrato, Traducibile):
    """One interval of one day of the week, of a service, of a place, or of a service as found at one place.

    The nearest wins: the hours of the service at the place, else of the service, else of the place. `alle` at 00:00 is
    the end of the day; what goes on after midnight is two rows. On the days of a season (`valido_dal`, `valido_al`) its
    rows replace those of the same owner that have none.
    """

    risorsa = models.ForeignKey(
        Risorsa, on_delete=models.CASCADE, null=True, blank=True, related_name="orari", verbose_name="servizio"
    )
    in_sede = models.ForeignKey(
        RisorsaInSede,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="orari",
        verbose_name="servizio in una sede",
    )
    sede = models.ForeignKey(
        Sede, on_delete=models.CASCADE, null=True, blank=True, related_name="orari", verbose_name="sede"
    )
    giorno = models.PositiveSmallIntegerField("giorno", choices=Giorno)
    dalle = models.TimeField("dalle")
    alle = models.TimeField("alle", help_text="00:00 è la fine della giornata.")
    su_appuntamento = models.BooleanField("solo su appuntamento", default=False)
    valido_dal = models.DateField("vale dal", null=True, blank=True)
    valido_al = models.DateField("vale fino al", null=True, blank=True)
    nota = models.CharField("nota", max_length=200, blank=True, help_text="Per esempio: solo per le donne.")

    DA_TRADURRE: ClassVar = ("nota",)
    # Set by who has all the rows of the owner before the eyes, some of them not saved yet.
    guardato_con_gli_altri = False

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "orario"
        verbose_name_plural = "orari"
        ordering = ("giorno", "dalle", "valido_dal", "uuid")
        constraints = (
            models.CheckConstraint(
                name="orario_di_uno_solo",
                condition=_uno_solo("risorsa", "in_sede", "sede"),
                violation_error_message="Un orario è di un servizio, di una sede o di un servizio in una sede: uno solo.",
            ),
            models.CheckConstraint(
                name="orario_giorno",
                condition=Q(giorno__gte=1, giorno__lte=7),
                violation_error_message="I giorni vanno da 1 (lunedì) a 7 (domenica).",
            ),
            models.CheckConstraint(
                name="orario_intervallo",
                condition=Q(dalle__lt=F("alle")) | Q(alle="00:00:00"),
                violation_error_message="L'ora di chiusura viene prima di quella di apertura.",
            ),
            models.CheckConstraint(
                name="orario_validita",
                condition=Q(valido_dal__isnull=True) | Q(valido_al__isnull=True) | Q(valido_dal__lte=F("valido_al")),
                violation_error_message="La fine della validità viene prima dell'inizio.",
            ),
        )

    def __str__(self):
        return f"{self.get_giorno_display()} {self.dalle:%H:%M}-{self.alle:%H:%M}"

    def clean(self):
        """Refuse an interval that covers part of another one of the same owner, day and season."""
        di = {nome: getattr(self, nome) for nome in ("risorsa_id", "in_sede_id", "sede_id")}
        if self.guardato_con_gli_altri or None in (self.giorno, self.dalle, self.alle) or not any(di.values()):
            return
        for altro in Orario.objects.filter(**di, giorno=self.giorno).exclude(pk=self.pk):
            if self.si_accavalla(altro):
                raise ValidationError(si_accavallano(self, altro))

    def si_accavalla(self, altro: "Orario") -> bool:
        """Whether the two share minutes of the same days."""
        return self.intervallo.si_accavalla(altro.intervallo)

    @property
    def intervallo(self) -> Intervallo:
        """What `risorse.orari` reasons with."""
        return Intervallo(
            self.giorno,
            self.dalle,
            self.alle,
            self.su_appuntamento,
            self.valido_dal,
            self.valido_al,
            *self.scritto("nota"),
        )


class Chiusura(Registrato, Traducibile):
    """Days on which an ente, a place or a service is closed whatever its hours say."""

    ente = models.ForeignKey(
        Ente, on_delete=models.CASCADE, null=True, blank=True, related_name="chiusure", verbose_name="ente"
    )
    sede = models.ForeignKey(
        Sede, on_delete=models.CASCADE, null=True, blank=True, related_name="chiusure", verbose_name="sede"
    )
    risorsa = models.ForeignKey(
        Risorsa, on_delete=models.CASCADE, null=True, blank=True, related_name="chiusure", verbose_name="servizio"
    )
    dal = models.DateField("dal")
    al = models.DateField("fino al", help_text="L'ultimo giorno di chiusura.")
    motivo = models.CharField("motivo", max_length=120, blank=True, help_text="Per esempio: chiusura estiva.")

    DA_TRADURRE: ClassVar = ("motivo",)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "chiusura"
        verbose_name_plural = "chiusure"
        ordering = ("dal", "al", "uuid")
        constraints = (
            models.CheckConstraint(
                name="chiusura_di_uno_solo",
                condition=_uno_solo("ente", "sede", "risorsa"),
                violation_error_message="Una chiusura è di un ente, di una sede o di un servizio: scegline uno solo.",
            ),
            models.CheckConstraint(
                name="chiusura_periodo",
                condition=Q(dal__lte=F("al")),
                violation_error_message="L'ultimo giorno viene prima del primo.",
            ),
        )

    def __str__(self):
        return f"{self.dal:%d/%m/%Y}-{self.al:%d/%m/%Y}"

    @property
    def periodo(self) -> Periodo:
        """What `risorse.orari` reasons with."""
        return Periodo(self.dal, self.al, *self.scritto("motivo"))
