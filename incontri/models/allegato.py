"""Files that go with a meeting, an instance or a good practice; served only to who may see what they belong to."""

import secrets

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.incontro import Incontro
from incontri.models.istanza import Istanza
from incontri.models.prassi import BuonaPrassi, StatoPrassi
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
        di_istanza = Q(istanza__in=Istanza.objects.visibili_a(utente).values("pk"))
        di_prassi = Q(prassi__in=BuonaPrassi.objects.visibili_a(utente).order_by().values("pk"))
        return self.filter(di_incontro | di_istanza | di_prassi)

    def pubblicati(self):
        """Attachments for everybody: marked so, of a meeting whose minutes are published or of a published good practice."""
        del_verbale = Q(incontro__verbale__stato=StatoVerbale.PUBBLICATO)
        return self.filter(del_verbale | Q(prassi__stato=StatoPrassi.PUBBLICATA), pubblico=True)


class Allegato(ConFermo, Registrato, ConAutore):
    """A file of a meeting (before it or with its minutes), of an instance or of a good practice, with the SHA-256 of its bytes."""

    FERMO_CON = "incontro__verbale"
    PADRE = "incontro"
    PERSONE = ("autore",)

    incontro = models.ForeignKey(
        Incontro, on_delete=models.PROTECT, null=True, blank=True, related_name="allegati", verbose_name="incontro"
    )
    istanza = models.ForeignKey(
        Istanza, on_delete=models.PROTECT, null=True, blank=True, related_name="allegati", verbose_name="istanza"
    )
    prassi = models.ForeignKey(
        BuonaPrassi,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="allegati",
        verbose_name="buona prassi",
    )
    titolo = models.CharField("che cos'è", max_length=160, blank=True)
    nome_file = models.CharField("nome del file", max_length=200, editable=False)
    file = models.FileField("file", upload_to=posto_dell_allegato)
    tipo = models.CharField("tipo", max_length=100, editable=False)
    dimensione = models.PositiveIntegerField("byte", editable=False)
    impronta = models.CharField("SHA-256", max_length=64, editable=False)
    pubblico = models.BooleanField(
        "si pubblica",
        default=False,
        help_text="Si scarica dalla pagina pubblica, insieme al verbale o alla buona prassi.",
    )

    storia = HistoricalRecords()
    objects = AllegatoQuerySet.as_manager()

    class Meta:
        verbose_name = "allegato"
        verbose_name_plural = "allegati"
        ordering = ("creato",)
        constraints = (
            models.CheckConstraint(
                name="allegato_di_una_cosa_sola",
                condition=Q(incontro__isnull=False, istanza__isnull=True, prassi__isnull=True)
                | Q(incontro__isnull=True, istanza__isnull=False, prassi__isnull=True)
                | Q(incontro__isnull=True, istanza__isnull=True, prassi__isnull=False),
                violation_error_message="Un allegato è di un incontro, di un'istanza oppure di una buona prassi.",
            ),
            models.CheckConstraint(
                name="allegato_pubblico_mai_di_istanza",
                condition=Q(pubblico=False) | Q(istanza__isnull=True),
                violation_error_message="Gli allegati delle istanze non si pubblicano.",
            ),
        )

    def __str__(self):
        return self.titolo or self.nome_file

    @property
    def formato(self) -> str:
        """What kind of file it is, in one word."""
        return self.nome_file.rpartition(".")[2].upper()
