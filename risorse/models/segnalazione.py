"""What the public says of a card: how clear it is, and what is wrong with it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Avg, Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from risorse.models.risorsa import Risorsa
from tavolo.base.models import Registrato
from tavolo.base.stati import ConStati, Passaggio


class ValutazioneQuerySet(models.QuerySet):
    """Questions asked of the votes."""

    def per_scheda(self):
        """For each card its key, name, mean vote and number of votes, the least clear first."""
        righe = self.order_by().values("risorsa", "risorsa__nome")
        return righe.annotate(media=Avg("voto"), quanti=Count("pk")).order_by("media", "-quanti", "risorsa__nome")


class Valutazione(Registrato):
    """One answer to "How clear is the information on this page?", from 1 to 5 (PA convention); nobody's name."""

    FUORI_DALLE_PAGINE = True

    SENZA_STORIA = "anonymous, written once, never edited"

    risorsa = models.ForeignKey(Risorsa, on_delete=models.CASCADE, related_name="valutazioni", verbose_name="servizio")
    voto = models.PositiveSmallIntegerField("voto", validators=[MinValueValidator(1), MaxValueValidator(5)])
    lingua = models.CharField("lingua della pagina", max_length=12, blank=True)

    objects = ValutazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "valutazione"
        verbose_name_plural = "valutazioni"
        ordering = ("-creato",)
        constraints = (
            models.CheckConstraint(
                name="valutazione_voto",
                condition=Q(voto__gte=1, voto__lte=5),
                violation_error_message="Il voto va da 1 a 5.",
            ),
        )

    def __str__(self):
        return f"{self.risorsa}: {self.voto}"


class CosaNonVa(models.TextChoices):
    """What is wrong, in the words of who looked for help."""

    ORARI = "orari", _("Gli orari sono sbagliati")
    CHIUSO = "chiuso", _("Il servizio è chiuso o non c'è più")
    TELEFONO = "telefono", _("Il telefono o la e-mail non rispondono")
    INDIRIZZO = "indirizzo", _("L'indirizzo è sbagliato")
    LINGUE = "lingue", _("Non parlano la lingua indicata")
    ALTRO = "altro", _("Altro")


class StatoSegnalazione(models.TextChoices):
    """Where a report is."""

    APERTA = "aperta", "Da leggere"
    RISOLTA = "risolta", "Corretta"
    RESPINTA = "respinta", "Non c'era niente da correggere"


class SegnalazioneQuerySet(models.QuerySet):
    """Questions asked of reports."""

    def aperte(self):
        """Reports nobody has handled yet."""
        return self.filter(stato=StatoSegnalazione.APERTA)

    def visibili_a(self, utente):
        """All for who coordinates, those on the services of the own ente and of its units for its referente."""
        if utente.has_perm("risorse.change_segnalazione"):
            return self
        if not utente.has_perm("risorse.view_segnalazione"):
            return self.none()
        return self.filter(Q(risorsa__ente=utente.ente_id) | Q(risorsa__ente__padre=utente.ente_id))


class Segnalazione(Registrato, ConStati):
    """What somebody, without an account, says is wrong with a card."""

    FUORI_DALLE_PAGINE = True

    risorsa = models.ForeignKey(Risorsa, on_delete=models.CASCADE, related_name="segnalazioni", verbose_name="servizio")
    cosa = models.CharField("che cosa non va", max_length=12, choices=CosaNonVa)
    testo = models.TextField("spiegazione", max_length=1000, blank=True)
    email = models.EmailField("e-mail per la risposta", blank=True)
    lingua = models.CharField("lingua della pagina", max_length=12, blank=True)
    stato = models.CharField(
        "stato", max_length=10, choices=StatoSegnalazione, default=StatoSegnalazione.APERTA, editable=False
    )
    risposta = models.TextField("risposta", blank=True)
    gestita_il = models.DateTimeField("gestita il", null=True, blank=True, editable=False)

    storia = HistoricalRecords(excluded_fields=["email"])
    objects = SegnalazioneQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="risolvi",
            etichetta="Ho corretto la scheda",
            da=frozenset({StatoSegnalazione.APERTA}),
            a=StatoSegnalazione.RISOLTA,
            permesso="risorse.change_segnalazione",
        ),
        Passaggio(
            nome="respingi",
            etichetta="Non c'è niente da correggere",
            da=frozenset({StatoSegnalazione.APERTA}),
            a=StatoSegnalazione.RESPINTA,
            permesso="risorse.change_segnalazione",
        ),
        Passaggio(
            nome="riapri",
            etichetta="Riapri",
            da=frozenset({StatoSegnalazione.RISOLTA, StatoSegnalazione.RESPINTA}),
            a=StatoSegnalazione.APERTA,
            permesso="risorse.change_segnalazione",
        ),
    )

    class Meta:
        verbose_name = "segnalazione"
        verbose_name_plural = "segnalazioni"
        ordering = ("-creato",)

    def __str__(self):
        return f"{self.get_cosa_display()}: {self.risorsa}"

    @property
    def ente(self):
        """The ente whose service it is about."""
        return self.risorsa.ente

    def save(self, *args, **kwargs):
        """Keep the moment it left the queue, none while it is in it."""
        aperta = self.stato == StatoSegnalazione.APERTA
        self.gestita_il = None if aperta else self.gestita_il or timezone.now()
        super().save(*args, **kwargs)
