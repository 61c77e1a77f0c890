"""Proposals: what the Tavolo would do about its needs, with whom, in which steps, and what came of it."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from incontri.models.bisogno import Bisogno
from incontri.models.evidenza import SOGLIA, Evidenza, UnitaEvidenza, valida_persone
from incontri.models.voce import Voce
from referenti.models import Ente
from tavolo.base.fields import DataParzialeField, valida_gia_passata
from tavolo.base.models import ConAutore, ConSlug, Ordinato, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoProposta(models.TextChoices):
    """How far a proposal is."""

    IDEA = "idea", "Idea"
    CO_PROGETTAZIONE = "co-progettazione", "In co-progettazione"
    APPROVATA = "approvata", "Approvata"
    IN_ATTUAZIONE = "in-attuazione", "In attuazione"
    CONCLUSA = "conclusa", "Conclusa"
    ABBANDONATA = "abbandonata", "Abbandonata"


_S = StatoProposta
VIVE = (_S.IDEA, _S.CO_PROGETTAZIONE, _S.APPROVATA, _S.IN_ATTUAZIONE)
DECISE = (_S.APPROVATA, _S.IN_ATTUAZIONE, _S.CONCLUSA)


class PropostaQuerySet(models.QuerySet):
    """Questions asked of proposals."""

    def vive(self):
        """Those neither finished nor given up."""
        return self.filter(stato__in=VIVE)

    def pubbliche(self):
        """Those everybody may read: approved by a meeting, and what came of them."""
        return self.filter(Q(stato__in=DECISE) | Q(stato=_S.ABBANDONATA, decisione__isnull=False))

    def visibili_a(self, utente):
        """Proposals this person may read in the reserved area; the same as `incontri.view_proposta`."""
        return self if utente.has_perm("incontri.view_proposta") else self.none()


def _senza_decisione(proposta: "Proposta") -> str:
    return "" if proposta.decisione_id else "Una proposta è approvata da una decisione: scegli la voce del verbale."


def _senza_bisogni(proposta: "Proposta") -> str:
    return "" if proposta.bisogni.exists() else "Prima collega almeno un bisogno a cui risponde."


def _senza_esito(proposta: "Proposta") -> str:
    return "" if proposta.esito else "Prima scrivi com'è andata."


def _senza_motivo(proposta: "Proposta") -> str:
    return "" if proposta.esito else "Prima scrivi perché è stata abbandonata."


def _passaggio(nome, etichetta, da, a, permesso="incontri.change_proposta", contro=lambda proposta: "") -> Passaggio:
    return Passaggio(nome=nome, etichetta=etichetta, da=frozenset(da), a=a, permesso=permesso, contro=contro)


class Proposta(Registrato, ConSlug, ConAutore, ConStati):
    """What the Tavolo would do about one or more needs."""

    titolo = models.CharField("titolo", max_length=160)
    descrizione = models.TextField("che cosa si propone")
    bisogni = models.ManyToManyField(
        Bisogno, blank=True, related_name="proposte", verbose_name="a quali bisogni risponde"
    )
    capofila = models.ForeignKey(
        Ente, on_delete=models.PROTECT, related_name="proposte_guidate", verbose_name="ente capofila"
    )
    partner = models.ManyToManyField(Ente, blank=True, related_name="proposte", verbose_name="con chi")
    fattibilita = models.PositiveSmallIntegerField(
        "fattibilità",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="Da 1 (molto difficile) a 5 (si può fare subito).",
    )
    motivo_fattibilita = models.TextField("perché questa fattibilità", blank=True)
    costi = models.TextField("costi, a parole", blank=True)
    voce = models.ForeignKey(
        Voce,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposte_nate",
        verbose_name="nata dalla voce",
    )
    decisione = models.ForeignKey(
        Voce,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposte_approvate",
        verbose_name="decisione del verbale",
    )
    stato = models.CharField("stato", max_length=16, choices=StatoProposta, default=StatoProposta.IDEA, editable=False)
    esito = models.TextField("com'è andata", blank=True)
    concluso_il = models.DateField("finita il", null=True, blank=True, editable=False)
    esempio = models.BooleanField("dati di esempio", default=False)

    storia = HistoricalRecords(m2m_fields=[bisogni, partner])
    objects = PropostaQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        _passaggio("co-progetta", "Porta in co-progettazione", {_S.IDEA}, _S.CO_PROGETTAZIONE, contro=_senza_bisogni),
        _passaggio(
            "approva",
            "Segna come approvata",
            {_S.IDEA, _S.CO_PROGETTAZIONE},
            _S.APPROVATA,
            "incontri.approva_proposta",
            lambda proposta: _senza_bisogni(proposta) or _senza_decisione(proposta),
        ),
        _passaggio("attua", "Segna in attuazione", {_S.APPROVATA}, _S.IN_ATTUAZIONE),
        _passaggio("concludi", "Segna come conclusa", {_S.IN_ATTUAZIONE}, _S.CONCLUSA, contro=_senza_esito),
        _passaggio("abbandona", "Abbandona", VIVE, _S.ABBANDONATA, contro=_senza_motivo),
        _passaggio("riprendi", "Riprendi", {_S.ABBANDONATA}, _S.CO_PROGETTAZIONE, contro=_senza_bisogni),
    )

    class Meta:
        verbose_name = "proposta"
        verbose_name_plural = "proposte"
        ordering = ("titolo", "uuid")
        constraints = (
            models.CheckConstraint(
                name="proposta_approvata_da_una_decisione",
                condition=~Q(stato__in=DECISE) | Q(decisione__isnull=False),
                violation_error_message="Una proposta è approvata da una decisione di un incontro.",
            ),
            models.CheckConstraint(
                name="proposta_fattibilita",
                condition=Q(fattibilita__isnull=True) | Q(fattibilita__range=(1, 5)),
                violation_error_message="La fattibilità va da 1 a 5.",
            ),
        )

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        """Its page in the reserved area."""
        return reverse("proposte:proposta-detail", args=[self.pk])

    @property
    def viva(self) -> bool:
        """Whether it is neither finished nor given up."""
        return self.stato in VIVE

    @property
    def pagina_pubblica(self) -> str:
        """The address where everybody reads it, once it is approved."""
        return reverse("lavoro:proposta-detail", args=[self.slug])


class PassoProposta(Registrato, Ordinato):
    """A step of a proposal: who does what by when; the commitment taken for it is an Impegno (`Impegno.proposta`)."""

    proposta = models.ForeignKey(Proposta, on_delete=models.CASCADE, related_name="passi", verbose_name="proposta")
    testo = models.CharField("che cosa", max_length=300)
    ente = models.ForeignKey(
        Ente, on_delete=models.PROTECT, null=True, blank=True, related_name="passi_proposte", verbose_name="chi"
    )
    entro = models.DateField("entro il", null=True, blank=True)
    fatto_il = models.DateField("fatto il", null=True, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "passo di una proposta"
        verbose_name_plural = "passi delle proposte"
        ordering = ("proposta", "ordine", "creato")

    def __str__(self):
        return self.testo

    @property
    def in_ritardo(self) -> bool:
        """Whether it was due and is not done."""
        return self.fatto_il is None and self.entro is not None and self.entro < timezone.localdate()


class EsitoProposta(Registrato, ConAutore):
    """What became of an evidence of the need after the proposal: the same measure, taken again."""

    proposta = models.ForeignKey(Proposta, on_delete=models.CASCADE, related_name="esiti", verbose_name="proposta")
    evidenza = models.ForeignKey(
        Evidenza, on_delete=models.PROTECT, related_name="esiti", verbose_name="evidenza di partenza"
    )
    valore = models.DecimalField("valore dopo", max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    riferimento = DataParzialeField("quando", validators=[valida_gia_passata])
    fonte = models.CharField("fonte", max_length=200)
    nota = models.CharField("nota", max_length=300, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "esito di una proposta"
        verbose_name_plural = "esiti delle proposte"
        ordering = ("proposta", "riferimento", "creato")

    def __str__(self):
        return f"{self.evidenza}: {self.valore}"

    def clean(self):
        """People are whole, and never so few that one could be recognised."""
        if self.valore is None or self.evidenza_id is None or self.evidenza.unita != UnitaEvidenza.PERSONE:
            return
        valida_persone(self.valore)
        if 0 < self.valore < SOGLIA:
            raise ValidationError(
                {"valore": f"Sotto {SOGLIA} persone il numero non si conserva: si potrebbe riconoscere qualcuno."}
            )
