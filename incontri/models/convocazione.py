"""Who is called to a meeting and what each answers; the personal calendar that holds the meetings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from incontri.models.incontro import Incontro
from referenti.models import Ente, Seggio
from tavolo.base.models import Registrato


class Risposta(models.TextChoices):
    """What who is called answers."""

    ATTESA = "attesa", "Non ha ancora risposto"
    VIENE = "viene", "Viene"
    NON_VIENE = "non-viene", "Non viene"
    DELEGA = "delega", "Manda chi delega"


class ConvocazioneQuerySet(models.QuerySet):
    """Questions asked of convocations."""

    def in_fila(self):
        """Seats in their order, then guests, with everything a line shows."""
        ordine = (F("seggio__ordine").asc(nulls_last=True), "seggio__nome", "nome")
        return self.select_related("seggio", "utente", "ente").order_by(*ordine)


class Convocazione(Registrato):
    """A seat (with who holds it that day) or a guest called to a meeting, and the answer.

    `inviata` is when the last mail left, `sequenza` the version of the meeting it told.
    """

    FUORI_DALLE_PAGINE = True

    incontro = models.ForeignKey(
        Incontro, on_delete=models.CASCADE, related_name="convocazioni", verbose_name="incontro"
    )
    seggio = models.ForeignKey(
        Seggio, on_delete=models.PROTECT, null=True, blank=True, related_name="convocazioni", verbose_name="seggio"
    )
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="convocazioni",
        verbose_name="persona",
    )
    ente = models.ForeignKey(
        Ente, on_delete=models.PROTECT, null=True, blank=True, related_name="convocazioni", verbose_name="ente"
    )
    nome = models.CharField("nome", max_length=160, help_text="Di chi occupa il seggio, o dell'ospite.", blank=True)
    email = models.EmailField("e-mail", blank=True)
    risposta = models.CharField("risposta", max_length=10, choices=Risposta, default=Risposta.ATTESA)
    delegato = models.CharField("chi viene al suo posto", max_length=160, blank=True)
    nota = models.CharField("nota", max_length=200, blank=True)
    risposto = models.DateTimeField("ha risposto", null=True, blank=True, editable=False)
    inviata = models.DateTimeField("inviata", null=True, blank=True, editable=False)
    sequenza = models.PositiveIntegerField("versione inviata", default=0, editable=False)

    storia = HistoricalRecords()
    objects = ConvocazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "convocazione"
        verbose_name_plural = "convocazioni"
        ordering = ("incontro", F("seggio__ordine").asc(nulls_last=True), "nome")
        constraints = (
            models.UniqueConstraint(
                name="convocazione_unica_per_seggio",
                fields=["incontro", "seggio"],
                violation_error_message="Questo seggio è già convocato.",
            ),
            models.CheckConstraint(
                name="convocazione_delega_con_nome",
                condition=~Q(risposta=Risposta.DELEGA) | ~Q(delegato=""),
                violation_error_message="Scrivi chi viene al tuo posto.",
            ),
        )

    def __str__(self):
        return f"{self.nome or self.seggio}: {self.get_risposta_display()}"


class CalendarioPersonale(Registrato):
    """The address at which a person's calendar program reads the meetings; only a fingerprint of its token is kept."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = True

    utente = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendario", verbose_name="persona"
    )
    impronta = models.CharField("impronta", max_length=64, unique=True, editable=False)
    letto = models.DateTimeField("letto l'ultima volta", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "calendario personale"
        verbose_name_plural = "calendari personali"

    def __str__(self):
        return f"Calendario di {self.utente}"
