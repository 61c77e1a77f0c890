"""The municipalities: those of the Ambito and those around it where a service may sit."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from tavolo.base.models import GIA_PRESENTE, ConCoordinate, ConSlug, Ordinato, Registrato


def valida_confine(valore: dict) -> None:
    """Accept a GeoJSON Polygon or MultiPolygon geometry; raise ValidationError on anything else."""
    try:
        poligoni = [valore["coordinates"]] if valore["type"] == "Polygon" else valore["coordinates"]
        buono = valore["type"] in ("Polygon", "MultiPolygon") and all(
            -180 <= lon <= 180 and -90 <= lat <= 90
            for poligono in poligoni
            for anello in poligono
            for lon, lat, *_ in anello
        )
    except (KeyError, TypeError, ValueError):
        buono = False
    if not buono:
        raise ValidationError("Il confine non è una geometria GeoJSON di tipo Polygon o MultiPolygon.")


class ComuneQuerySet(models.QuerySet):
    """Questions asked of comuni."""

    def dell_ambito(self):
        """The comuni of the Ambito, in their order."""
        return self.filter(nell_ambito=True)


class Comune(Registrato, ConSlug, Ordinato, ConCoordinate):
    """A municipality, by its ISTAT code."""

    nome = models.CharField("nome", max_length=80)
    codice_istat = models.CharField(
        "codice ISTAT",
        max_length=6,
        unique=True,
        error_messages=GIA_PRESENTE,
        validators=[RegexValidator(r"^\d{6}$", "Il codice ISTAT è fatto di sei cifre.")],
    )
    codice_belfiore = models.CharField(
        "codice catastale",
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]\d{3}$", "Il codice catastale è una lettera e tre cifre.")],
    )
    confine = models.JSONField(
        "confine", null=True, blank=True, validators=[valida_confine], help_text="Geometria GeoJSON (WGS84)."
    )
    patrono = models.CharField(
        "festa del patrono",
        max_length=5,
        blank=True,
        validators=[
            RegexValidator(
                r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", "Scrivi mese e giorno, per esempio 11-11 per l'11 novembre."
            )
        ],
        help_text="Mese e giorno (MM-GG): quel giorno gli uffici sono chiusi.",
    )
    nell_ambito = models.BooleanField("fa parte dell'Ambito", default=False)

    storia = HistoricalRecords(excluded_fields=["confine"])
    objects = ComuneQuerySet.as_manager()

    class Meta:
        verbose_name = "comune"
        verbose_name_plural = "comuni"
        ordering = ("ordine", "nome")
        constraints = ConCoordinate.Meta.constraints

    def __str__(self):
        return self.nome

    def get_absolute_url(self):
        """The page with the services of this comune."""
        return reverse("risorse:comune-detail", args=[self.slug])
