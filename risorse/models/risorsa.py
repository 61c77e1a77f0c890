"""The service: what it does, for whom, where it serves, in which state its card is."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from referenti.models import Comune, Ente
from risorse.models.aperture import ConOrari
from risorse.models.freschezza import DA_CONFERMARE, ConFreschezza
from risorse.models.schede import AreaServita, Costo, RisorsaQuerySet, StatoRisorsa, TipoRisorsa, prima_scadenza
from risorse.models.termini import Categoria, Destinatari, DocumentoRichiesto, Lingua, ModalitaAccesso
from risorse.models.traduzione import Traducibile
from tavolo.base.fields import DataParzialeField
from tavolo.base.models import ConAutore, ConSlug, Registrato
from tavolo.base.stati import ConStati, Passaggio


def contro_la_pubblicazione(risorsa: "Risorsa") -> str:
    """Why a card in the right state cannot be published: nobody would see it."""
    if risorsa.nascosta:
        return "Da troppo tempo nessuno conferma le informazioni, e la scheda non si vedrebbe: prima confermala."
    return ""


def avviso_di_pubblicazione(risorsa: "Risorsa") -> str:
    """What who publishes a card had better know: nothing in it says where to go, whom to call or when."""
    if risorsa.in_sedi.exists() or risorsa.contatti.exists() or risorsa.orari.exists():
        return ""
    return "è pubblicata senza un luogo, un contatto e un orario. Scrivili nella scheda, altrimenti a chi legge serve poco."


class Risorsa(Registrato, ConSlug, ConAutore, ConStati, ConFreschezza, ConOrari, Traducibile):
    """A service, desk, course, informal network or strategic node of the territory."""

    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="risorse", verbose_name="ente")
    nome = models.CharField("nome", max_length=160)
    in_breve = models.CharField("in breve", max_length=240, help_text="Che cosa fa, in una riga e in parole semplici.")
    descrizione = models.TextField("descrizione", blank=True)
    tipo = models.CharField("tipo", max_length=20, choices=TipoRisorsa, default=TipoRisorsa.SERVIZIO)
    categorie = models.ManyToManyField(Categoria, related_name="risorse", verbose_name="categorie")
    destinatari = models.ManyToManyField(Destinatari, blank=True, related_name="risorse", verbose_name="per chi è")
    area_servita = models.CharField(
        "territorio servito", max_length=12, choices=AreaServita, default=AreaServita.COMUNI
    )
    comuni_serviti = models.ManyToManyField(
        Comune,
        blank=True,
        related_name="risorse",
        verbose_name="comuni serviti",
        help_text="Solo se il territorio servito è «Solo alcuni comuni».",
    )
    lingue = models.ManyToManyField(Lingua, through="LinguaParlata", related_name="risorse", verbose_name="lingue")
    costo = models.CharField("costo", max_length=16, choices=Costo, default=Costo.NON_NOTO)
    costo_nota = models.CharField("costo, in parole", max_length=200, blank=True)
    modalita = models.ManyToManyField(
        ModalitaAccesso, blank=True, related_name="risorse", verbose_name="come si accede"
    )
    documenti = models.ManyToManyField(
        DocumentoRichiesto, blank=True, related_name="risorse", verbose_name="che cosa portare"
    )
    requisiti = models.CharField("requisiti", max_length=300, blank=True)
    eta_minima = models.PositiveSmallIntegerField("età minima", null=True, blank=True)
    eta_massima = models.PositiveSmallIntegerField("età massima", null=True, blank=True)
    valida_dal = models.DateField("valida dal", null=True, blank=True)
    valida_al = models.DateField("valida fino al", null=True, blank=True)
    aperta_nei_festivi = models.BooleanField(
        "aperta anche nei giorni festivi", default=False, help_text="Vale anche per la festa del patrono."
    )
    verificata_il = models.DateField("verificata il", null=True, blank=True, editable=False)
    verificare_entro = models.DateField("da verificare entro il", default=prima_scadenza, editable=False)
    stato = models.CharField("stato", max_length=16, choices=StatoRisorsa, default=StatoRisorsa.BOZZA, editable=False)
    fonte = models.CharField("fonte", max_length=200, blank=True)
    fonte_data = DataParzialeField("data della fonte", blank=True)
    esempio = models.BooleanField(
        "dati di esempio", default=False, help_text="La scheda è inventata per mostrare il portale, e lo dice."
    )

    DA_TRADURRE: ClassVar = ("nome", "in_breve", "descrizione", "requisiti", "costo_nota")

    storia = HistoricalRecords(m2m_fields=[categorie, destinatari, comuni_serviti, modalita, documenti])
    objects = RisorsaQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="invia-in-revisione",
            etichetta="Manda in revisione",
            da=frozenset({StatoRisorsa.BOZZA}),
            a=StatoRisorsa.IN_REVISIONE,
            permesso="risorse.proponi_risorsa",
        ),
        Passaggio(
            nome="pubblica",
            etichetta="Pubblica",
            da=frozenset({StatoRisorsa.BOZZA, StatoRisorsa.IN_REVISIONE, StatoRisorsa.SOSPESA}),
            a=StatoRisorsa.PUBBLICATA,
            permesso="risorse.pubblica_risorsa",
            contro=contro_la_pubblicazione,
            avviso=avviso_di_pubblicazione,
        ),
        Passaggio(
            nome="sospendi",
            etichetta="Sospendi",
            da=frozenset({StatoRisorsa.PUBBLICATA}),
            a=StatoRisorsa.SOSPESA,
            permesso="risorse.pubblica_risorsa",
        ),
        Passaggio(
            nome="archivia",
            etichetta="Archivia",
            da=frozenset(
                {StatoRisorsa.BOZZA, StatoRisorsa.IN_REVISIONE, StatoRisorsa.PUBBLICATA, StatoRisorsa.SOSPESA}
            ),
            a=StatoRisorsa.ARCHIVIATA,
            permesso="risorse.pubblica_risorsa",
        ),
        Passaggio(
            nome="riapri",
            etichetta="Riporta in bozza",
            da=frozenset({StatoRisorsa.IN_REVISIONE, StatoRisorsa.ARCHIVIATA}),
            a=StatoRisorsa.BOZZA,
            permesso="risorse.pubblica_risorsa",
        ),
    )

    class Meta:
        verbose_name = "servizio"
        verbose_name_plural = "servizi"
        ordering = ("nome", "uuid")
        constraints = (
            models.UniqueConstraint(
                name="risorsa_nome_unico_per_ente",
                fields=["ente", "nome"],
                violation_error_message="Questo ente ha già un servizio con questo nome.",
            ),
            models.CheckConstraint(
                name="risorsa_eta",
                condition=Q(eta_minima__isnull=True)
                | Q(eta_massima__isnull=True)
                | Q(eta_minima__lte=F("eta_massima")),
                violation_error_message="L'età minima è più alta di quella massima.",
            ),
            models.CheckConstraint(
                name="risorsa_validita",
                condition=Q(valida_dal__isnull=True) | Q(valida_al__isnull=True) | Q(valida_dal__lte=F("valida_al")),
                violation_error_message="La fine della validità viene prima dell'inizio.",
            ),
            models.CheckConstraint(
                name="risorsa_vera_con_fonte",
                condition=~Q(stato=StatoRisorsa.PUBBLICATA) | Q(esempio=True) | ~Q(fonte=""),
                violation_error_message="Un servizio vero si pubblica solo con la sua fonte.",
            ),
        )

    def __str__(self):
        return self.nome

    @property
    def si_scrive(self) -> bool:
        """Whether its ente writes it directly: once published, it proposes."""
        return self.stato in (StatoRisorsa.BOZZA, StatoRisorsa.IN_REVISIONE)

    @property
    def si_conferma(self) -> bool:
        """Whether its ente is asked, today, to confirm it."""
        return self.stato == StatoRisorsa.PUBBLICATA and not self.finita and self.freschezza in DA_CONFERMARE

    @property
    def gratuita(self) -> bool:
        """Whether it costs nothing."""
        return self.costo == Costo.GRATUITO

    @property
    def finita(self) -> bool:
        """Whether its last day has passed."""
        return self.valida_al is not None and self.valida_al < timezone.localdate()

    @property
    def eta(self) -> str:
        """The ages it is for, in words; empty when there is no limit."""
        if self.eta_minima is not None and self.eta_massima is not None:
            return _("Da %(minima)s a %(massima)s anni") % {"minima": self.eta_minima, "massima": self.eta_massima}
        if self.eta_minima is not None:
            return _("Da %(minima)s anni in su") % {"minima": self.eta_minima}
        return _("Fino a %(massima)s anni") % {"massima": self.eta_massima} if self.eta_massima is not None else ""

    @property
    def luoghi(self) -> list[Comune]:
        """The comuni of its confirmed places, each once."""
        return list(dict.fromkeys(uno.sede.comune for uno in self.in_sedi_pubbliche if uno.sede.comune))

    @property
    def lingue_parlate_qui(self) -> list[Lingua]:
        """Its languages, each once: the same one may be spoken by the staff and with a mediator."""
        return list(dict.fromkeys(self.lingue.all()))

    def get_absolute_url(self):
        """The public card."""
        return reverse("risorse:risorsa-detail", args=[self.slug])


class LinguaParlata(Registrato, Traducibile):
    """A language one can speak at a service: with the staff, or with a mediator, and on which days."""

    risorsa = models.ForeignKey(
        Risorsa, on_delete=models.CASCADE, related_name="lingue_parlate", verbose_name="servizio"
    )
    lingua = models.ForeignKey(Lingua, on_delete=models.PROTECT, related_name="parlate", verbose_name="lingua")
    con_mediatore = models.BooleanField("con mediatrice o mediatore", default=False)
    quando = models.CharField("quando", max_length=80, blank=True, help_text="Per esempio: il martedì mattina.")

    DA_TRADURRE: ClassVar = ("quando",)

    storia = HistoricalRecords()

    class Meta:
        verbose_name = "lingua parlata"
        verbose_name_plural = "lingue parlate"
        ordering = ("con_mediatore", "lingua__ordine", "lingua__nome")
        constraints = (
            models.UniqueConstraint(
                name="lingua_parlata_unica",
                fields=["risorsa", "lingua", "con_mediatore"],
                violation_error_message="Questa lingua c'è già.",
            ),
        )

    def __str__(self):
        return f"{self.lingua}{' (con mediazione)' if self.con_mediatore else ''}"
