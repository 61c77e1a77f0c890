"""Needs: what the people of the territory lack, where it was heard, and how far the answer is."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from incontri.models.tema import Tema
from incontri.models.voce import Voce
from referenti.models import Comune
from risorse.models import Categoria, Destinatari, Risorsa, Segnalazione
from tavolo.base.models import ConAutore, ConSlug, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoBisogno(models.TextChoices):
    """How far a need is."""

    PROPOSTO = "proposto", _("Proposto")
    IN_ANALISI = "in-analisi", _("In analisi")
    PRIORITARIO = "prioritario", _("Prioritario")
    IN_RISPOSTA = "in-risposta", _("In risposta")
    SUPERATO = "superato", _("Superato")


VIVI = (StatoBisogno.PROPOSTO, StatoBisogno.IN_ANALISI, StatoBisogno.PRIORITARIO, StatoBisogno.IN_RISPOSTA)


class BisognoQuerySet(models.QuerySet):
    """Questions asked of needs."""

    def veri(self):
        """Those that were not merged into another one."""
        return self.filter(unito_a__isnull=True)

    def vivi(self):
        """Those still to be answered, whole or in part."""
        return self.veri().filter(stato__in=VIVI)

    def visibili_a(self, utente):
        """Needs this person may read in the reserved area; the same as `incontri.view_bisogno`."""
        return self if utente.has_perm("incontri.view_bisogno") else self.none()

    def pubblici(self):
        """Needs everybody may read: those of a scoring round whose results are published."""
        valutati = self.model.rilevazioni.through.objects.filter(
            bisogno=OuterRef("pk"), rilevazione__stato="pubblicata"
        )
        return self.veri().filter(Exists(valutati))


def _senza_risposte(bisogno: "Bisogno") -> str:
    return "" if bisogno.proposte.exists() else "Prima collega una proposta che risponde a questo bisogno."


def _unito(bisogno: "Bisogno") -> str:
    return "" if bisogno.unito_a is None else f"È stato unito a «{bisogno.unito_a}»: lo stato si cambia lì."


def _passaggio(nome: str, etichetta: str, a: StatoBisogno, *da: StatoBisogno, contro=_unito) -> Passaggio:
    return Passaggio(
        nome=nome, etichetta=etichetta, da=frozenset(da), a=a, permesso="incontri.avanza_bisogno", contro=contro
    )


class Bisogno(Registrato, ConSlug, ConAutore, ConStati):
    """A need of the territory: of groups, never of a person.

    `comuni` empty: the whole Ambito. Services answer it through `categorie` and `destinatari`, or because they are among
    `risorse`; which ones, says `incontri.servizi.copertura`.
    """

    titolo = models.CharField("il bisogno, in una riga", max_length=160)
    descrizione = models.TextField(
        "che cosa succede", blank=True, help_text="Parla di gruppi e di servizi, mai di una persona."
    )
    tema = models.ForeignKey(Tema, on_delete=models.PROTECT, related_name="bisogni", verbose_name="tema")
    destinatari = models.ManyToManyField(
        Destinatari, blank=True, related_name="bisogni", verbose_name="chi ha questo bisogno"
    )
    comuni = models.ManyToManyField(
        Comune,
        blank=True,
        related_name="bisogni",
        verbose_name="in quali comuni",
        help_text="Vuoto: in tutto l'Ambito.",
    )
    categorie = models.ManyToManyField(
        Categoria, blank=True, related_name="bisogni", verbose_name="gli argomenti dei servizi che rispondono"
    )
    risorse = models.ManyToManyField(
        Risorsa,
        blank=True,
        related_name="bisogni",
        verbose_name="servizi collegati",
        help_text="Quelli che rispondono anche se il loro argomento è un altro.",
    )
    stato = models.CharField(
        "stato", max_length=12, choices=StatoBisogno, default=StatoBisogno.PROPOSTO, editable=False
    )
    unito_a = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="uniti",
        verbose_name="unito a",
    )
    # What its merging gave the other need, by name of the relation and key: to be taken back when they are separated.
    portati = models.JSONField("che cosa ha portato l'unione", default=dict, blank=True, editable=False)
    motivo = models.TextField("perché è superato", blank=True)
    esempio = models.BooleanField("dati di esempio", default=False)

    storia = HistoricalRecords(m2m_fields=[destinatari, comuni, categorie, risorse])
    objects = BisognoQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        _passaggio("analizza", "Prendi in analisi", StatoBisogno.IN_ANALISI, StatoBisogno.PROPOSTO),
        _passaggio("dai-priorita", "Segna come prioritario", StatoBisogno.PRIORITARIO, StatoBisogno.IN_ANALISI),
        _passaggio(
            "rispondi",
            "Segna in risposta",
            StatoBisogno.IN_RISPOSTA,
            StatoBisogno.IN_ANALISI,
            StatoBisogno.PRIORITARIO,
            contro=lambda bisogno: _unito(bisogno) or _senza_risposte(bisogno),
        ),
        _passaggio("supera", "Segna come superato", StatoBisogno.SUPERATO, *VIVI),
        _passaggio(
            "riapri",
            "Riporta in analisi",
            StatoBisogno.IN_ANALISI,
            StatoBisogno.PRIORITARIO,
            StatoBisogno.IN_RISPOSTA,
            StatoBisogno.SUPERATO,
        ),
    )

    class Meta:
        verbose_name = "bisogno"
        verbose_name_plural = "bisogni"
        ordering = ("titolo", "uuid")
        constraints = (
            models.CheckConstraint(
                name="bisogno_non_unito_a_se",
                condition=Q(unito_a__isnull=True) | ~Q(unito_a=models.F("uuid")),
                violation_error_message="Un bisogno non si unisce a sé stesso.",
            ),
        )

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        """Its page in the reserved area."""
        return reverse("bisogni:bisogno-detail", args=[self.pk])

    @property
    def vivo(self) -> bool:
        """Whether it is still to be answered, and was not merged into another one."""
        return self.unito_a_id is None and self.stato in VIVI

    @property
    def pagina_pubblica(self) -> str:
        """The address where everybody reads it, once it is public."""
        return reverse("lavoro:bisogno-detail", args=[self.slug])


class TipoOrigine(models.TextChoices):
    """Where a need was heard."""

    VERBALE = "verbale", "Un verbale"
    SEGNALAZIONE = "segnalazione", "Una segnalazione del pubblico"
    RICERCHE = "ricerche", "Ricerche senza risultati"
    A_MANO = "a-mano", "Chi lo ha scritto"


class OrigineBisogno(Registrato, ConAutore):
    """Where a need comes from: it may be heard more than once, and a merged one brings its own along.

    `tipo` says which of the columns is filled; what was searched is copied, because its counter goes on.
    """

    FUORI_DALLE_PAGINE = True

    bisogno = models.ForeignKey(Bisogno, on_delete=models.CASCADE, related_name="origini", verbose_name="bisogno")
    tipo = models.CharField("da dove viene", max_length=12, choices=TipoOrigine, default=TipoOrigine.A_MANO)
    voce = models.ForeignKey(
        Voce,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="origini_bisogni",
        verbose_name="voce del verbale",
    )
    segnalazione = models.ForeignKey(
        Segnalazione,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="origini_bisogni",
        verbose_name="segnalazione",
    )
    parole = models.CharField("parole cercate", max_length=80, blank=True)
    quante = models.PositiveIntegerField("quante ricerche", null=True, blank=True)
    nota = models.TextField("nota", blank=True)
    portata_da = models.ForeignKey(
        Bisogno,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="origini_portate",
        verbose_name="portata dal bisogno unito",
    )

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "origine di un bisogno"
        verbose_name_plural = "origini dei bisogni"
        ordering = ("bisogno", "creato")
        constraints = (
            models.CheckConstraint(
                name="origine_una_sola",
                condition=Q(tipo=TipoOrigine.VERBALE, voce__isnull=False, segnalazione__isnull=True, parole="")
                | Q(tipo=TipoOrigine.SEGNALAZIONE, voce__isnull=True, parole="")
                | (Q(tipo=TipoOrigine.RICERCHE, voce__isnull=True, segnalazione__isnull=True) & ~Q(parole=""))
                | Q(tipo=TipoOrigine.A_MANO, voce__isnull=True, segnalazione__isnull=True, parole=""),
                violation_error_message="Un'origine è una voce di verbale, una segnalazione, una ricerca o una nota.",
            ),
            models.UniqueConstraint(
                name="origine_voce_unica",
                fields=["bisogno", "voce"],
                condition=Q(voce__isnull=False),
                violation_error_message="Questa voce è già fra le origini del bisogno.",
            ),
        )

    def __str__(self):
        return f"{self.get_tipo_display()}: {self.bisogno}"
