"""What the approval of minutes leaves behind, to the byte."""

from django.db import models
from django.db.models import Q

from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.verbale import Verbale
from tavolo.base.models import ConAutore, Registrato


class Originale(ConFermo, Registrato, ConAutore):
    """The approved minutes as they were: canonical JSON, the document for the screen and for paper, their SHA-256.

    The names of people are in it as text, so that they outlive the accounts. Neither changed nor removed, ever: the
    database itself refuses (`incontri.models.sigilli`).
    """

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = True
    PERSONE = ("autore",)

    verbale = models.OneToOneField(Verbale, on_delete=models.PROTECT, related_name="originale", verbose_name="verbale")
    contenuto = models.TextField("contenuto (JSON canonico)", editable=False)
    html = models.TextField("documento per lo schermo", editable=False)
    pdf = models.BinaryField("documento per la carta")
    impronta_contenuto = models.CharField("SHA-256 del contenuto", max_length=64, editable=False)
    impronta_html = models.CharField("SHA-256 del documento per lo schermo", max_length=64, editable=False)
    impronta_pdf = models.CharField("SHA-256 del PDF", max_length=64, editable=False)

    objects = FermiQuerySet.as_manager()

    class Meta:
        verbose_name = "originale del verbale"
        verbose_name_plural = "originali dei verbali"
        ordering = ("-creato",)

    @classmethod
    def quando_fermo(cls) -> Q:
        """Always."""
        return Q()

    def __str__(self):
        return f"Originale di «{self.verbale.incontro}»"
