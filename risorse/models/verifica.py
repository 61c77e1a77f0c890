"""Freshness: who confirmed that a service is still true, when and by which way, and whom the portal has reminded."""

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from referenti.models import Ente
from risorse.models.risorsa import Risorsa
from tavolo.base.models import ConAutore, Registrato


class ModoVerifica(models.TextChoices):
    """By which way the confirmation came."""

    ACCESSO = "accesso", "Dal portale"
    LINK = "link", "Con il link della e-mail"
    TELEFONO = "telefono", "Per telefono"
    RICOGNIZIONE = "ricognizione", "In una ricognizione"
    FONTE = "fonte", "Da una fonte pubblica"


class Verifica(Registrato, ConAutore):
    """A confirmation: on this day somebody said that the card is right."""

    risorsa = models.ForeignKey(Risorsa, on_delete=models.CASCADE, related_name="verifiche", verbose_name="servizio")
    giorno = models.DateField("giorno", default=timezone.localdate)
    modo = models.CharField("come", max_length=16, choices=ModoVerifica)
    nota = models.CharField("nota", max_length=200, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "verifica"
        verbose_name_plural = "verifiche"
        ordering = ("-giorno", "-creato")

    def __str__(self):
        return f"{self.risorsa}, {self.giorno:%d/%m/%Y}"

    @property
    def ente(self) -> Ente:
        """Who confirmed, as the public reads it: an ente, never a person."""
        if self.modo == ModoVerifica.ACCESSO and self.autore and self.autore.ente:
            return self.autore.ente
        return self.risorsa.ente


class Gradino(models.TextChoices):
    """How far the portal has gone in asking."""

    IN_SCADENZA = "in-scadenza", "Promemoria all'ente"
    SCADUTA = "scaduta", "Sollecito all'ente"
    AL_COORDINAMENTO = "al-coordinamento", "Segnalata al coordinamento"
    NASCOSTA = "nascosta", "Tolta dalle pagine pubbliche"


class Sollecito(Registrato):
    """A step taken about one card and one due date; its uniqueness is why running twice mails once."""

    FUORI_DALLE_PAGINE = True

    SENZA_STORIA = "written once by a command, never edited"

    risorsa = models.ForeignKey(Risorsa, on_delete=models.CASCADE, related_name="solleciti", verbose_name="servizio")
    scadenza = models.DateField("scadenza")
    gradino = models.CharField("gradino", max_length=20, choices=Gradino)

    class Meta:
        verbose_name = "sollecito"
        verbose_name_plural = "solleciti"
        ordering = ("-creato",)
        constraints = (models.UniqueConstraint(name="sollecito_unico", fields=["risorsa", "scadenza", "gradino"]),)

    def __str__(self):
        return f"{self.risorsa}, {self.get_gradino_display()}"
