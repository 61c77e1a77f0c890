"""What a person is writing and has not saved yet, and who has a page open: rows of work, without history."""

from django.conf import settings
from django.db import models

from incontri.models.odg import PuntoOdg
from tavolo.base.models import Registrato


class SalvataggioAutomatico(Registrato):
    """What a person typed in the page of a point and has not saved: the fields of the form, with the versions it saw.

    `pagina` tells apart the pages that were opened: two windows of one person do not write over each other.
    """

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = True

    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="salvataggi", verbose_name="persona"
    )
    punto = models.ForeignKey(PuntoOdg, on_delete=models.CASCADE, related_name="salvataggi", verbose_name="punto")
    pagina = models.CharField("pagina", max_length=32)
    dati = models.JSONField("campi", default=dict)

    class Meta:
        verbose_name = "salvataggio automatico"
        verbose_name_plural = "salvataggi automatici"
        constraints = (
            models.UniqueConstraint(name="salvataggio_uno_per_pagina", fields=["utente", "punto", "pagina"]),
        )

    def __str__(self):
        return f"{self.utente}, {self.punto}"


class PaginaAperta(Registrato):
    """Who has the page of a point open; `aggiornato` is the last sign of life."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = True

    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pagine_aperte", verbose_name="persona"
    )
    punto = models.ForeignKey(PuntoOdg, on_delete=models.CASCADE, related_name="pagine_aperte", verbose_name="punto")

    class Meta:
        verbose_name = "pagina aperta"
        verbose_name_plural = "pagine aperte"
        constraints = (models.UniqueConstraint(name="pagina_aperta_una_a_testa", fields=["utente", "punto"]),)

    def __str__(self):
        return f"{self.utente}, {self.punto}"
