"""Commitments taken at a meeting, and what each later meeting said of them."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from simple_history.models import HistoricalRecords

from incontri.models.incontro import Incontro, StatoIncontro
from incontri.models.proposta import Proposta
from incontri.models.verbale import StatoVerbale, Verbale
from incontri.models.voce import Voce
from referenti.models import Ente
from tavolo.base.italiano import elidi
from tavolo.base.models import ConAutore, Registrato
from tavolo.base.stati import ConStati, Passaggio
from tavolo.base.testo import piano


class StatoImpegno(models.TextChoices):
    """How far a commitment is."""

    APERTO = "aperto", "Aperto"
    IN_CORSO = "in-corso", "In corso"
    FATTO = "fatto", "Fatto"
    SUPERATO = "superato", "Superato"


IN_PIEDI = (StatoImpegno.APERTO, StatoImpegno.IN_CORSO)


class ImpegnoQuerySet(models.QuerySet):
    """Questions asked of commitments."""

    def in_piedi(self):
        """Those still to be kept."""
        return self.filter(stato__in=IN_PIEDI)

    def dell_ente(self, ente):
        """Those of an ente, by its key, and of its units."""
        return self.filter(Q(ente=ente) | Q(ente__padre=ente))

    def in_ritardo(self, giorno: date | None = None):
        """Those still to be kept whose deadline is past on `giorno` (today)."""
        return self.in_piedi().filter(scadenza__lt=giorno or timezone.localdate())

    def in_scadenza(self, giorno: date, entro: date):
        """Those still to be kept whose deadline falls from `giorno` to `entro`."""
        return self.in_piedi().filter(scadenza__range=(giorno, entro))

    def con_eta(self):
        """Each with `preso` (the moment it was taken), `incontri_dopo` (meetings held since) and `rinvii`.

        A postponement is a revision that moved a deadline later.
        """
        adesso = timezone.now()
        tenuti = Incontro.objects.filter(stato=StatoIncontro.SVOLTO, inizio__lte=adesso)
        dopo = tenuti.filter(inizio__gt=OuterRef("preso"))
        rinvii = RevisioneImpegno.objects.filter(impegno=OuterRef("pk"), scadenza__gt=F("scadenza_prima"))
        return self.annotate(preso=Coalesce("incontro__inizio", "creato")).annotate(
            incontri_dopo=_quanti(dopo), rinvii=_quanti(rinvii)
        )

    def visibili_a(self, utente):
        """Those this person may read; holds the same answer as the permission `incontri.view_impegno`.

        A commitment that an entry tells of is read with its minutes: while they are a draft, by who may read the draft.
        """
        if utente.has_perm("incontri.leggi_ogni_verbale"):
            return self
        if not utente.has_perm("incontri.leggi_impegni"):
            return self.none()
        bozze = Verbale.objects.filter(stato=StatoVerbale.BOZZA)
        mie = bozze.filter(Q(verbalizzante=utente.pk) | Q(redattori=utente.pk))
        chiuse = bozze.exclude(pk__in=mie.values("pk"))
        return self.exclude(voce__isnull=False, voce__punto__incontro__in=chiuse.values("incontro"))

    def dell_incontro(self, incontro):
        """Those taken at this meeting."""
        return self.filter(incontro=incontro)


def _quanti(righe):
    """How many rows, as a subquery: 0 where there is none."""
    conto = righe.order_by().annotate(uno=Value(1)).values("uno").annotate(quanti=Count("*")).values("quanti")
    return Coalesce(Subquery(conto, output_field=models.IntegerField()), 0)


def _passaggio(nome: str, etichetta: str, a: StatoImpegno) -> Passaggio:
    """A commitment comes to a state from any other one, back from done too."""
    da = frozenset(stato for stato in StatoImpegno if stato != a)
    return Passaggio(nome=nome, etichetta=etichetta, da=da, a=a, permesso="incontri.rivedi_impegno")


class Impegno(Registrato, ConAutore, ConStati):
    """What an ente has committed itself to do. Its state and deadline are those of its last revision."""

    FUORI_DALLE_PAGINE = True

    testo = models.TextField("che cosa")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="impegni", verbose_name="ente responsabile")
    persona = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="impegni",
        verbose_name="persona",
    )
    scadenza = models.DateField("entro il", null=True, blank=True)
    stato = models.CharField("stato", max_length=10, choices=StatoImpegno, default=StatoImpegno.APERTO, editable=False)
    incontro = models.ForeignKey(
        Incontro,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="impegni",
        verbose_name="preso nell'incontro",
    )
    voce = models.OneToOneField(
        Voce, on_delete=models.PROTECT, null=True, blank=True, related_name="impegno", verbose_name="voce del verbale"
    )
    proposta = models.ForeignKey(
        Proposta,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="impegni",
        verbose_name="per la proposta",
    )

    storia = HistoricalRecords()
    objects = ImpegnoQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        _passaggio("riapri", "Riporta ad aperto", StatoImpegno.APERTO),
        _passaggio("avvia", "Segna in corso", StatoImpegno.IN_CORSO),
        _passaggio("concludi", "Segna fatto", StatoImpegno.FATTO),
        _passaggio("supera", "Segna superato", StatoImpegno.SUPERATO),
    )

    class Meta:
        verbose_name = "impegno"
        verbose_name_plural = "impegni"
        ordering = (models.F("scadenza").asc(nulls_last=True), "creato")

    def __str__(self):
        riga = " ".join(piano(self.testo).split())
        return riga if len(riga) <= 140 else f"{riga[:139]}…"

    @property
    def in_piedi(self) -> bool:
        """Whether it is still to be kept."""
        return self.stato in IN_PIEDI

    @property
    def in_ritardo(self) -> bool:
        """Whether it is still to be kept and its deadline is past."""
        return self.in_piedi and self.scadenza is not None and self.scadenza < timezone.localdate()

    @property
    def giorni(self) -> int:
        """How many days ago it was taken; of a row of `con_eta`."""
        preso: Any = self.preso  # type: ignore[attr-defined]
        return max((timezone.localdate() - timezone.localdate(preso)).days, 0)

    @property
    def entro(self) -> str:
        """Its deadline as one says it after "entro": `il 15 marzo 2027`; empty without one."""
        return elidi(f"il {date_format(self.scadenza, 'j F Y')}") if self.scadenza else ""

    def get_absolute_url(self):
        """The page of the commitment in the reserved area."""
        return reverse("impegni:impegno-detail", args=[self.pk])


class RevisioneImpegno(Registrato, ConAutore):
    """What was said of a commitment, at a meeting or between two: its new state, its new deadline, a note."""

    FUORI_DALLE_PAGINE = True

    impegno = models.ForeignKey(Impegno, on_delete=models.CASCADE, related_name="revisioni", verbose_name="impegno")
    incontro = models.ForeignKey(
        Incontro,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="revisioni_impegni",
        verbose_name="nell'incontro",
    )
    stato = models.CharField("stato", max_length=10, choices=StatoImpegno)
    scadenza_prima = models.DateField("scadenza di prima", null=True, blank=True, editable=False)
    scadenza = models.DateField("scadenza", null=True, blank=True)
    nota = models.TextField("nota", blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "revisione di un impegno"
        verbose_name_plural = "revisioni degli impegni"
        ordering = ("impegno", "creato")
        constraints = (
            models.UniqueConstraint(
                name="revisione_una_per_incontro",
                fields=["impegno", "incontro"],
                violation_error_message="In questo incontro l'impegno è già stato rivisto.",
            ),
        )

    @property
    def rinviato(self) -> bool:
        """Whether it moved the deadline later."""
        return None not in (self.scadenza, self.scadenza_prima) and self.scadenza > self.scadenza_prima

    def __str__(self):
        return f"{self.impegno}: {self.get_stato_display()}"


class SollecitoImpegni(Registrato):
    """The mail about commitments sent to a person in a week; its uniqueness is why running twice mails once."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "written once by a command, never edited"

    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="solleciti_impegni", verbose_name="persona"
    )
    settimana = models.CharField("settimana", max_length=8, help_text="Come 2026-W48.")

    class Meta:
        verbose_name = "sollecito sugli impegni"
        verbose_name_plural = "solleciti sugli impegni"
        ordering = ("-creato",)
        constraints = (models.UniqueConstraint(name="sollecito_impegni_unico", fields=["utente", "settimana"]),)

    def __str__(self):
        return f"{self.utente}, {self.settimana}"
