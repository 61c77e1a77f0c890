"""Web addresses of the cards, and whether they still answer."""

from django.db import models
from django.db.models import F

from risorse.models.contatto import Contatto
from tavolo.base.models import Registrato


class ControlloLinkQuerySet(models.QuerySet):
    """Questions asked of the checks."""

    def rotti(self):
        """Addresses that did not answer on two different days at least: one bad day of a site is not a broken link."""
        falliti = self.filter(rotto_dal__isnull=False, controllato_il__date__gt=F("rotto_dal"))
        return falliti.filter(contatto__aggiornato__lte=F("controllato_il"))  # corrected since: to be tried again


class ControlloLink(Registrato):
    """The last try of the address of one contact; `rotto_dal` is set while it does not answer."""

    FUORI_DALLE_PAGINE = True

    SENZA_STORIA = "overwritten by every check"

    contatto = models.OneToOneField(
        Contatto, on_delete=models.CASCADE, related_name="controllo", verbose_name="contatto"
    )
    controllato_il = models.DateTimeField("controllato il")
    codice = models.PositiveSmallIntegerField("risposta HTTP", null=True, blank=True)
    problema = models.CharField("problema", max_length=200, blank=True)
    rotto_dal = models.DateField("non risponde dal", null=True, blank=True)

    objects = ControlloLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "controllo di un link"
        verbose_name_plural = "controlli dei link"
        ordering = ("rotto_dal", "contatto")

    def __str__(self):
        return self.contatto.valore
