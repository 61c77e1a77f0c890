"""Who asks to join the Tavolo: the request of a body, what became of it, and the mails that tell of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from referenti.models.comune import Comune
from referenti.models.ente import CODICE_FISCALE, Ente, TipoEnte
from tavolo.base.models import ConAutore, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoAdesione(models.TextChoices):
    """How far a request is; who asks reads these words too."""

    RICEVUTA = "ricevuta", _("Da confermare")
    CONFERMATA = "confermata", _("Arrivata")
    IN_DISCUSSIONE = "in-discussione", _("In discussione")
    ACCOLTA = "accolta", _("Accolta")
    RESPINTA = "respinta", _("Non accolta")
    RITIRATA = "ritirata", _("Ritirata")


_S = StatoAdesione
ATTENDONO = (_S.CONFERMATA, _S.IN_DISCUSSIONE)
CHIUSE = (_S.ACCOLTA, _S.RESPINTA, _S.RITIRATA)
# What tells who the person is: erased when its time is over, and never in the history.
PERSONALI = ("nome", "cognome", "ruolo", "email", "telefono")
_DECIDE = "referenti.decidi_richiestaadesione"


class RichiestaAdesioneQuerySet(models.QuerySet):
    """Questions asked of requests."""

    def visibili_a(self, utente):
        """All, for who coordinates; of the others nobody reads them."""
        return self if utente.has_perm("referenti.view_richiestaadesione") else self.none()

    def confermate(self):
        """Those whose address was confirmed: nobody is shown the others."""
        return self.exclude(stato=_S.RICEVUTA)

    def in_attesa(self):
        """Those that wait for the Tavolo, the oldest first."""
        return self.filter(stato__in=ATTENDONO).order_by("confermata_il", "uuid")

    def da_mettere_all_ordine(self):
        """Those that wait to be put on an agenda."""
        return self.filter(stato=_S.CONFERMATA).order_by("confermata_il", "uuid")


def _passaggio(nome: str, etichetta: str, da: set[str], a: str) -> Passaggio:
    return Passaggio(nome=nome, etichetta=etichetta, da=frozenset(da), a=a, permesso=_DECIDE)


class RichiestaAdesione(Registrato, ConStati):
    """A body asks to join: what it is, what it does, why it asks, whom to answer.

    `consenso` keeps the words the person agreed to, as they stood; `ente` is what an accepted request became.
    """

    FUORI_DALLE_PAGINE = True

    denominazione = models.CharField(_("nome dell'ente"), max_length=160)
    tipo = models.CharField(_("che ente è"), max_length=24, choices=TipoEnte)
    comuni = models.ManyToManyField(Comune, blank=True, related_name="+", verbose_name=_("comuni in cui lavora"))
    codice_fiscale = models.CharField(
        _("codice fiscale dell'ente"), max_length=11, blank=True, validators=[CODICE_FISCALE]
    )
    sito_web = models.URLField(_("sito"), blank=True)
    che_cosa_fa = models.TextField(_("che cosa fa"), max_length=2000)
    perche = models.TextField(_("perché chiede di entrare"), max_length=2000)
    nome = models.CharField(_("nome"), max_length=80, blank=True)
    cognome = models.CharField(_("cognome"), max_length=80, blank=True)
    ruolo = models.CharField(_("ruolo nell'ente"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    telefono = models.CharField(
        _("telefono"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+?[0-9](?: ?[0-9]){2,20}$", _("Scrivi il numero con sole cifre e spazi, per esempio 02 1234567.")
            )
        ],
    )
    consenso = models.TextField("testo accettato", blank=True, editable=False)
    lingua = models.CharField("lingua della pagina", max_length=12, blank=True, editable=False)
    stato = models.CharField("stato", max_length=16, choices=_S, default=_S.RICEVUTA, editable=False)
    confermata_il = models.DateTimeField("confermata il", null=True, blank=True, editable=False)
    chiusa_il = models.DateTimeField("chiusa il", null=True, blank=True, editable=False)
    motivo = models.TextField("motivo", max_length=2000, blank=True)
    ente = models.ForeignKey(
        Ente,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="richieste_adesione",
        verbose_name="ente entrato nel Tavolo",
    )

    storia = HistoricalRecords(excluded_fields=[*PERSONALI, "perche", "che_cosa_fa"])
    objects = RichiestaAdesioneQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        _passaggio("conferma", "Conferma l'indirizzo", {_S.RICEVUTA}, _S.CONFERMATA),
        _passaggio("discuti", "Metti all'ordine del giorno", set(ATTENDONO), _S.IN_DISCUSSIONE),
        _passaggio("accogli", "Accogli", {_S.IN_DISCUSSIONE}, _S.ACCOLTA),
        _passaggio("respingi", "Non accogliere", {_S.IN_DISCUSSIONE}, _S.RESPINTA),
        _passaggio("ritira", "Segna come ritirata", {_S.RICEVUTA, *ATTENDONO}, _S.RITIRATA),
    )

    class Meta:
        verbose_name = "richiesta di adesione"
        verbose_name_plural = "richieste di adesione"
        ordering = ("-creato",)
        constraints = (
            models.CheckConstraint(
                name="adesione_accolta_con_ente",
                condition=Q(ente__isnull=True) & ~Q(stato=_S.ACCOLTA) | Q(ente__isnull=False, stato=_S.ACCOLTA),
                violation_error_message="Una richiesta accolta diventa un ente del Tavolo.",
            ),
            models.CheckConstraint(
                name="adesione_respinta_con_motivo",
                condition=~Q(stato=_S.RESPINTA) | ~Q(motivo=""),
                violation_error_message="Scrivi il motivo: chi ha chiesto lo leggerà.",
            ),
        )

    def __str__(self):
        return self.denominazione

    @property
    def aspetta(self) -> bool:
        """Whether the Tavolo has still to decide."""
        return self.stato in ATTENDONO

    @property
    def chiusa(self) -> bool:
        """Whether it is over, however it ended."""
        return self.stato in CHIUSE

    @property
    def chi_chiede(self) -> str:
        """Name and surname of the contact; empty once erased."""
        return f"{self.nome} {self.cognome}".strip()

    @property
    def discussione(self) -> Any:
        """Its last place on an agenda, with the meeting; None if it has none. The rows are of the layer above."""
        return self.discussioni.select_related("punto__incontro").order_by("-creato").first()  # type: ignore[attr-defined]

    def get_absolute_url(self):
        """Its page, in the reserved area."""
        return reverse("adesioni:richiesta-detail", args=[self.pk])


class GenereAvviso(models.TextChoices):
    """What a mail about a request says."""

    CONFERMA = "conferma", "Conferma dell'indirizzo"
    ARRIVATA = "arrivata", "Arrivata, a chi coordina"
    DISCUSSIONE = "discussione", "All'ordine del giorno"
    ACCOLTA = "accolta", "Accolta"
    RESPINTA = "respinta", "Non accolta"
    INVITO = "invito", "Invito a un referente"


class AvvisoAdesione(Registrato, ConAutore):
    """A mail about a request, written down by what it is the consequence of; `mandato_il` is when it left (None: not yet).

    An invitation is for `utente`; the others go to who asked, or to who coordinates.
    """

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "a mail to send, and when it left"

    richiesta = models.ForeignKey(
        RichiestaAdesione, on_delete=models.CASCADE, related_name="avvisi", verbose_name="richiesta di adesione"
    )
    genere = models.CharField("che cosa dice", max_length=12, choices=GenereAvviso)
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="a chi",
    )
    mandato_il = models.DateTimeField("mandato il", null=True, blank=True)

    class Meta:
        verbose_name = "avviso di un'adesione"
        verbose_name_plural = "avvisi delle adesioni"
        ordering = ("creato",)
        constraints = (
            models.UniqueConstraint(name="avviso_adesione_invito_unico", fields=["richiesta", "genere", "utente"]),
            models.UniqueConstraint(
                name="avviso_adesione_unico", fields=["richiesta", "genere"], condition=Q(utente__isnull=True)
            ),
            models.CheckConstraint(
                name="avviso_adesione_invito_a_qualcuno",
                condition=Q(genere=GenereAvviso.INVITO, utente__isnull=False)
                | ~Q(genere=GenereAvviso.INVITO) & Q(utente__isnull=True),
            ),
        )

    def __str__(self):
        return f"{self.get_genere_display()}: {self.richiesta}"
