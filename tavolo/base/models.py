"""Abstract models every noun of the portal is made of."""

import secrets
import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from tavolo.base.stati import ConStati, Passaggio

# Of a field whose value identifies its row.
GIA_PRESENTE = {"unique": "C'è già una scheda con questo valore: usa quella, oppure scrivine un altro."}


class Registrato(models.Model):
    """A row with a public key that says nothing of its order, and the two moments everyone asks for."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    creato = models.DateTimeField(auto_now_add=True)
    aggiornato = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class ConAutore(models.Model):
    """A row that a person wrote; the row outlives the account."""

    autore = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="autore",
    )

    class Meta:
        abstract = True


class ConSlug(models.Model):
    """A noun with an address of its own, made from its name once and then kept."""

    slug = models.SlugField(
        "indirizzo nel sito",
        max_length=120,
        unique=True,
        error_messages=GIA_PRESENTE,
        blank=True,
        help_text="Parte finale dell'indirizzo della pagina. Se lo lasci vuoto lo scriviamo noi dal nome.",
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Give the row a free slug if it has none yet."""
        if not self.slug:
            self.slug = self._slug_libero()
        super().save(*args, **kwargs)

    def _slug_libero(self) -> str:
        base = slugify(str(self))[:110] or "voce"
        candidato, numero = base, 1
        while type(self)._default_manager.filter(slug=candidato).exclude(pk=self.pk).exists():
            numero += 1
            candidato = f"{base}-{numero}"
        return candidato


class ConCoordinate(models.Model):
    """A place: its postcode and its point on the map, known whole or not at all.

    A subclass with constraints of its own keeps these: `constraints = (*ConCoordinate.Meta.constraints, …)`.
    """

    cap = models.CharField(
        "CAP", max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$", "Il CAP è fatto di cinque cifre.")]
    )
    latitudine = models.DecimalField(
        "latitudine",
        max_digits=7,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitudine = models.DecimalField(
        "longitudine",
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                name="%(class)s_coordinate_entrambe",
                condition=Q(latitudine__isnull=True, longitudine__isnull=True)
                | Q(latitudine__isnull=False, longitudine__isnull=False),
                violation_error_message="Indica entrambe le coordinate.",
            ),
        )


class Ordinato(models.Model):
    """A row whose place in a list is decided by a person."""

    ordine = models.PositiveSmallIntegerField("ordine", default=0, help_text="I numeri più bassi vengono prima.")

    class Meta:
        abstract = True


class VersioneContenuto(models.Model):
    """The one row that counts the changes of what the public may see: see `tavolo.base.contenuto`."""

    numero = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "versione del contenuto"
        verbose_name_plural = "versione del contenuto"

    def __str__(self):
        return str(self.numero)


class StatoImportazione(models.TextChoices):
    """How far an import is."""

    IN_CODA = "in-coda", "In coda"
    IN_CORSO = "in-corso", "In corso"
    FINITA = "finita", "Finita"
    RIFIUTATA = "rifiutata", "Con errori: niente è stato salvato"
    FALLITA = "fallita", "Interrotta: niente è stato salvato"


def posto_del_file(importazione: "Importazione", nome: str) -> str:
    """A name that says nothing and cannot be guessed: the one the person gave is kept in the row."""
    return f"importazioni/{secrets.token_urlsafe(24)}"


class Importazione(Registrato, ConAutore, ConStati):
    """A file on its way into the portal behind the pages: who sent it, how far it is, what came of it.

    `lavoro` names who reads the file (`tavolo.base.coda`); `tentativi` counts how often somebody began, and says whose
    turn it is: who began before the last has lost it. `battito` is the last sign of life.
    """

    lavoro = models.CharField("che cosa legge il file", max_length=160, editable=False)
    titolo = models.CharField("che cosa", max_length=120, editable=False)
    nome_file = models.CharField("file", max_length=200, editable=False)
    file = models.FileField("contenuto", upload_to=posto_del_file, blank=True, editable=False)
    stato = models.CharField(
        "stato", max_length=12, choices=StatoImportazione, default=StatoImportazione.IN_CODA, editable=False
    )
    righe = models.PositiveIntegerField("righe", default=0, editable=False)
    lette = models.PositiveIntegerField("righe controllate", default=0, editable=False)
    nuove = models.PositiveIntegerField("nuove", default=0, editable=False)
    aggiornate = models.PositiveIntegerField("aggiornate", default=0, editable=False)
    invariate = models.PositiveIntegerField("invariate", default=0, editable=False)
    errori = models.JSONField("errori", default=list, blank=True, editable=False)
    errori_in_tutto = models.PositiveIntegerField("errori in tutto", default=0, editable=False)
    tentativi = models.PositiveSmallIntegerField("tentativi", default=0, editable=False)
    iniziata = models.DateTimeField("iniziata", null=True, blank=True, editable=False)
    finita = models.DateTimeField("finita", null=True, blank=True, editable=False)
    battito = models.DateTimeField("ultimo segno di vita", null=True, blank=True, editable=False)

    PASSAGGI: ClassVar = tuple(
        Passaggio(
            nome=nome,
            etichetta=etichetta,
            da=frozenset({StatoImportazione.IN_CORSO}),
            a=stato,
            permesso="base.change_importazione",
        )
        for nome, etichetta, stato in (
            ("finisci", "Finisci", StatoImportazione.FINITA),
            ("rifiuta", "Rifiuta", StatoImportazione.RIFIUTATA),
            ("interrompi", "Interrompi", StatoImportazione.FALLITA),
        )
    )

    class Meta:
        verbose_name = "importazione"
        verbose_name_plural = "importazioni"
        ordering = ("-creato",)

    def __str__(self):
        return f"{self.titolo}: {self.nome_file}"

    @property
    def aspetta(self) -> bool:
        """Whether it is still to be finished."""
        return self.stato in (StatoImportazione.IN_CODA, StatoImportazione.IN_CORSO)

    @property
    def in_attesa_da_troppo(self) -> bool:
        """Whether nobody has taken it, or given a sign of life, for a minute."""
        return self.aspetta and (self.battito or self.creato) < timezone.now() - timedelta(minutes=1)

    @property
    def salva(self) -> bool:
        """Whether every row was read, and they are being written."""
        return self.stato == StatoImportazione.IN_CORSO and 0 < self.righe == self.lette
