"""Questions of the Tavolo or of an ente to an ente or to one of its units: aggregate, never a case."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from incontri.models.incontro import Incontro
from incontri.models.voce import Voce
from referenti.models import Ente
from tavolo.base.models import ConAutore, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoIstanza(models.TextChoices):
    """How far an instance is."""

    INVIATA = "inviata", "Inviata"
    PRESA_IN_CARICO = "presa-in-carico", "Presa in carico"
    RISPOSTA = "risposta", "Ha una risposta"
    CHIUSA = "chiusa", "Chiusa"


APERTE = (StatoIstanza.INVIATA, StatoIstanza.PRESA_IN_CARICO)


class IstanzaQuerySet(models.QuerySet):
    """Questions asked of instances."""

    def visibili_a(self, utente):
        """Instances this person may read: all, for who takes part in the Tavolo; the same as `incontri.view_istanza`."""
        return self if utente.has_perm("incontri.view_istanza") else self.none()

    def aperte(self):
        """Instances that wait for an answer."""
        return self.filter(stato__in=APERTE)

    def in_ritardo(self, giorno=None):
        """Instances whose answer was due before `giorno` (today) and is not there."""
        return self.aperte().filter(scadenza__lt=giorno or timezone.localdate())

    def da_discutere(self):
        """Answered instances that no meeting has discussed yet, the oldest answer first: they stand in the next agenda."""
        chiuse = Q(stato=StatoIstanza.CHIUSA, risposta_il__isnull=False)
        nuove = MessaggioIstanza.objects.filter(istanza=OuterRef("pk"), risposta=True, discussa_in__isnull=True)
        risposte = self.filter(Q(stato=StatoIstanza.RISPOSTA) | chiuse).filter(Exists(nuove))
        return risposte.order_by("risposta_il", "uuid")

    def discusse_in(self, incontro):
        """Instances whose answer this meeting discussed, in the order of the answers: `risposta_discussa` is when it came."""
        discusse = self.filter(messaggi__discussa_in=incontro).annotate(risposta_discussa=Max("messaggi__creato"))
        return discusse.order_by("risposta_discussa", "uuid")


class Istanza(Registrato, ConAutore, ConStati):
    """A question to an ente or unit (`destinatario`), from an ente (`mittente`) or, without it, from the Tavolo."""

    FUORI_DALLE_PAGINE = True

    oggetto = models.CharField("oggetto", max_length=160)
    testo = models.TextField("testo", help_text="Parla di gruppi e di servizi, mai di una persona.")
    mittente = models.ForeignKey(
        Ente,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="istanze_inviate",
        verbose_name="da parte di",
        help_text="Vuoto: da parte del Tavolo.",
    )
    destinatario = models.ForeignKey(
        Ente, on_delete=models.PROTECT, related_name="istanze_ricevute", verbose_name="a chi"
    )
    scadenza = models.DateField("risposta entro il", null=True, blank=True)
    stato = models.CharField("stato", max_length=16, choices=StatoIstanza, default=StatoIstanza.INVIATA, editable=False)
    voce = models.OneToOneField(
        Voce, on_delete=models.PROTECT, null=True, blank=True, related_name="istanza", verbose_name="voce del verbale"
    )
    risposta_il = models.DateTimeField("risposta il", null=True, blank=True, editable=False)

    # When the mail that tells of it left (None: it is still to leave) and when its lateness was last told.
    avvisata_il = models.DateTimeField("avviso mandato il", null=True, blank=True, editable=False)
    sollecitata_il = models.DateField("sollecitata il", null=True, blank=True, editable=False)

    storia = HistoricalRecords(excluded_fields=["avvisata_il", "sollecitata_il"])
    objects = IstanzaQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="prendi-in-carico",
            etichetta="Prendi in carico",
            da=frozenset({StatoIstanza.INVIATA}),
            a=StatoIstanza.PRESA_IN_CARICO,
            permesso="incontri.rispondi_istanza",
        ),
        Passaggio(
            nome="rispondi",
            etichetta="Rispondi",
            da=frozenset({StatoIstanza.INVIATA, StatoIstanza.PRESA_IN_CARICO}),
            a=StatoIstanza.RISPOSTA,
            permesso="incontri.rispondi_istanza",
        ),
        Passaggio(
            nome="chiudi",
            etichetta="Chiudi",
            da=frozenset({StatoIstanza.INVIATA, StatoIstanza.PRESA_IN_CARICO, StatoIstanza.RISPOSTA}),
            a=StatoIstanza.CHIUSA,
            permesso="incontri.chiudi_istanza",
        ),
        Passaggio(
            nome="riapri",
            etichetta="Riapri",
            da=frozenset({StatoIstanza.RISPOSTA, StatoIstanza.CHIUSA}),
            a=StatoIstanza.PRESA_IN_CARICO,
            permesso="incontri.chiudi_istanza",
        ),
    )

    class Meta:
        verbose_name = "istanza"
        verbose_name_plural = "istanze"
        ordering = ("-creato",)
        constraints = (
            models.CheckConstraint(
                name="istanza_non_a_se",
                condition=Q(mittente__isnull=True) | ~Q(mittente=F("destinatario")),
                violation_error_message="Un ente non scrive un'istanza a sé stesso.",
            ),
        )

    def __str__(self):
        return self.oggetto

    def get_absolute_url(self):
        """Its page, in the reserved area."""
        return reverse("istanze:istanza-detail", args=[self.pk])

    @property
    def aperta(self) -> bool:
        """Whether it waits for an answer."""
        return self.stato in APERTE

    @property
    def in_ritardo(self) -> bool:
        """Whether the answer was due and is not there."""
        return self.aperta and self.scadenza is not None and self.scadenza < timezone.localdate()

    @property
    def da_parte_di(self) -> str:
        """Who asks, in words."""
        return self.mittente.nome_corto if self.mittente else "Tavolo Intercultura"


class MessaggioIstanza(Registrato, ConAutore):
    """A message under an instance; `risposta` marks those that answer it: one, and one more each time it is opened again."""

    FUORI_DALLE_PAGINE = True

    istanza = models.ForeignKey(Istanza, on_delete=models.CASCADE, related_name="messaggi", verbose_name="istanza")
    ente = models.ForeignKey(
        Ente, on_delete=models.PROTECT, null=True, blank=True, related_name="messaggi", verbose_name="ente"
    )
    nome = models.CharField("chi scrive", max_length=160, blank=True)
    testo = models.TextField("testo")
    risposta = models.BooleanField("è la risposta", default=False)
    discussa_in = models.ForeignKey(
        Incontro,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="risposte_discusse",
        verbose_name="risposta discussa nell'incontro",
    )
    avvisato_il = models.DateTimeField("avviso mandato il", null=True, blank=True, editable=False)

    storia = HistoricalRecords(excluded_fields=["avvisato_il"])

    class Meta:
        verbose_name = "messaggio di un'istanza"
        verbose_name_plural = "messaggi delle istanze"
        ordering = ("istanza", "creato")
        constraints = (
            models.CheckConstraint(
                name="messaggio_discusso_solo_se_risposta",
                condition=Q(discussa_in__isnull=True) | Q(risposta=True),
                violation_error_message="Un incontro discute le risposte, non gli altri messaggi.",
            ),
        )

    def __str__(self):
        return self.testo[:60]
