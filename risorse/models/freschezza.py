"""How long a card can be believed: the one home of the thresholds between fresh, due, overdue and hidden."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Freschezza(models.TextChoices):
    """How a card stands towards its due date."""

    IN_TERMINE = "in-termine", "In termine"
    IN_SCADENZA = "in-scadenza", "In scadenza"
    SCADUTA = "scaduta", "Scaduta"
    NASCOSTA = "nascosta", "Nascosta perché scaduta"


DA_CONFERMARE = (Freschezza.IN_SCADENZA, Freschezza.SCADUTA, Freschezza.NASCOSTA)


def _soglie(giorno: date) -> tuple[date, date, date]:
    """The first due date, on `giorno`, of a card overdue but shown; of one not overdue; the last one in the reminder."""
    return (
        giorno - timedelta(days=settings.GIORNI_NASCOSTA),
        giorno,
        giorno + timedelta(days=settings.GIORNI_PROMEMORIA),
    )


def freschezza_di(entro: date, giorno: date) -> Freschezza:
    """How a card to be confirmed by `entro` stands on `giorno`."""
    mostrata_da, non_scaduta_da, in_scadenza_fino_a = _soglie(giorno)
    if entro < mostrata_da:
        return Freschezza.NASCOSTA
    if entro < non_scaduta_da:
        return Freschezza.SCADUTA
    return Freschezza.IN_SCADENZA if entro <= in_scadenza_fino_a else Freschezza.IN_TERMINE


def condizione(freschezza: str, giorno: date) -> Q:
    """The same as `freschezza_di`, asked of the database; ValueError for what is not a Freschezza."""
    mostrata_da, non_scaduta_da, in_scadenza_fino_a = _soglie(giorno)
    return {
        Freschezza.NASCOSTA: Q(verificare_entro__lt=mostrata_da),
        Freschezza.SCADUTA: Q(verificare_entro__gte=mostrata_da, verificare_entro__lt=non_scaduta_da),
        Freschezza.IN_SCADENZA: Q(verificare_entro__gte=non_scaduta_da, verificare_entro__lte=in_scadenza_fino_a),
        Freschezza.IN_TERMINE: Q(verificare_entro__gt=in_scadenza_fino_a),
    }[Freschezza(freschezza)]


class FreschezzaQuerySet(models.QuerySet):
    """Questions about freshness, asked of cards; of which ones, the caller says."""

    def di_freschezza(self, *valori, giorno=None):
        """Cards that stand in one of these ways on `giorno` (today by default)."""
        giorno, condizioni = giorno or timezone.localdate(), Q(pk__in=[])
        for valore in valori:
            condizioni |= condizione(valore, giorno)
        return self.filter(condizioni)

    def non_nascoste(self, giorno=None):
        """Cards that the public may still be shown."""
        return self.exclude(condizione(Freschezza.NASCOSTA, giorno or timezone.localdate()))

    def da_confermare(self, giorno=None):
        """Cards that wait for a confirmation, the most overdue first."""
        return self.di_freschezza(*DA_CONFERMARE, giorno=giorno).order_by("verificare_entro", "nome", "uuid")


class ConFreschezza(models.Model):
    """A card with a due date, `verificare_entro`, for its next confirmation."""

    verificare_entro: models.DateField  # each class declares it, with its own default

    class Meta:
        abstract = True

    @property
    def freschezza(self) -> Freschezza:
        """How it stands today."""
        return freschezza_di(self.verificare_entro, timezone.localdate())

    @property
    def scaduta(self) -> bool:
        """Whether nobody has confirmed it in time: the public is told so."""
        return self.freschezza in (Freschezza.SCADUTA, Freschezza.NASCOSTA)

    @property
    def nascosta(self) -> bool:
        """Whether it is overdue by so much that the public does not see it any more."""
        return self.freschezza == Freschezza.NASCOSTA

    @property
    def nascosta_dal(self) -> date:
        """The first day on which it is hidden, unless somebody confirms it."""
        return self.verificare_entro + timedelta(days=settings.GIORNI_NASCOSTA + 1)
