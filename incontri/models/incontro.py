"""A meeting of the Tavolo."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from incontri.models import contro
from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.parole import PAROLE_MASSIME, PUBBLICATO, dice_al_pubblico
from incontri.models.tema import Tema
from tavolo.base.models import ConAutore, ConSlug, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoIncontro(models.TextChoices):
    """Where a meeting is in its life."""

    PIANIFICATO = "pianificato", _("Pianificato")
    CONVOCATO = "convocato", _("Convocato")
    SVOLTO = "svolto", _("Svolto")
    ANNULLATO = "annullato", _("Annullato")


DA_TENERE = (StatoIncontro.PIANIFICATO, StatoIncontro.CONVOCATO)
NEI_CALENDARI = ("titolo", "inizio", "fine", "luogo", "collegamento", "stato")  # RFC 5545, 3.8.7.4: SEQUENCE


class ModalitaIncontro(models.TextChoices):
    """How people meet."""

    IN_SEDE = "in-sede", _("In presenza")
    ONLINE = "online", _("Online")
    MISTA = "mista", _("In presenza e online")
    NON_NOTA = "non-nota", _("Da verificare")


class IncontroQuerySet(FermiQuerySet):
    """Questions asked of meetings."""

    def futuri(self):
        """Meetings still to come, the nearest first."""
        return self.filter(stato__in=DA_TENERE, inizio__gte=timezone.now()).order_by("inizio", "uuid")

    def in_fila(self):
        """Every meeting with its `gruppo` of a list: to come (the nearest first), still without a date, the others."""
        attesi = Q(stato__in=DA_TENERE)
        gruppo = Case(
            When(attesi & Q(inizio__gte=timezone.now()), then=Value(0)),
            When(attesi & Q(inizio__isnull=True), then=Value(1)),
            default=Value(2),
        )
        vicino = Case(When(gruppo=0, then=F("inizio")))
        return self.annotate(gruppo=gruppo).order_by("gruppo", vicino, *Incontro._meta.ordering, "uuid")

    def da_verbalizzare(self):
        """Meetings held on a known day, or whose hour has passed, that have no minutes.

        Those a source only mentions, without a day, were before the portal: nobody waits for their minutes.
        """
        tenuti = (*DA_TENERE, StatoIncontro.SVOLTO)
        return self.filter(stato__in=tenuti, inizio__lt=timezone.now(), verbale__isnull=True)

    def pubblici(self):
        """Meetings the public reads about: those shown on purpose, and those whose minutes are published."""
        return self.filter(Q(pubblico=True) | Q(verbale__stato=PUBBLICATO))

    def con_verbale_pubblicato(self):
        """Meetings whose minutes everybody may read."""
        return self.filter(verbale__stato=PUBBLICATO)

    def con_parole(self, parole):
        """Public meetings that hold every word in what the public reads of them: never in what is internal."""
        trovati = self
        for parola in parole.split()[:PAROLE_MASSIME]:
            trovati = trovati.filter(dice_al_pubblico(self.model, parola))
        return trovati

    def visibili_a(self, utente):
        """Meetings this person may open in the reserved area: all, for who takes part in the Tavolo."""
        return self if utente.has_perm("incontri.view_incontro") else self.none()


class Incontro(ConFermo, Registrato, ConSlug, ConAutore, ConStati):
    """A meeting: what is not known of it stays empty and shows as "da verificare"."""

    FERMO_CON = "verbale"
    SCRIVIBILI = ("pubblico", "slug", "ordine", "aggiornato")
    PERSONE = ("autore", "presiede")

    titolo = models.CharField("titolo", max_length=160)
    stato = models.CharField(
        "stato", max_length=12, choices=StatoIncontro, default=StatoIncontro.PIANIFICATO, editable=False
    )
    inizio = models.DateTimeField("inizio", null=True, blank=True)
    fine = models.DateTimeField("fine", null=True, blank=True)
    modalita = models.CharField(
        "come ci si incontra", max_length=10, choices=ModalitaIncontro, default=ModalitaIncontro.IN_SEDE
    )
    luogo = models.CharField("luogo", max_length=200, blank=True)
    collegamento = models.URLField("collegamento online", blank=True)
    temi = models.ManyToManyField(Tema, blank=True, related_name="incontri", verbose_name="temi")
    pubblico = models.BooleanField(
        "nella pagina pubblica", default=False, help_text="Data, titolo e temi si vedono nella pagina degli incontri."
    )
    presiede = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="incontri_presieduti",
        verbose_name="coordina l'incontro",
    )
    quorum = models.PositiveSmallIntegerField(
        "quorum",
        null=True,
        blank=True,
        help_text="Quanti enti servono. È solo un'indicazione e non blocca niente: se non serve, lascialo vuoto.",
    )
    convocato_il = models.DateTimeField("convocato il", null=True, blank=True, editable=False)
    sequenza = models.PositiveIntegerField("versione nei calendari", default=0, editable=False)
    fonte = models.CharField("fonte", max_length=200, blank=True)
    ordine = models.PositiveSmallIntegerField(
        "ordine", default=0, help_text="Mette in fila gli incontri di cui non si conosce la data."
    )

    storia = HistoricalRecords(m2m_fields=[temi])
    objects = IncontroQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="convoca",
            etichetta="Segna come convocato",
            da=frozenset({StatoIncontro.PIANIFICATO}),
            a=StatoIncontro.CONVOCATO,
            permesso="incontri.change_incontro",
        ),
        Passaggio(
            nome="concludi",
            etichetta="Segna come svolto",
            da=frozenset(DA_TENERE),
            a=StatoIncontro.SVOLTO,
            permesso="incontri.change_incontro",
            contro=contro.non_ancora_o_non_piu,
        ),
        Passaggio(
            nome="annulla",
            etichetta="Annulla l'incontro",
            da=frozenset(DA_TENERE),
            a=StatoIncontro.ANNULLATO,
            permesso="incontri.change_incontro",
            contro=contro.ha_il_verbale,
        ),
        Passaggio(
            nome="riapri",
            etichetta="Riporta a pianificato",
            da=frozenset({StatoIncontro.CONVOCATO, StatoIncontro.SVOLTO, StatoIncontro.ANNULLATO}),
            a=StatoIncontro.PIANIFICATO,
            permesso="incontri.change_incontro",
            contro=contro.tenuto_col_verbale,
        ),
    )

    class Meta:
        verbose_name = "incontro"
        verbose_name_plural = "incontri"
        ordering = (F("inizio").desc(nulls_last=True), "-ordine", "titolo")
        constraints = (
            models.CheckConstraint(
                name="incontro_orario",
                condition=Q(fine__isnull=True) | Q(inizio__isnull=False, fine__gt=F("inizio")),
                violation_error_message="L'incontro deve finire dopo l'inizio.",
            ),
            models.CheckConstraint(
                name="incontro_convocato_con_data",
                condition=~Q(stato=StatoIncontro.CONVOCATO) | Q(inizio__isnull=False),
                violation_error_message="Per convocare l'incontro indica prima la data e l'ora di inizio.",
            ),
        )

    def __str__(self):
        return self.titolo

    @property
    def giorno(self) -> date | None:
        """The day it is held, here; None while it has no date."""
        return timezone.localdate(self.inizio) if self.inizio else None

    @property
    def con_data(self) -> str:
        """Its title and its day, where it is known, as one says them in a list."""
        return f"{self.titolo}, {date_format(self.giorno, 'j F Y')}" if self.giorno else self.titolo

    @property
    def annullato(self) -> bool:
        """Whether it will not be held."""
        return self.stato == StatoIncontro.ANNULLATO

    @property
    def da_tenere(self) -> bool:
        """Whether it is planned or convened."""
        return self.stato in DA_TENERE

    @property
    def tenuto(self) -> bool:
        """Whether it was held, or its hour has passed and nobody has said otherwise."""
        if self.stato == StatoIncontro.SVOLTO:
            return True
        return not self.annullato and self.inizio is not None and self.inizio < timezone.now()

    @property
    def si_verbalizza(self) -> bool:
        """Whether minutes can be started: it was held, or its day has come."""
        return self.tenuto or (self.giorno == timezone.localdate() and not self.annullato)

    @property
    def pagina_pubblica(self) -> str:
        """The address where everybody reads its minutes, once they are published."""
        return reverse("archivio:incontro-detail", args=[self.slug])

    def save(self, *args, **kwargs):
        """Save; a change of what is in `NEI_CALENDARI` makes a new version of the meeting: the one home of this rule."""
        salvata = Incontro.objects.filter(pk=self.pk).values("sequenza", *NEI_CALENDARI).first()
        if salvata:
            cambiata = any(getattr(self, campo) != salvata[campo] for campo in NEI_CALENDARI)
            self.sequenza = max(self.sequenza, salvata["sequenza"] + cambiata)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """The page of the meeting in the reserved area."""
        return reverse("incontri:incontro-detail", args=[self.pk])
