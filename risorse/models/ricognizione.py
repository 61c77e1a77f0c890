"""The survey of resources: who is called to it, what each ente answered, the figures frozen at its end."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from referenti.models import Ente
from risorse.models.risorsa import Risorsa
from tavolo.base.models import ConAutore, ConSlug, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoRicognizione(models.TextChoices):
    """Where a survey is."""

    BOZZA = "bozza", "In preparazione"
    APERTA = "aperta", "Aperta"
    CHIUSA = "chiusa", "Chiusa"


class Ricognizione(Registrato, ConSlug, ConAutore, ConStati):
    """One survey of the services of the enti called, with a deadline."""

    FUORI_DALLE_PAGINE = True

    titolo = models.CharField("titolo", max_length=160, unique=True)
    istruzioni = models.TextField("che cosa chiedi agli enti", blank=True)
    scadenza = models.DateField("rispondere entro il")
    enti = models.ManyToManyField(Ente, through="EnteInRicognizione", related_name="ricognizioni", verbose_name="enti")
    stato = models.CharField(
        "stato", max_length=10, choices=StatoRicognizione, default=StatoRicognizione.BOZZA, editable=False
    )
    chiusa_il = models.DateTimeField("chiusa il", null=True, blank=True, editable=False)
    cifre = models.JSONField("cifre alla chiusura", null=True, blank=True, editable=False)

    storia = HistoricalRecords()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="apri",
            etichetta="Apri la ricognizione",
            da=frozenset({StatoRicognizione.BOZZA}),
            a=StatoRicognizione.APERTA,
            permesso="risorse.change_ricognizione",
        ),
        Passaggio(
            nome="chiudi",
            etichetta="Chiudi e fissa le cifre",
            da=frozenset({StatoRicognizione.APERTA}),
            a=StatoRicognizione.CHIUSA,
            permesso="risorse.change_ricognizione",
        ),
    )

    class Meta:
        verbose_name = "ricognizione"
        verbose_name_plural = "ricognizioni"
        ordering = ("-scadenza", "titolo")
        constraints = (
            models.CheckConstraint(
                name="ricognizione_chiusa_con_cifre",
                condition=~Q(stato=StatoRicognizione.CHIUSA) | Q(chiusa_il__isnull=False, cifre__isnull=False),
                violation_error_message="Una ricognizione chiusa ha la data e le sue cifre.",
            ),
        )

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        """The page of the survey, in the reserved area."""
        return reverse("cura:ricognizione-detail", args=[self.slug])


class EnteInRicognizione(Registrato):
    """An ente called to a survey, and when it said that it had finished."""

    FUORI_DALLE_PAGINE = True

    ricognizione = models.ForeignKey(Ricognizione, on_delete=models.CASCADE, related_name="chiamati")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="chiamate", verbose_name="ente")
    concluso_il = models.DateTimeField("ha finito il", null=True, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "ente chiamato"
        verbose_name_plural = "enti chiamati"
        ordering = ("ente__ordine", "ente__denominazione")
        constraints = (
            models.UniqueConstraint(
                name="ente_in_ricognizione_unico",
                fields=["ricognizione", "ente"],
                violation_error_message="Questo ente è già chiamato.",
            ),
        )

    def __str__(self):
        return str(self.ente)


class EsitoRisposta(models.TextChoices):
    """What an ente said of one of its services."""

    CONFERMATA = "confermata", "Confermato"
    CORRETTA = "corretta", "Corretto"
    AGGIUNTA = "aggiunta", "Aggiunto"
    RITIRATA = "ritirata", "Da ritirare"


class RispostaRicognizione(Registrato, ConAutore):
    """The answer of an ente about one service."""

    FUORI_DALLE_PAGINE = True

    chiamato = models.ForeignKey(EnteInRicognizione, on_delete=models.CASCADE, related_name="risposte")
    risorsa = models.ForeignKey(Risorsa, on_delete=models.CASCADE, related_name="risposte", verbose_name="servizio")
    esito = models.CharField("risposta", max_length=12, choices=EsitoRisposta)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "risposta"
        verbose_name_plural = "risposte"
        ordering = ("risorsa__nome",)
        constraints = (models.UniqueConstraint(name="risposta_unica", fields=["chiamato", "risorsa"]),)

    def __str__(self):
        return f"{self.risorsa}: {self.get_esito_display()}"
