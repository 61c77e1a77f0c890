"""Files that go with a meeting or an instance; served only to who may see what they belong to."""

import secrets

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.incontro import Incontro
from incontri.models.istanza import Istanza
from incontri.models.verbale import StatoVerbale
from tavolo.base.models import ConAutore, Registrato


def posto_dell_allegato(allegato: "Allegato", nome: str) -> str:
    """A name that says nothing and cannot be guessed: the one the person gave is kept in the row."""
    return f"allegati/{secrets.token_urlsafe(24)}"


class AllegatoQuerySet(FermiQuerySet):
    """Questions asked of attachments."""

    def visibili_a(self, utente):
        """Attachments this person may have: those of what the person may see."""
        di_incontro = Q(incontro__in=Incontro.objects.visibili_a(utente).values("pk"))
        return self.filter(di_incontro | Q(istanza__in=Istanza.objects.visibili_a(utente).values("pk")))

    def pubblicati(self):
        """Attachments for everybody: marked so, of a meeting whose minutes are published."""
        return self.filter(pubblico=True, incontro__verbale__stato=StatoVerbale.PUBBLICATO)


class Allegato(ConFermo, Registrato, ConAutore):
    """A file of a meeting (before it or with its minutes) or of an instance, with the SHA-256 of its bytes."""

    FERMO_CON = "incontro__verbale"
    PADRE = "incontro"
    PERSONE = ("autore",)

    incontro = models.ForeignKey(
        Incontro, on_delete=models.PROTECT, null=True, blank=True, related_name="allegati", verbose_name="incontro"
    )
    istanza = models.ForeignKey(
        Istanza, on_delete=models.PROTECT, null=True, blank=True, related_name="allegati", verbose_name="istanza"
    )
    titolo = models.CharField("che cos'è", max_length=160, blank=True)
    nome_file = models.CharField("nome del file", max_length=200, editable=False)
    file = models.FileField("file", upload_to=posto_dell_allegato)
    tipo = models.CharField("tipo", max_length=100, editable=False)
    dimensione = models.PositiveIntegerField("byte", editable=False)
    impronta = models.CharField("SHA-256", max_length=64, editable=False)
    pubblico = models.BooleanField(
        "si pubblica", default=False, help_text="Si scarica dalla pagina pubblica, insieme al verbale pubblicato."
    )

    storia = HistoricalRecords()
    objects = AllegatoQuerySet.as_manager()

    class Meta:
        verbose_name = "allegato"
        verbose_name_plural = "allegati"
        ordering = ("creato",)
        constraints = (
            models.CheckConstraint(
                name="allegato_di_un_incontro_o_di_un_istanza",
                condition=Q(incontro__isnull=False, istanza__isnull=True)
                | Q(incontro__isnull=True, istanza__isnull=False),
                violation_error_message="Un allegato è di un incontro oppure di un'istanza.",
            ),
            models.CheckConstraint(
                name="allegato_pubblico_solo_di_incontro",
                condition=Q(pubblico=False) | Q(incontro__isnull=False),
                violation_error_message="Gli allegati delle istanze non si pubblicano.",
            ),
        )

    def __str__(self):
        return self.titolo or self.nome_file

    @property
    def formato(self) -> str:
        """What kind of file it is, in one word."""
        return self.nome_file.rpartition(".")[2].upper()
