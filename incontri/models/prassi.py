"""Good practices: what works somewhere, told so that others can take it up, and who did."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from incontri.models.bisogno import Bisogno
from incontri.models.tema import Tema
from incontri.models.voce import Voce
from referenti.models import Comune, Ente
from tavolo.base.fields import DataParzialeField, valida_gia_passata
from tavolo.base.models import ConAutore, ConSlug, Registrato
from tavolo.base.stati import ConStati, Passaggio


def un_indirizzo_per_riga(testo: str) -> None:
    """Raise ValidationError if a line is not an address of the web."""
    for riga in testo.split("\n"):
        if riga.strip():
            try:
                URLValidator(schemes=["http", "https"])(riga.strip())
            except ValidationError:
                raise ValidationError(f"«{riga.strip()}» non è un indirizzo: comincia con https://.") from None


class StatoPrassi(models.TextChoices):
    """Where a good practice is."""

    BOZZA = "bozza", "Bozza"
    PROPOSTA = "proposta", "Da rivedere"
    PUBBLICATA = "pubblicata", "Pubblicata"
    RITIRATA = "ritirata", "Ritirata"


class BuonaPrassiQuerySet(models.QuerySet):
    """Questions asked of good practices."""

    def pubblicate(self):
        """Those everybody may read."""
        return self.filter(stato=StatoPrassi.PUBBLICATA)

    def visibili_a(self, utente):
        """All for who coordinates; the published ones and those of the own ente for the others; as `view_buonaprassi`."""
        if utente.has_perm("incontri.rivedi_buonaprassi"):
            return self
        if not utente.has_perm("incontri.leggi_buone_prassi"):
            return self.none()
        di_tutti = Q(stato=StatoPrassi.PUBBLICATA)
        if utente.ente_id:
            di_tutti |= Q(ente=utente.ente_id) | Q(ente__padre=utente.ente_id)
        return self.filter(di_tutti)


def _vuota(prassi: "BuonaPrassi") -> str:
    mancano = [
        etichetta
        for campo, etichetta in (
            ("contesto", "il contesto"),
            ("azione", "che cosa si fa"),
            ("risultati", "i risultati"),
        )
        if not getattr(prassi, campo).strip()
    ]
    return f"Prima scrivi {' e '.join(mancano)}." if mancano else ""


class BuonaPrassi(Registrato, ConSlug, ConAutore, ConStati):
    """What works somewhere: told by an ente, reviewed by who coordinates, taken up by others."""

    titolo = models.CharField("titolo", max_length=160)
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="buone_prassi", verbose_name="ente")
    in_breve = models.CharField("in una riga", max_length=200)
    contesto = models.TextField("il contesto", blank=True)
    azione = models.TextField("che cosa si fa", blank=True)
    con_chi = models.TextField("con chi", blank=True)
    risultati = models.TextField("che risultati ha dato", blank=True)
    condizioni = models.TextField("che cosa serve per farlo altrove", blank=True)
    contatti = models.TextField(
        "a chi chiedere", blank=True, help_text="Telefono o e-mail dell'ufficio, mai di una persona."
    )
    dal = DataParzialeField("dal", blank=True, validators=[valida_gia_passata])
    collegamenti = models.TextField(
        "materiali in rete",
        blank=True,
        validators=[un_indirizzo_per_riga],
        help_text="Un indirizzo per riga: un volantino, un modulo, un video.",
    )
    temi = models.ManyToManyField(Tema, blank=True, related_name="buone_prassi", verbose_name="temi")
    bisogni = models.ManyToManyField(
        Bisogno, blank=True, related_name="buone_prassi", verbose_name="a quali bisogni risponde"
    )
    comuni = models.ManyToManyField(Comune, blank=True, related_name="buone_prassi", verbose_name="dove si fa")
    voce = models.ForeignKey(
        Voce,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="buone_prassi",
        verbose_name="raccontata nella voce",
    )
    stato = models.CharField("stato", max_length=12, choices=StatoPrassi, default=StatoPrassi.BOZZA, editable=False)
    osservazioni = models.TextField("che cosa manca", blank=True, editable=False)
    pubblicata_il = models.DateTimeField("pubblicata il", null=True, blank=True, editable=False)
    esempio = models.BooleanField("dati di esempio", default=False)

    storia = HistoricalRecords(m2m_fields=[temi, bisogni, comuni])
    objects = BuonaPrassiQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="proponi",
            etichetta="Manda in revisione",
            da=frozenset({StatoPrassi.BOZZA, StatoPrassi.RITIRATA}),
            a=StatoPrassi.PROPOSTA,
            permesso="incontri.change_buonaprassi",
            contro=_vuota,
        ),
        Passaggio(
            nome="rimanda",
            etichetta="Chiedi di completarla",
            da=frozenset({StatoPrassi.PROPOSTA}),
            a=StatoPrassi.BOZZA,
            permesso="incontri.rivedi_buonaprassi",
        ),
        Passaggio(
            nome="pubblica",
            etichetta="Pubblica",
            da=frozenset({StatoPrassi.BOZZA, StatoPrassi.PROPOSTA, StatoPrassi.RITIRATA}),
            a=StatoPrassi.PUBBLICATA,
            permesso="incontri.rivedi_buonaprassi",
            contro=_vuota,
        ),
        Passaggio(
            nome="ritira",
            etichetta="Togli dalle pagine pubbliche",
            da=frozenset({StatoPrassi.PUBBLICATA}),
            a=StatoPrassi.RITIRATA,
            permesso="incontri.rivedi_buonaprassi",
        ),
    )

    class Meta:
        verbose_name = "buona prassi"
        verbose_name_plural = "buone prassi"
        ordering = ("titolo", "uuid")
        constraints = (
            models.CheckConstraint(
                name="prassi_pubblicata_in_un_momento",
                condition=~Q(stato=StatoPrassi.PUBBLICATA) | Q(pubblicata_il__isnull=False),
                violation_error_message="Di una buona prassi pubblicata si sa quando.",
            ),
        )

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        """Its page in the reserved area."""
        return reverse("prassi:prassi-detail", args=[self.pk])

    @property
    def indirizzi(self) -> list[str]:
        """The materials that are elsewhere on the web, one address each."""
        return self.collegamenti.split()

    @property
    def pagina_pubblica(self) -> str:
        """The address where everybody reads it, once it is published."""
        return reverse("lavoro:prassi-detail", args=[self.slug])


class Adozione(Registrato, ConAutore):
    """A comune that took up a good practice of others."""

    prassi = models.ForeignKey(
        BuonaPrassi, on_delete=models.CASCADE, related_name="adozioni", verbose_name="buona prassi"
    )
    comune = models.ForeignKey(Comune, on_delete=models.PROTECT, related_name="adozioni", verbose_name="comune")
    dal = DataParzialeField("dal", validators=[valida_gia_passata])
    nota = models.CharField("com'è andata, che cosa è cambiato", max_length=300, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "adozione di una buona prassi"
        verbose_name_plural = "adozioni delle buone prassi"
        ordering = ("prassi", "dal", "comune__ordine")
        constraints = (
            models.UniqueConstraint(
                name="adozione_unica",
                fields=["prassi", "comune"],
                violation_error_message="Questo comune l'ha già adottata.",
            ),
        )

    def __str__(self):
        return f"{self.comune}: {self.prassi}"
