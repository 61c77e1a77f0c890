"""What the Tavolo works on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tavolo.base.models import GIA_PRESENTE, ConSlug, Ordinato, Registrato


class StatoTema(models.TextChoices):
    """Where the work on a theme is."""

    IN_CORSO = "in-corso", _("In corso")
    PREVISTO = "previsto", _("Previsto")
    CONCLUSO = "concluso", _("Concluso")


class Tema(Registrato, ConSlug, Ordinato):
    """A theme of the Tavolo."""

    nome = models.CharField("nome", max_length=160, unique=True, error_messages=GIA_PRESENTE)
    descrizione = models.TextField("descrizione", blank=True)
    stato = models.CharField("stato", max_length=12, choices=StatoTema, default=StatoTema.PREVISTO)
    fonte = models.CharField("fonte", max_length=200, blank=True)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "temi"
        ordering = ("ordine", "nome")

    def __str__(self):
        return self.nome
