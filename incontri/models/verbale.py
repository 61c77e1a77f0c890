"""The minutes of a meeting, point by point."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from incontri.models import completezza
from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.incontro import Incontro
from tavolo.base.models import ConAutore, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoVerbale(models.TextChoices):
    """Where minutes are in their life."""

    BOZZA = "bozza", "Bozza"
    CONDIVISO = "condiviso", "Condiviso"
    APPROVATO = "approvato", "Approvato"
    PUBBLICATO = "pubblicato", "Pubblicato"


FERMI = (StatoVerbale.APPROVATO, StatoVerbale.PUBBLICATO)


class VerbaleQuerySet(FermiQuerySet):
    """Questions asked of minutes."""

    def da_approvare(self):
        """Shared minutes the enti may no longer observe on."""
        return self.filter(stato=StatoVerbale.CONDIVISO, osservazioni_entro__lt=timezone.localdate())

    def visibili_a(self, utente):
        """Minutes this person may read; holds the same answer as the permission `incontri.view_verbale`."""
        if utente.has_perm("incontri.leggi_ogni_verbale"):
            return self
        if not utente.has_perm("incontri.leggi_verbali_condivisi"):
            return self.none()
        return self.filter(
            ~Q(stato=StatoVerbale.BOZZA) | Q(verbalizzante=utente.pk) | Q(redattori=utente.pk)
        ).distinct()

    def approvabili_in(self, incontro):
        """Minutes that this meeting may be asked to approve: not approved yet, of another meeting, not of a later one."""
        prima = Q(incontro__inizio__isnull=True)
        if incontro.inizio:
            prima |= Q(incontro__inizio__lt=incontro.inizio)
        aperti = self.exclude(stato__in=FERMI).exclude(incontro=incontro.pk)
        gia_scelti = Q(pk__in=incontro.punti.values("verbale_da_approvare"))
        return self.filter(Q(pk__in=aperti.filter(prima).values("pk")) | gia_scelti).select_related("incontro")


def _osservazioni_aperte(verbale: Any) -> str:
    quante = verbale.osservazioni.aperte().count()
    if not quante:
        return ""
    come = "C'è un'osservazione" if quante == 1 else f"Ci sono {quante} osservazioni"
    return f"{come} da decidere: prima va accolta o non accolta, con il motivo."


def _seduta_stante(verbale: Any) -> str:
    if not verbale.incontro.si_verbalizza:
        return "Si approva seduta stante dal giorno dell'incontro."
    in_bozza = completezza.impedimento(verbale) if verbale.si_scrive else ""
    return in_bozza.replace("condividere", "approvare", 1) or _osservazioni_aperte(verbale)


class Verbale(ConFermo, Registrato, ConAutore, ConStati):
    """The minutes of one meeting."""

    FUORI_DALLE_PAGINE = True
    PERSONE = ("autore", "verbalizzante")

    incontro = models.OneToOneField(Incontro, on_delete=models.PROTECT, related_name="verbale", verbose_name="incontro")
    verbalizzante = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="verbali",
        verbose_name="verbalizzante",
    )
    redattori = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="verbali_da_scrivere",
        verbose_name="scrivono anche",
        help_text="Chi può scrivere il verbale insieme a chi verbalizza.",
    )
    stato = models.CharField("stato", max_length=12, choices=StatoVerbale, default=StatoVerbale.BOZZA, editable=False)
    aperto = models.TimeField("l'incontro comincia alle", null=True, blank=True)
    chiuso = models.TimeField("l'incontro finisce alle", null=True, blank=True)
    condiviso_il = models.DateTimeField("condiviso il", null=True, blank=True, editable=False)
    osservazioni_entro = models.DateField("osservazioni entro il", null=True, blank=True, editable=False)
    approvato_il = models.DateTimeField("approvato il", null=True, blank=True, editable=False)
    approvato_in = models.ForeignKey(
        Incontro,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="verbali_approvati",
        verbose_name="approvato nell'incontro",
        help_text="Lo stesso incontro, quando è approvato seduta stante.",
    )
    pubblicato_il = models.DateTimeField("pubblicato il", null=True, blank=True, editable=False)

    storia = HistoricalRecords(m2m_fields=[redattori])
    objects = VerbaleQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="condividi",
            etichetta="Condividi con gli enti",
            da=frozenset({StatoVerbale.BOZZA}),
            a=StatoVerbale.CONDIVISO,
            permesso="incontri.change_verbale",
            contro=completezza.impedimento,
        ),
        Passaggio(
            nome="riprendi",
            etichetta="Riporta in bozza",
            da=frozenset({StatoVerbale.CONDIVISO}),
            a=StatoVerbale.BOZZA,
            permesso="incontri.change_verbale",
        ),
        Passaggio(
            nome="approva",
            etichetta="Segna come approvato",
            da=frozenset({StatoVerbale.CONDIVISO}),
            a=StatoVerbale.APPROVATO,
            permesso="incontri.approva_verbale",
            contro=_osservazioni_aperte,
        ),
        Passaggio(
            nome="approva-seduta-stante",
            etichetta="Approva seduta stante",
            da=frozenset({StatoVerbale.BOZZA, StatoVerbale.CONDIVISO}),
            a=StatoVerbale.APPROVATO,
            permesso="incontri.approva_verbale",
            contro=_seduta_stante,
        ),
        Passaggio(
            nome="pubblica",
            etichetta="Pubblica",
            da=frozenset({StatoVerbale.APPROVATO}),
            a=StatoVerbale.PUBBLICATO,
            permesso="incontri.pubblica_verbale",
        ),
    )

    class Meta:
        verbose_name = "verbale"
        verbose_name_plural = "verbali"
        ordering = ("-incontro__inizio", "uuid")
        constraints = (
            models.CheckConstraint(
                name="verbale_approvato_da_un_incontro",
                condition=Q(stato__in=(StatoVerbale.BOZZA, StatoVerbale.CONDIVISO), approvato_il__isnull=True)
                | Q(stato__in=FERMI, approvato_il__isnull=False, approvato_in__isnull=False),
                violation_error_message="Un verbale è approvato da un incontro, in un momento che si conosce.",
            ),
            models.CheckConstraint(
                name="verbale_orario",
                condition=Q(aperto__isnull=True) | Q(chiuso__isnull=True) | Q(chiuso__gt=F("aperto")),
                violation_error_message="L'incontro deve finire dopo l'inizio.",
            ),
        )

    def __str__(self):
        return f"Verbale di «{self.incontro}»"

    @classmethod
    def quando_fermo(cls) -> Q:
        """The condition that minutes are approved."""
        return Q(stato__in=FERMI)

    def passa_da_fermo(self, salvata, cambiati) -> bool:
        """Approved minutes may still be published, with the moment it happens; nothing else."""
        pubblica = salvata.stato == StatoVerbale.APPROVATO and self.stato == StatoVerbale.PUBBLICATO
        return pubblica and self.pubblicato_il is not None and cambiati <= {"stato", "pubblicato_il", "aggiornato"}

    @property
    def si_scrive(self) -> bool:
        """Whether its text may change: what the enti are reading stands still until it is taken back."""
        return self.stato == StatoVerbale.BOZZA

    @property
    def fermo(self) -> bool:
        """Whether it is approved: from then on nothing changes it."""
        return self.stato in FERMI

    @property
    def raccoglie_osservazioni(self) -> bool:
        """Whether the enti may still observe: until the end of the last day, while it is shared."""
        entro = self.osservazioni_entro
        return self.stato == StatoVerbale.CONDIVISO and (entro is None or timezone.localdate() <= entro)

    @property
    def seduta_stante(self) -> bool:
        """Whether it was approved by the very meeting it is about."""
        return self.approvato_in_id is not None and self.approvato_in_id == self.incontro_id

    def get_absolute_url(self):
        """The minutes to read, in the reserved area."""
        return reverse("incontri:verbale-detail", args=[self.incontro_id])
