"""The restitution document: what the Tavolo gives back of a period, section by section, and who read it."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.incontro import Incontro
from incontri.models.tema import Tema
from referenti.models import Ente
from tavolo.base.models import ConAutore, ConSlug, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoRestituzione(models.TextChoices):
    """Where a restitution document is."""

    BOZZA = "bozza", "Bozza"
    IN_CONSULTAZIONE = "in-consultazione", "In consultazione"
    PUBBLICATA = "pubblicata", "Pubblicata"


_S = StatoRestituzione


class RestituzioneQuerySet(FermiQuerySet):
    """Questions asked of restitution documents."""

    def pubblicate(self):
        """Those everybody may read, the newest first."""
        return self.filter(stato=StatoRestituzione.PUBBLICATA).order_by("-anno", "-numero")

    def visibili_a(self, utente):
        """Those this person may open in the reserved area: drafts are for who writes them; as `incontri.view_restituzione`."""
        if utente.has_perm("incontri.leggi_ogni_restituzione"):
            return self
        if not utente.has_perm("incontri.leggi_restituzioni"):
            return self.none()
        mie = self.model.redattori.through.objects.filter(utente=utente.pk).values("restituzione")
        return self.filter(~Q(stato=StatoRestituzione.BOZZA) | Q(pk__in=mie))


def _non_compilata(restituzione: "Restituzione") -> str:
    return "" if restituzione.compilata_il else "Prima compila il documento."


def _da_chiedere(restituzione: "Restituzione") -> str:
    entro = restituzione.commenti_entro
    if entro is not None and entro < timezone.localdate():
        return "Il giorno entro cui si commenta è già passato: prima cambialo, o svuotalo."
    return _non_compilata(restituzione)


def _non_pronta(restituzione: "Restituzione") -> str:
    if restituzione.compilata_il is None:
        return "Prima compila il documento."
    contese = restituzione.sezioni.contese().count()
    if contese:
        return f"{'Una sezione ha' if contese == 1 else f'{contese} sezioni hanno'} un testo nuovo da guardare accanto al tuo."
    aperti = restituzione.commenti().aperti().count()
    if aperti:
        return f"{'Un commento aspetta' if aperti == 1 else f'{aperti} commenti aspettano'} una risposta."
    return ""


def _passaggio(nome, etichetta, da, a, contro) -> Passaggio:
    return Passaggio(
        nome=nome,
        etichetta=etichetta,
        da=frozenset(da),
        a=a,
        permesso="incontri.pubblica_restituzione",
        contro=contro,
    )


class Restituzione(ConFermo, Registrato, ConSlug, ConAutore, ConStati):
    """A restitution document: of which days, on which themes and meetings (none chosen: all), and how far it is.

    Compiled by `incontri.servizi.restituzioni`; published it has a number in its year and stands still.
    """

    PERSONE = ("autore",)

    titolo = models.CharField("titolo", max_length=160)
    dal = models.DateField("dal giorno")
    al = models.DateField("al giorno")
    temi = models.ManyToManyField(
        Tema, blank=True, related_name="restituzioni", verbose_name="temi", help_text="Nessuno scelto: tutti."
    )
    incontri = models.ManyToManyField(
        Incontro,
        blank=True,
        related_name="restituzioni",
        verbose_name="incontri",
        help_text="Nessuno scelto: tutti quelli del periodo con il verbale approvato.",
    )
    redattori = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="restituzioni_da_scrivere",
        verbose_name="scrivono anche",
        help_text="Chi può correggere i testi insieme a chi coordina.",
    )
    stato = models.CharField(
        "stato", max_length=18, choices=StatoRestituzione, default=StatoRestituzione.BOZZA, editable=False
    )
    commenti_entro = models.DateField("commenti entro il", null=True, blank=True)
    commenti_chiesti_il = models.DateTimeField("commenti chiesti il", null=True, blank=True, editable=False)
    compilata_il = models.DateTimeField("compilata il", null=True, blank=True, editable=False)
    impronta = models.CharField("impronta delle fonti", max_length=64, blank=True, editable=False)
    numero = models.PositiveSmallIntegerField("numero", null=True, blank=True, editable=False)
    anno = models.PositiveSmallIntegerField("anno", null=True, blank=True, editable=False)
    pubblicata_il = models.DateTimeField("pubblicata il", null=True, blank=True, editable=False)
    esempio = models.BooleanField("dati di esempio", default=False)

    storia = HistoricalRecords(m2m_fields=[temi, incontri, redattori])
    objects = RestituzioneQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        _passaggio("consulta", "Chiedi i commenti agli enti", {_S.BOZZA}, _S.IN_CONSULTAZIONE, _da_chiedere),
        _passaggio("riprendi", "Riporta in bozza", {_S.IN_CONSULTAZIONE}, _S.BOZZA, lambda restituzione: ""),
        _passaggio("pubblica", "Pubblica", {_S.BOZZA, _S.IN_CONSULTAZIONE}, _S.PUBBLICATA, _non_pronta),
    )

    class Meta:
        verbose_name = "documento di restituzione"
        verbose_name_plural = "documenti di restituzione"
        ordering = ("-al", "-creato")
        constraints = (
            models.CheckConstraint(
                name="restituzione_periodo",
                condition=Q(al__gte=F("dal")),
                violation_error_message="Il periodo finisce prima di cominciare.",
            ),
            models.CheckConstraint(
                name="restituzione_pubblicata_con_numero",
                condition=Q(stato=StatoRestituzione.PUBBLICATA)
                & Q(numero__isnull=False, anno__isnull=False, pubblicata_il__isnull=False)
                | ~Q(stato=StatoRestituzione.PUBBLICATA)
                & Q(numero__isnull=True, anno__isnull=True, pubblicata_il__isnull=True),
                violation_error_message="Un documento pubblicato ha numero, anno e data; gli altri no.",
            ),
            models.UniqueConstraint(
                name="restituzione_numero_unico",
                fields=["anno", "numero"],
                violation_error_message="C'è già un documento con questo numero.",
            ),
        )

    def __str__(self):
        return self.titolo

    @classmethod
    def quando_fermo(cls) -> Q:
        """The condition that a document is published."""
        return Q(stato=StatoRestituzione.PUBBLICATA)

    def get_absolute_url(self):
        """Its page in the reserved area."""
        return reverse("restituzioni:restituzione-detail", args=[self.pk])

    @property
    def pagina_pubblica(self) -> str:
        """The address where everybody reads it, once it is published."""
        return reverse("lavoro:documento-detail", args=[self.slug])

    @property
    def fermo(self) -> bool:
        """Whether it is published: nothing changes it any more."""
        return self.stato == StatoRestituzione.PUBBLICATA

    @property
    def si_commenta(self) -> bool:
        """Whether the enti may comment: until the end of the last day, where there is one."""
        entro = self.commenti_entro
        return self.stato == StatoRestituzione.IN_CONSULTAZIONE and (entro is None or timezone.localdate() <= entro)

    @property
    def segno(self) -> str:
        """Its number: `2/2026`; empty before it is published."""
        return f"{self.numero}/{self.anno}" if self.numero else ""

    def giorno(self, oggi: date | None = None) -> date:
        """The day on which the data are looked at: the last of the period, or today where it is still to come."""
        return min(self.al, oggi or timezone.localdate())

    def commenti(self) -> models.QuerySet:
        """What the enti said of its sections."""
        campo = self.sezioni.model._meta.get_field("commenti")
        return campo.related_model.objects.filter(sezione__restituzione=self.pk)


class LetturaRestituzione(Registrato):
    """Who said to have read a document before it was published."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "written once, never edited"

    restituzione = models.ForeignKey(
        Restituzione, on_delete=models.CASCADE, related_name="letture", verbose_name="documento"
    )
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="restituzioni_lette", verbose_name="persona"
    )
    ente = models.ForeignKey(
        Ente, on_delete=models.PROTECT, null=True, blank=True, related_name="restituzioni_lette", verbose_name="ente"
    )

    class Meta:
        verbose_name = "lettura di un documento"
        verbose_name_plural = "letture dei documenti"
        ordering = ("restituzione", "creato")
        constraints = (models.UniqueConstraint(name="lettura_una_per_persona", fields=["restituzione", "utente"]),)

    def __str__(self):
        return f"{self.utente}: {self.restituzione}"
