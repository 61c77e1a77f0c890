"""The minutes of a meeting, point by point."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from incontri.models.incontro import Incontro, PuntoOdg
from tavolo.base.models import ConAutore, Ordinato, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoVerbale(models.TextChoices):
    """Where minutes are in their life."""

    BOZZA = "bozza", "Bozza"
    CONDIVISO = "condiviso", "Condiviso"


class VerbaleQuerySet(models.QuerySet):
    """Questions asked of minutes."""

    def visibili_a(self, utente):
        """Minutes this person may read; holds the same answer as the permission `incontri.view_verbale`."""
        if utente.has_perm("incontri.leggi_ogni_verbale"):
            return self
        if not utente.has_perm("incontri.leggi_verbali_condivisi"):
            return self.none()
        return self.filter(
            Q(stato=StatoVerbale.CONDIVISO) | Q(verbalizzante=utente.pk) | Q(redattori=utente.pk)
        ).distinct()


class Verbale(Registrato, ConAutore, ConStati):
    """The minutes of one meeting."""

    FUORI_DALLE_PAGINE = True

    incontro = models.OneToOneField(Incontro, on_delete=models.PROTECT, related_name="verbale", verbose_name="incontro")
    verbalizzante = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verbali", verbose_name="verbalizzante"
    )
    redattori = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="verbali_da_scrivere",
        verbose_name="scrivono anche",
        help_text="Chi può scrivere il verbale insieme a chi verbalizza.",
    )
    stato = models.CharField("stato", max_length=12, choices=StatoVerbale, default=StatoVerbale.BOZZA, editable=False)

    storia = HistoricalRecords(m2m_fields=[redattori])
    objects = VerbaleQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="condividi",
            etichetta="Condividi con gli enti",
            da=frozenset({StatoVerbale.BOZZA}),
            a=StatoVerbale.CONDIVISO,
            permesso="incontri.change_verbale",
        ),
        Passaggio(
            nome="riprendi",
            etichetta="Riporta in bozza",
            da=frozenset({StatoVerbale.CONDIVISO}),
            a=StatoVerbale.BOZZA,
            permesso="incontri.change_verbale",
        ),
    )

    class Meta:
        verbose_name = "verbale"
        verbose_name_plural = "verbali"
        ordering = ("-incontro__inizio", "uuid")

    def __str__(self):
        return f"Verbale di «{self.incontro}»"

    @property
    def si_scrive(self) -> bool:
        """Whether its text may change: what the enti are reading stands still until it is taken back."""
        return self.stato == StatoVerbale.BOZZA

    def get_absolute_url(self):
        """The minutes to read, in the reserved area."""
        return reverse("incontri:verbale-detail", args=[self.incontro_id])


class TipoVoce(models.TextChoices):
    """What kind of entry it is."""

    DISCUSSIONE = "discussione", "Discussione"
    DECISIONE = "decisione", "Decisione"
    IMPEGNO = "impegno", "Impegno"
    CRITICITA = "criticita", "Criticità"
    BUONA_PRASSI = "buona-prassi", "Buona prassi"
    BISOGNO = "bisogno", "Bisogno"
    ISTANZA = "istanza", "Istanza"


class Voce(Registrato, ConAutore, Ordinato):
    """An entry of the minutes under a point of the agenda.

    `versione` counts its texts: who saves on an older one meets both texts instead of covering the other's.
    """

    FUORI_DALLE_PAGINE = True

    punto = models.ForeignKey(PuntoOdg, on_delete=models.PROTECT, related_name="voci", verbose_name="punto")
    tipo = models.CharField("tipo", max_length=14, choices=TipoVoce, default=TipoVoce.DISCUSSIONE)
    testo = models.TextField("testo")
    versione = models.PositiveIntegerField("versione", default=1, editable=False)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "voce"
        verbose_name_plural = "voci"
        ordering = ("punto", "ordine", "creato")

    def __str__(self):
        return f"{self.get_tipo_display()}: {self.testo[:60]}"
