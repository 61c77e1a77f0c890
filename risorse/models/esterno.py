"""What came in with a package from elsewhere and has no place in our nouns."""

from django.db import models

from tavolo.base.models import Registrato


class DatoEsterno(Registrato):
    """One row of a table of a package, or what our noun does not say of it: kept aside, given back when it goes out.

    `intero` is a row for which we have no noun. Otherwise `oggetto` is the row as we would write it, `valori` are the columns we
    would write otherwise and `nostri` what we would have written when it came in: a column that somebody has changed here since
    is no longer what came in.
    """

    FUORI_DALLE_PAGINE = True

    SENZA_STORIA = "the words of another publisher, replaced whole by the next package"

    tabella = models.CharField("tabella", max_length=80)
    oggetto = models.UUIDField("oggetto")
    intero = models.BooleanField("riga intera", default=False)
    valori = models.JSONField("valori", default=dict)
    nostri = models.JSONField("valori nostri", default=dict, blank=True)
    originale = models.CharField(
        "chiave originale", max_length=200, blank=True, help_text="Se non era un UUID: quella di qui è fatta di questa."
    )
    pacchetto = models.CharField("pacchetto", max_length=200, blank=True)

    class Meta:
        verbose_name = "dato esterno"
        verbose_name_plural = "dati esterni"
        ordering = ("tabella", "oggetto")
        constraints = (models.UniqueConstraint(name="dato_esterno_unico", fields=["tabella", "oggetto"]),)

    def __str__(self):
        return f"{self.tabella} {self.oggetto}"
