"""Abstract models every noun of the portal is made of."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

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
