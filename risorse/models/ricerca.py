"""What the search works with: the words of every card, the coordinator's synonyms, the searches that found nothing."""

from django.db import models
from simple_history.models import HistoricalRecords

from risorse.models.risorsa import Risorsa
from tavolo.base.models import GIA_PRESENTE, Registrato


class TestoRicerca(models.Model):
    """The words of one card as stems, Italian and translations together; read by FTS5 and by PostgreSQL alike."""

    FUORI_DALLE_PAGINE = True

    SENZA_STORIA = "derived from the card, made again at every change"

    risorsa = models.OneToOneField(
        Risorsa, on_delete=models.CASCADE, related_name="testo_ricerca", verbose_name="servizio"
    )
    nome = models.TextField()
    temi = models.TextField()
    testo = models.TextField()

    class Meta:
        verbose_name = "testo per la ricerca"
        verbose_name_plural = "testi per la ricerca"

    def __str__(self):
        return str(self.risorsa_id)


class Sinonimo(Registrato):
    """An everyday word and the words of the cards it stands for: "dottore" → medico, consultorio."""

    parola = models.CharField("parola", max_length=60, unique=True, error_messages=GIA_PRESENTE)
    significati = models.CharField(
        "che cosa cercare", max_length=300, help_text="Parole delle schede, separate da virgole: medico, consultorio."
    )

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "sinonimo"
        verbose_name_plural = "sinonimi"
        ordering = ("parola",)

    def __str__(self):
        return self.parola


class RicercaVuota(Registrato):
    """A search that found nothing, counted by its words and nothing else: evidence of a need, nobody's data."""

    FUORI_DALLE_PAGINE = True

    SENZA_STORIA = "a counter"

    testo = models.CharField("parole cercate", max_length=80)
    lingua = models.CharField("lingua della pagina", max_length=12)
    comune = models.CharField("comune scelto", max_length=120, blank=True)
    quante = models.PositiveIntegerField("quante volte", default=0)

    class Meta:
        verbose_name = "ricerca senza risultati"
        verbose_name_plural = "ricerche senza risultati"
        ordering = ("-quante", "testo")
        constraints = (models.UniqueConstraint(name="ricerca_vuota_unica", fields=["testo", "lingua", "comune"]),)

    def __str__(self):
        return self.testo
