"""What shows a need: figures and voices, each with its territory, year and source."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from incontri.models.bisogno import Bisogno
from incontri.models.voce import Voce
from referenti.models import Comune, Indicatore
from tavolo.base.fields import DataParzialeField, valida_gia_passata
from tavolo.base.models import ConAutore, Registrato


class TipoEvidenza(models.TextChoices):
    """What an evidence is."""

    IN_BISOGNO = "in-bisogno", "Quante persone hanno il bisogno"
    MISURA = "misura", "Un'altra misura"
    OPINIONE = "opinione", "Un'osservazione, senza un numero"


class UnitaEvidenza(models.TextChoices):
    """What a figure is measured in."""

    PERSONE = "persone", _("persone")
    PERCENTO = "percento", "%"
    GIORNI = "giorni", _("giorni")
    NUMERO = "numero", _("numero")
    VOTO = "voto", _("punti")


SOGLIA = 5  # counts of people under it are not stored: docs/metodo.md


def valida_persone(valore: Decimal | None) -> None:
    """Accept a whole number of people, or none; raise ValidationError, about the field `valore`, on a fraction."""
    if valore is not None and valore % 1:
        raise ValidationError({"valore": "Le persone si contano intere: scrivi un numero senza virgola."})


class Evidenza(Registrato, ConAutore):
    """A figure or a voice that shows a need.

    A count of fewer than SOGLIA people is kept as `soppresso`, without its value: so few could be recognised.
    """

    bisogno = models.ForeignKey(Bisogno, on_delete=models.CASCADE, related_name="evidenze", verbose_name="bisogno")
    tipo = models.CharField("che cos'è", max_length=12, choices=TipoEvidenza, default=TipoEvidenza.MISURA)
    testo = models.CharField("che cosa dice", max_length=300)
    valore = models.DecimalField(
        "valore", max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    unita = models.CharField("unità", max_length=10, choices=UnitaEvidenza, blank=True)
    soppresso = models.BooleanField("meno di cinque", default=False, editable=False)
    comune = models.ForeignKey(
        Comune,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidenze",
        verbose_name="comune",
        help_text="Vuoto: tutto l'Ambito.",
    )
    riferimento = DataParzialeField(
        "quando", validators=[valida_gia_passata], help_text="Per esempio 2026, marzo 2026 oppure 15/03/2026."
    )
    fonte = models.CharField("fonte", max_length=200)
    url = models.URLField("indirizzo della fonte", blank=True)
    indicatore = models.ForeignKey(
        Indicatore,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="evidenze",
        verbose_name="dato del territorio",
    )
    voce = models.ForeignKey(
        Voce,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidenze",
        verbose_name="voce del verbale",
    )

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "evidenza"
        verbose_name_plural = "evidenze"
        ordering = ("bisogno", F("comune__ordine").asc(nulls_first=True), "-riferimento", "creato")
        constraints = (
            models.CheckConstraint(
                name="evidenza_valore_con_unita",
                condition=Q(tipo=TipoEvidenza.OPINIONE, valore__isnull=True, soppresso=False)
                | (~Q(tipo=TipoEvidenza.OPINIONE) & ~Q(unita="") & (Q(valore__isnull=False) ^ Q(soppresso=True))),
                violation_error_message="Una misura ha un valore e la sua unità; un'osservazione no.",
            ),
            models.CheckConstraint(
                name="evidenza_in_bisogno_di_persone",
                condition=~Q(tipo=TipoEvidenza.IN_BISOGNO) | Q(unita=UnitaEvidenza.PERSONE),
                violation_error_message="Chi ha il bisogno si conta in persone.",
            ),
            models.CheckConstraint(
                name="evidenza_non_sotto_soglia",
                condition=~Q(unita=UnitaEvidenza.PERSONE)
                | Q(valore__isnull=True)
                | Q(valore=0)
                | Q(valore__gte=SOGLIA),
                violation_error_message="Sotto cinque persone il numero non si conserva.",
            ),
        )

    def __str__(self):
        return self.testo

    def clean(self):
        """People are whole; too few: without the value already when it is checked, wherever it comes from."""
        if self.unita == UnitaEvidenza.PERSONE:
            valida_persone(self.valore)
        self._sopprimi()

    def save(self, *args, **kwargs):
        """Save, without the value where it counts too few people."""
        self._sopprimi()
        super().save(*args, **kwargs)

    def _sopprimi(self) -> None:
        """The one home of the rule: a count of people under SOGLIA keeps no value."""
        if self.unita == UnitaEvidenza.PERSONE and self.valore is not None and 0 < self.valore < SOGLIA:
            self.valore, self.soppresso = None, True
        elif self.valore is not None:
            self.soppresso = False

    @property
    def territorio(self) -> str:
        """The place it is about, in words."""
        return self.comune.nome if self.comune else "tutto l'Ambito"
