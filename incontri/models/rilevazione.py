"""Scoring rounds: which needs, by when, and how far the round is."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from incontri.models.bisogno import Bisogno
from incontri.models.fermi import FERMI
from incontri.models.voce import Voce
from referenti.models import Ente
from tavolo.base.models import ConAutore, ConSlug, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoRilevazione(models.TextChoices):
    """Where a scoring round is."""

    BOZZA = "bozza", "In preparazione"
    PRIMO_TURNO = "primo-turno", "Primo turno aperto"
    FRA_I_TURNI = "fra-i-turni", "Primo turno chiuso"
    SECONDO_TURNO = "secondo-turno", "Secondo turno aperto"
    CHIUSA = "chiusa", "Chiusa"
    PUBBLICATA = "pubblicata", "Pubblicata"


APERTE_AL_VOTO = (StatoRilevazione.PRIMO_TURNO, StatoRilevazione.SECONDO_TURNO)
# What may be read of the votes in each state: those of the turns that are closed, none while a turn is open but before.
TURNI_LEGGIBILI = {
    StatoRilevazione.BOZZA: 0,
    StatoRilevazione.PRIMO_TURNO: 0,
    StatoRilevazione.FRA_I_TURNI: 1,
    StatoRilevazione.SECONDO_TURNO: 1,
    StatoRilevazione.CHIUSA: 2,
    StatoRilevazione.PUBBLICATA: 2,
}


class RilevazioneQuerySet(models.QuerySet):
    """Questions asked of scoring rounds."""

    def aperte(self):
        """Rounds in which the enti vote."""
        return self.filter(stato__in=APERTE_AL_VOTO)

    def pubblicate(self):
        """Rounds whose results everybody may read."""
        return self.filter(stato=StatoRilevazione.PUBBLICATA)

    def visibili_a(self, utente):
        """Rounds this person may open: those in preparation are for who coordinates; the same as `incontri.view_rilevazione`."""
        if utente.has_perm("incontri.change_rilevazione"):
            return self
        if not utente.has_perm("incontri.leggi_rilevazioni"):
            return self.none()
        return self.exclude(stato=StatoRilevazione.BOZZA)


def _incompleta(rilevazione: "Rilevazione") -> str:
    if not rilevazione.bisogni.exists():
        return "Prima scegli i bisogni da valutare."
    if rilevazione.enti.count() < 2:
        return "Prima scegli gli enti che votano: almeno due."
    if rilevazione.entro is None or rilevazione.entro < timezone.localdate():
        return "Prima scrivi entro quale giorno si vota: da oggi in poi."
    return ""


def _senza_voti(rilevazione: "Rilevazione") -> str:
    return "" if rilevazione.voti.exists() else "Nessun ente ha ancora votato."


def _senza_decisione(rilevazione: "Rilevazione") -> str:
    return rilevazione.contro_la_decisione


def _passaggio(nome, etichetta, da, a, contro=lambda rilevazione: "") -> Passaggio:
    return Passaggio(
        nome=nome, etichetta=etichetta, da=frozenset(da), a=a, permesso="incontri.change_rilevazione", contro=contro
    )


_S = StatoRilevazione


class Rilevazione(Registrato, ConSlug, ConAutore, ConStati):
    """A round in which each ente scores the same needs, blind until it closes; a second turn after having seen the first.

    `pesi` are those of the formulas with their version, kept with the round; `risultati` what came of it, kept when it
    closes (`incontri.servizi.rilevazioni`).
    """

    titolo = models.CharField("titolo", max_length=160)
    presentazione = models.TextField("che cosa si chiede", blank=True)
    bisogni = models.ManyToManyField(
        Bisogno,
        through="BisognoInRilevazione",
        related_name="rilevazioni",
        verbose_name="bisogni da valutare",
    )
    enti = models.ManyToManyField(Ente, blank=True, related_name="rilevazioni", verbose_name="enti che votano")
    entro = models.DateField("si vota entro il", null=True, blank=True)
    stato = models.CharField(
        "stato", max_length=14, choices=StatoRilevazione, default=StatoRilevazione.BOZZA, editable=False
    )
    pesi = models.JSONField("pesi delle formule", default=dict, blank=True, editable=False)
    risultati = models.JSONField("risultati", default=dict, blank=True, editable=False)
    aperta_il = models.DateTimeField("aperta il", null=True, blank=True, editable=False)
    chiusa_il = models.DateTimeField("chiusa il", null=True, blank=True, editable=False)
    pubblicata_il = models.DateTimeField("pubblicata il", null=True, blank=True, editable=False)
    decisione = models.ForeignKey(
        Voce,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rilevazioni",
        verbose_name="decisione del verbale",
        help_text="La voce in cui un incontro approva la graduatoria.",
    )

    storia = HistoricalRecords(m2m_fields=[enti])
    objects = RilevazioneQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        _passaggio("apri", "Apri la votazione", {_S.BOZZA}, _S.PRIMO_TURNO, _incompleta),
        _passaggio("chiudi-primo", "Chiudi il primo turno", {_S.PRIMO_TURNO}, _S.FRA_I_TURNI, _senza_voti),
        _passaggio("apri-secondo", "Apri il secondo turno", {_S.FRA_I_TURNI}, _S.SECONDO_TURNO, _incompleta),
        _passaggio("chiudi", "Chiudi la rilevazione", {_S.FRA_I_TURNI, _S.SECONDO_TURNO}, _S.CHIUSA),
        _passaggio("pubblica", "Pubblica i risultati", {_S.CHIUSA}, _S.PUBBLICATA, _senza_decisione),
    )

    class Meta:
        verbose_name = "rilevazione"
        verbose_name_plural = "rilevazioni"
        ordering = ("-creato",)
        constraints = (
            models.CheckConstraint(
                name="rilevazione_pubblicata_con_risultati",
                condition=~Q(stato=StatoRilevazione.PUBBLICATA)
                | Q(pubblicata_il__isnull=False, decisione__isnull=False),
                violation_error_message="Una rilevazione si pubblica con la decisione che ne approva la graduatoria.",
            ),
        )

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        """Its page in the reserved area."""
        return reverse("rilevazioni:rilevazione-detail", args=[self.pk])

    @property
    def pagina_pubblica(self) -> str:
        """The address where everybody reads its ranking, once it is published."""
        return reverse("lavoro:rilevazione-detail", args=[self.slug])

    @property
    def turno(self) -> int:
        """The turn votes are for: 1, then 2 from the opening of the second; 0 before."""
        if self.stato == StatoRilevazione.BOZZA:
            return 0
        if self.stato in (StatoRilevazione.PRIMO_TURNO, StatoRilevazione.FRA_I_TURNI):
            return 1
        return 2

    @property
    def si_vota(self) -> bool:
        """Whether the enti may score now: a turn is open and its last day has not passed."""
        return self.stato in APERTE_AL_VOTO and self.entro is not None and timezone.localdate() <= self.entro

    @property
    def contro_la_decisione(self) -> str:
        """Why the ranking is not approved yet, in words; empty once a taken decision stands in approved minutes."""
        if self.decisione is None:
            return "Prima collega la decisione del verbale che ha approvato la graduatoria."
        if not self.decisione.decide:
            return "La decisione collegata è rinviata, o non è più una decisione: la graduatoria non è approvata."
        verbale = getattr(self.decisione.punto.incontro, "verbale", None)
        if verbale is None or verbale.stato not in FERMI:
            return "Prima va approvato il verbale in cui c'è la decisione."
        return ""

    @property
    def approvata(self) -> bool:
        """Whether the Tavolo has approved the ranking."""
        return not self.contro_la_decisione

    @property
    def turni_leggibili(self) -> int:
        """Up to which turn the votes may be read, by anybody at all."""
        return TURNI_LEGGIBILI[StatoRilevazione(self.stato)]


class BisognoInRilevazione(Registrato):
    """A need in a scoring round, at its place in the form."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "written with its round, which has its own"

    rilevazione = models.ForeignKey(
        Rilevazione, on_delete=models.CASCADE, related_name="in_ordine", verbose_name="rilevazione"
    )
    bisogno = models.ForeignKey(
        Bisogno, on_delete=models.PROTECT, related_name="in_rilevazioni", verbose_name="bisogno"
    )
    ordine = models.PositiveSmallIntegerField("ordine", default=0)

    class Meta:
        verbose_name = "bisogno da valutare"
        verbose_name_plural = "bisogni da valutare"
        ordering = ("rilevazione", "ordine", "uuid")
        constraints = (
            models.UniqueConstraint(
                name="bisogno_una_volta_per_rilevazione",
                fields=["rilevazione", "bisogno"],
                violation_error_message="Questo bisogno è già nella rilevazione.",
            ),
        )

    def __str__(self):
        return f"{self.bisogno} in {self.rilevazione}"


class SollecitoVoto(Registrato):
    """The mail that asks an ente for its votes in a turn, in a week; its uniqueness is why running twice mails once."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "written once by a command, never edited"

    rilevazione = models.ForeignKey(
        Rilevazione, on_delete=models.CASCADE, related_name="solleciti", verbose_name="rilevazione"
    )
    ente = models.ForeignKey(Ente, on_delete=models.CASCADE, related_name="solleciti_voto", verbose_name="ente")
    turno = models.PositiveSmallIntegerField("turno")
    settimana = models.CharField("settimana", max_length=8, help_text="Come 2026-W48.")

    class Meta:
        verbose_name = "richiesta di voto"
        verbose_name_plural = "richieste di voto"
        ordering = ("-creato",)
        constraints = (
            models.UniqueConstraint(name="sollecito_voto_unico", fields=["rilevazione", "ente", "turno", "settimana"]),
        )

    def __str__(self):
        return f"{self.ente}, {self.rilevazione}, {self.settimana}"
