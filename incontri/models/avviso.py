"""Who has been told that minutes were shared, that comments are asked for: rows of work, without history."""

from django.db import models

from incontri.models.restituzione import Restituzione
from incontri.models.verbale import Verbale
from referenti.models import Ente
from tavolo.base.models import Registrato


class AvvisoVerbale(Registrato):
    """The mail about one sharing of the minutes that left for an ente: unique, so that nobody is told twice.

    `condivisione` is the moment of that sharing (`Verbale.condiviso_il`): shared again, they are told again.
    """

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = True

    verbale = models.ForeignKey(Verbale, on_delete=models.CASCADE, related_name="avvisi", verbose_name="verbale")
    ente = models.ForeignKey(Ente, on_delete=models.CASCADE, related_name="avvisi_verbali", verbose_name="ente")
    condivisione = models.DateTimeField("condivisione")

    class Meta:
        verbose_name = "avviso di un verbale"
        verbose_name_plural = "avvisi dei verbali"
        constraints = (models.UniqueConstraint(name="avviso_uno_a_testa", fields=["verbale", "ente", "condivisione"]),)

    def __str__(self):
        return f"{self.verbale}: {self.ente}"


class AvvisoRestituzione(Registrato):
    """The mail that asked an ente for its comments on a document: unique, so that nobody is asked twice.

    `richiesta` is the moment they were asked (`Restituzione.commenti_chiesti_il`): asked again, they are told again.
    """

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = True

    restituzione = models.ForeignKey(
        Restituzione, on_delete=models.CASCADE, related_name="avvisi", verbose_name="documento"
    )
    ente = models.ForeignKey(Ente, on_delete=models.CASCADE, related_name="avvisi_restituzioni", verbose_name="ente")
    richiesta = models.DateTimeField("richiesta")

    class Meta:
        verbose_name = "avviso di un documento di restituzione"
        verbose_name_plural = "avvisi dei documenti di restituzione"
        constraints = (
            models.UniqueConstraint(
                name="avviso_restituzione_uno_a_testa", fields=["restituzione", "ente", "richiesta"]
            ),
        )

    def __str__(self):
        return f"{self.restituzione}: {self.ente}"
