"""The survey of resources: who is called to it, what each ente answered, the figures frozen at its end."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
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


class RicognizioneChiusa(ValidationError):
    """A closed survey stands as it is: its figures are quoted in documents that nobody takes back."""

    def __init__(self):
        super().__init__("La ricognizione è chiusa: le sue cifre non cambiano più.", code="chiusa")


class RicognizioneQuerySet(models.QuerySet):
    """Questions asked of surveys; writes in bulk leave the closed ones alone, whoever asks for them."""

    def aperte(self):
        """Those the enti are answering."""
        return self.filter(stato=StatoRicognizione.APERTA)

    def visibili_a(self, utente):
        """Surveys this person may read: those in preparation are of who coordinates."""
        if utente.has_perm("risorse.change_ricognizione"):
            return self
        if not utente.has_perm("risorse.view_ricognizione"):
            return self.none()
        return self.exclude(stato=StatoRicognizione.BOZZA)

    def update(self, **valori):
        """As Django does; raises RicognizioneChiusa, with nothing written, if a closed one is among them."""
        self._controlla()
        return super().update(**valori)

    def delete(self):
        """As Django does; raises RicognizioneChiusa, with nothing deleted, if a closed one is among them."""
        self._controlla()
        return super().delete()

    def _controlla(self):
        if self.order_by().filter(stato=StatoRicognizione.CHIUSA).exists():
            raise RicognizioneChiusa


def _contro_l_apertura(ricognizione: Any) -> str:
    if ricognizione.scadenza <= timezone.localdate():
        return "La scadenza è già arrivata: scegli un giorno più avanti."
    if not ricognizione.chiamati.exists():
        return "Non c'è ancora nessun ente chiamato: aggiungine almeno uno."
    return ""


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
    objects = RicognizioneQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="apri",
            etichetta="Apri la ricognizione",
            da=frozenset({StatoRicognizione.BOZZA}),
            a=StatoRicognizione.APERTA,
            permesso="risorse.change_ricognizione",
            contro=_contro_l_apertura,
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

    @property
    def aperta(self) -> bool:
        """Whether the enti are answering."""
        return self.stato == StatoRicognizione.APERTA

    @property
    def chiusa(self) -> bool:
        """Whether its figures are frozen."""
        return self.stato == StatoRicognizione.CHIUSA

    def save(self, *args, **kwargs):
        """Save, unless it was closed: raises RicognizioneChiusa."""
        self._controlla()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Delete, unless it was closed: raises RicognizioneChiusa."""
        self._controlla()
        return super().delete(*args, **kwargs)

    def _controlla(self):
        chiuse = Ricognizione.objects.filter(pk=self.pk, stato=StatoRicognizione.CHIUSA)
        if not self._state.adding and chiuse.exists():
            raise RicognizioneChiusa


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

    def get_absolute_url(self):
        """The page with which the ente answers."""
        return reverse("cura:ricognizione-ente", args=[self.ricognizione.slug, self.ente.slug])


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
