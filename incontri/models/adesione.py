"""A request to join, on the agenda of a meeting, and the decision that meeting took on it."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from incontri.models.odg import PuntoOdg
from incontri.models.voce import TipoVoce, Voce
from referenti.models import RichiestaAdesione
from tavolo.base.models import ConAutore, Registrato


class DiscussioneAdesione(Registrato, ConAutore):
    """The point of an agenda under which a request is discussed; `decisione` is the entry of those minutes that decides."""

    FUORI_DALLE_PAGINE = True

    richiesta = models.ForeignKey(
        RichiestaAdesione, on_delete=models.PROTECT, related_name="discussioni", verbose_name="richiesta di adesione"
    )
    punto = models.OneToOneField(
        PuntoOdg, on_delete=models.CASCADE, related_name="discussione_adesione", verbose_name="punto"
    )
    decisione = models.ForeignKey(
        Voce,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adesioni_decise",
        verbose_name="decisione del verbale",
    )

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "discussione di un'adesione"
        verbose_name_plural = "discussioni delle adesioni"
        ordering = ("-creato",)

    def __str__(self):
        return f"{self.richiesta}, {self.punto.incontro}"

    def clean(self):
        """Refuse a decision of another meeting, or an entry that decides nothing."""
        if self.decisione is None:
            return
        if self.decisione.tipo != TipoVoce.DECISIONE:
            raise ValidationError({"decisione": "Questa voce del verbale non è una decisione."})
        if self.decisione.punto.incontro_id != self.punto.incontro_id:
            raise ValidationError({"decisione": "La decisione è nel verbale di un altro incontro."})
