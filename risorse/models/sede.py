"""Places, physical or virtual, where a service is found."""

from typing import ClassVar
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from referenti.models import Comune, Ente
from risorse.models.risorsa import Risorsa
from risorse.models.traduzione import Traducibile
from tavolo.base.models import ConCoordinate, ConSlug, Registrato


class TipoSede(models.TextChoices):
    """What kind of place it is."""

    FISICA = "fisica", _("Luogo")
    VIRTUALE = "virtuale", _("Al telefono o su internet")


class Accessibilita(models.TextChoices):
    """Whether one gets in with a wheelchair."""

    SI = "si", _("Si entra con la sedia a rotelle")
    PARZIALE = "parziale", _("Si entra con la sedia a rotelle, con aiuto")
    NO = "no", _("Non si entra con la sedia a rotelle")
    NON_NOTA = "non-nota", _("Da verificare")


class SedeQuerySet(models.QuerySet):
    """Questions asked of places."""

    def pubbliche(self):
        """Places that somebody confirmed: the others stay off the public pages."""
        return self.filter(da_verificare=False)


class Sede(Registrato, ConSlug, ConCoordinate, Traducibile):
    """A place of an ente."""

    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="sedi", verbose_name="ente")
    nome = models.CharField("nome", max_length=160)
    tipo = models.CharField("tipo", max_length=10, choices=TipoSede, default=TipoSede.FISICA)
    indirizzo = models.CharField("via e numero", max_length=160, blank=True)
    comune = models.ForeignKey(
        Comune, on_delete=models.PROTECT, null=True, blank=True, related_name="sedi", verbose_name="comune"
    )
    accessibilita = models.CharField(
        "accesso in sedia a rotelle", max_length=10, choices=Accessibilita, default=Accessibilita.NON_NOTA
    )
    accessibilita_nota = models.CharField("come si entra", max_length=200, blank=True)
    fonte = models.CharField("fonte", max_length=200, blank=True)
    da_verificare = models.BooleanField(
        "da verificare", default=False, help_text="Finché è da verificare non compare nelle pagine pubbliche."
    )
    esempio = models.BooleanField("dati di esempio", default=False)
    risorse = models.ManyToManyField(Risorsa, through="RisorsaInSede", related_name="sedi", verbose_name="servizi")

    DA_TRADURRE: ClassVar = ("nome", "accessibilita_nota")

    storia = HistoricalRecords()
    objects = SedeQuerySet.as_manager()

    class Meta:
        verbose_name = "sede"
        verbose_name_plural = "sedi"
        ordering = ("ente__ordine", "nome")
        constraints = (
            models.UniqueConstraint(
                name="sede_nome_unico_per_ente",
                fields=["ente", "nome"],
                violation_error_message="Questo ente ha già una sede con questo nome.",
            ),
            *ConCoordinate.Meta.constraints,
            models.CheckConstraint(
                name="sede_fisica_con_comune",
                # places of other territories come in with the town inside their address
                condition=~Q(tipo=TipoSede.FISICA) | Q(comune__isnull=False) | ~Q(indirizzo=""),
                violation_error_message="Di un luogo indica il comune, o almeno l'indirizzo.",
            ),
        )

    def __str__(self):
        return self.nome

    @property
    def come_arrivare(self) -> str:
        """The address of OpenStreetMap's way to this place; empty if it is not a place, a real one, or confirmed."""
        if self.tipo != TipoSede.FISICA or self.da_verificare or self.esempio:
            return ""
        if self.latitudine is not None:
            domanda = urlencode({"to": f"{self.latitudine},{self.longitudine}"})
            return f"https://www.openstreetmap.org/directions?{domanda}"
        if not self.indirizzo:
            return ""
        dove = f"{self.indirizzo}, {self.cap} {self.comune or ''}".strip(" ,")
        return f"https://www.openstreetmap.org/search?{urlencode({'query': dove})}"


class RisorsaInSede(Registrato, Traducibile):
    """A service as it is found at one place."""

    risorsa = models.ForeignKey(Risorsa, on_delete=models.CASCADE, related_name="in_sedi", verbose_name="servizio")
    sede = models.ForeignKey(Sede, on_delete=models.PROTECT, related_name="con_risorse", verbose_name="sede")
    nota = models.CharField("nota", max_length=200, blank=True, help_text="Per esempio: secondo piano, stanza 12.")

    DA_TRADURRE: ClassVar = ("nota",)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "servizio in una sede"
        verbose_name_plural = "servizi nelle sedi"
        ordering = ("sede__nome",)
        constraints = (
            models.UniqueConstraint(
                name="risorsa_in_sede_unica",
                fields=["risorsa", "sede"],
                violation_error_message="Il servizio è già in questa sede.",
            ),
        )

    def __str__(self):
        return f"{self.risorsa}, {self.sede}"
