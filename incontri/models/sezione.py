"""The sections of a restitution document, what the enti say of them, and the original that publishing leaves behind."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from incontri.models.fermi import ConFermo, FermiQuerySet
from incontri.models.restituzione import Restituzione, StatoRestituzione
from referenti.models import Ente
from tavolo.base.models import ConAutore, Registrato
from tavolo.base.stati import ConStati, Passaggio


class GenereSezione(models.TextChoices):
    """What a section tells of, in the order of the document: the six items of a CHNA (chausa.org) and the Tavolo's own."""

    TERRITORIO = "territorio", "Il territorio e chi ci abita"
    METODO = "metodo", "Il Tavolo e come ha lavorato"
    INCONTRI = "incontri", "Gli incontri"
    BISOGNI = "bisogni", "I bisogni, in ordine di priorità"
    COPERTURA = "copertura", "Chi risponde, comune per comune"
    RISORSE = "risorse", "Le risorse del territorio"
    PRASSI = "prassi", "Le buone prassi"
    PROPOSTE = "proposte", "Le proposte"
    IMPEGNI = "impegni", "Gli impegni"
    PASSI = "passi", "I prossimi passi"


class SezioneQuerySet(FermiQuerySet):
    """Questions asked of sections."""

    def contese(self):
        """Those whose text was both edited by hand and compiled anew."""
        return self.exclude(contesa="")


class SezioneRestituzione(ConFermo, Registrato):
    """A section: `compilato` is the text its data gave, `testo` the one people read, `contesa` the newer one that waits.

    Texts are CommonMark with marks `[^key]` for the sources in `fonti`. `tabelle` and `figura` follow the data and are not
    edited. `impronta` says whether the data are still those (`incontri.servizi.restituzioni`).
    """

    FUORI_DALLE_PAGINE = True
    FERMO_CON = PADRE = "restituzione"

    restituzione = models.ForeignKey(
        Restituzione, on_delete=models.CASCADE, related_name="sezioni", verbose_name="documento"
    )
    genere = models.CharField("sezione", max_length=12, choices=GenereSezione, editable=False)
    ordine = models.PositiveSmallIntegerField("ordine", default=0, editable=False)
    testo = models.TextField("testo", blank=True)
    compilato = models.TextField("testo compilato dai dati", blank=True, editable=False)
    contesa = models.TextField("testo compilato dopo, da guardare", blank=True, editable=False)
    fonti = models.JSONField("fonti", default=dict, blank=True, editable=False)
    tabelle = models.JSONField("tabelle", default=list, blank=True, editable=False)
    figura = models.JSONField("dati della figura", default=dict, blank=True, editable=False)
    impronta = models.CharField("impronta dei dati", max_length=64, blank=True, editable=False)
    versione = models.PositiveIntegerField("versione", default=1, editable=False)

    storia = HistoricalRecords()
    objects = SezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "sezione di un documento"
        verbose_name_plural = "sezioni dei documenti"
        ordering = ("restituzione", "ordine")
        constraints = (
            models.UniqueConstraint(
                name="sezione_una_per_genere",
                fields=["restituzione", "genere"],
                violation_error_message="Il documento ha già questa sezione.",
            ),
        )

    def __str__(self):
        return self.get_genere_display()

    @classmethod
    def quando_fermo(cls) -> Q:
        """The condition that its document is published."""
        return Q(restituzione__stato=StatoRestituzione.PUBBLICATA)

    @classmethod
    def padri_fermi(cls, chiavi):
        """Among these documents, those that are published."""
        return Restituzione.objects.filter(Restituzione.quando_fermo(), pk__in=chiavi)

    @property
    def corretta(self) -> bool:
        """Whether people changed what the data gave."""
        return self.testo != self.compilato


class StatoCommento(models.TextChoices):
    """What became of a comment."""

    APERTO = "aperto", "Da guardare"
    RISOLTO = "risolto", "Risolto"


class CommentoQuerySet(FermiQuerySet):
    """Questions asked of comments."""

    def aperti(self):
        """Those nobody has answered yet."""
        return self.filter(stato=StatoCommento.APERTO)


class CommentoRestituzione(ConFermo, Registrato, ConAutore, ConStati):
    """What an ente says of a section before the document is published, and the answer."""

    FUORI_DALLE_PAGINE = True
    FERMO_CON, PADRE = "sezione__restituzione", "sezione"
    PERSONE = ("autore",)

    sezione = models.ForeignKey(
        SezioneRestituzione, on_delete=models.CASCADE, related_name="commenti", verbose_name="sezione"
    )
    ente = models.ForeignKey(
        Ente,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commenti_restituzioni",
        verbose_name="ente",
    )
    testo = models.TextField("il tuo commento")
    stato = models.CharField(
        "stato", max_length=10, choices=StatoCommento, default=StatoCommento.APERTO, editable=False
    )
    risposta = models.TextField("che cosa ne è stato", blank=True)

    storia = HistoricalRecords()
    objects = CommentoQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="risolvi",
            etichetta="Rispondi e chiudi",
            da=frozenset({StatoCommento.APERTO}),
            a=StatoCommento.RISOLTO,
            permesso="incontri.rispondi_commento",
        ),
    )

    class Meta:
        verbose_name = "commento a un documento"
        verbose_name_plural = "commenti ai documenti"
        ordering = ("sezione__ordine", "creato")
        constraints = (
            models.CheckConstraint(
                name="commento_risolto_con_risposta",
                condition=~Q(stato=StatoCommento.RISOLTO) | ~Q(risposta=""),
                violation_error_message="Un commento si chiude con una risposta.",
            ),
        )

    def __str__(self):
        return self.testo[:80]

    @classmethod
    def quando_fermo(cls) -> Q:
        """The condition that its document is published."""
        return Q(sezione__restituzione__stato=StatoRestituzione.PUBBLICATA)

    @classmethod
    def padri_fermi(cls, chiavi):
        """Among these sections, those of published documents."""
        return SezioneRestituzione.objects.filter(SezioneRestituzione.quando_fermo(), pk__in=chiavi)


class OriginaleRestituzione(ConFermo, Registrato, ConAutore):
    """The published document as it was: canonical JSON, the document for the screen and for paper, their SHA-256."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "never changed"
    PERSONE = ("autore",)

    restituzione = models.OneToOneField(
        Restituzione, on_delete=models.PROTECT, related_name="originale", verbose_name="documento"
    )
    contenuto = models.TextField("contenuto (JSON canonico)", editable=False)
    html = models.TextField("documento per lo schermo", editable=False)
    pdf = models.BinaryField("documento per la carta")
    impronta_contenuto = models.CharField("SHA-256 del contenuto", max_length=64, editable=False)
    impronta_html = models.CharField("SHA-256 del documento per lo schermo", max_length=64, editable=False)
    impronta_pdf = models.CharField("SHA-256 del PDF", max_length=64, editable=False)

    objects = FermiQuerySet.as_manager()

    class Meta:
        verbose_name = "originale di un documento"
        verbose_name_plural = "originali dei documenti"
        ordering = ("-creato",)

    @classmethod
    def quando_fermo(cls) -> Q:
        """Always."""
        return Q()

    def __str__(self):
        return f"Originale di «{self.restituzione}»"
