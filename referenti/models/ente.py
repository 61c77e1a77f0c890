"""The bodies of the network, from the consortium to an informal network, and the units inside them."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from referenti.models.comune import Comune
from tavolo.base.fields import DataParzialeField
from tavolo.base.models import GIA_PRESENTE, ConSlug, Ordinato, Registrato


class TipoEnte(models.TextChoices):
    """What kind of body it is."""

    COMUNE = "comune", _("Comune")
    CONSORZIO = "azienda-consortile", _("Azienda consortile")
    ASST = "asst", _("Azienda socio-sanitaria territoriale")
    UNITA = "unita", _("Unità o servizio di un ente")
    SCUOLA = "istituto-scolastico", _("Istituto scolastico")
    COOPERATIVA = "cooperativa", _("Cooperativa")
    ASSOCIAZIONE = "associazione", _("Associazione o fondazione")
    RETE = "rete-informale", _("Rete informale")
    ALTRO = "altro", _("Altro")


class RuoloAlTavolo(models.TextChoices):
    """How the body stands at the Tavolo."""

    PROMOTORE = "promotore", _("Promotore")
    SOTTOSCRITTORE = "sottoscrittore", _("Sottoscrittore del protocollo")
    ADERENTE = "aderente", _("Aderente")
    RETE = "rete", _("Della rete di progetto")
    INVITATO = "invitato", _("Invitato")
    NESSUNO = "nessuno", _("Fuori dal Tavolo")


# Eleven digits for a body; sixteen letters and digits for the few that go by the code of a person.
CODICE_FISCALE = RegexValidator(r"^(?:[0-9]{11}|[A-Za-z0-9]{16})$", _("Il codice fiscale di un ente ha undici cifre."))
GRUPPI = {
    TipoEnte.COMUNE: _("I comuni"),
    TipoEnte.CONSORZIO: _("L'azienda dei comuni"),
    TipoEnte.ASST: _("La sanità pubblica"),
    TipoEnte.UNITA: _("Unità e servizi"),
    TipoEnte.SCUOLA: _("Le scuole"),
    TipoEnte.COOPERATIVA: _("Le cooperative"),
    TipoEnte.ASSOCIAZIONE: _("Le associazioni e le fondazioni"),
    TipoEnte.RETE: _("Le reti informali"),
    TipoEnte.ALTRO: _("Altri enti"),
}


class EnteQuerySet(models.QuerySet):
    """Questions asked of enti."""

    def della_rete(self):
        """Bodies of the network that are not units of another one."""
        return self.filter(padre__isnull=True).exclude(ruolo=RuoloAlTavolo.NESSUNO)

    def con_unita(self, ente):
        """A body, by its key, and the units inside it."""
        return self.filter(Q(pk=ente) | Q(padre=ente))

    def in_gruppi(self):
        """Bodies of one kind together, kinds in the order of their first body: [(title of the group, bodies)]."""
        gruppi = {}
        for ente in self.select_related("comune").prefetch_related("unita"):
            gruppi.setdefault(ente.tipo, []).append(ente)
        return [(GRUPPI[tipo], enti) for tipo, enti in gruppi.items()]


class Ente(Registrato, ConSlug, Ordinato):
    """A body that takes part in the network or offers a service."""

    denominazione = models.CharField("denominazione", max_length=160, unique=True, error_messages=GIA_PRESENTE)
    nome_breve = models.CharField("nome breve", max_length=60, blank=True)
    tipo = models.CharField("tipo", max_length=24, choices=TipoEnte)
    padre = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unita",
        verbose_name="ente di cui fa parte",
    )
    comune = models.ForeignKey(
        Comune, on_delete=models.PROTECT, null=True, blank=True, related_name="enti", verbose_name="comune"
    )
    codice_fiscale = models.CharField("codice fiscale", max_length=11, blank=True, validators=[CODICE_FISCALE])
    descrizione = models.TextField("che cosa fa", blank=True)
    ruolo = models.CharField("ruolo al Tavolo", max_length=16, choices=RuoloAlTavolo, default=RuoloAlTavolo.NESSUNO)
    dal = DataParzialeField("nel Tavolo dal", blank=True)
    al = DataParzialeField("nel Tavolo fino al", blank=True)
    fonte = models.CharField("fonte", max_length=200, blank=True)
    da_verificare = models.BooleanField(
        "da verificare",
        default=False,
        help_text="Qualcosa di questa scheda va ancora confermato: le pagine pubbliche lo dicono.",
    )
    nota_interna = models.TextField("nota interna", blank=True, help_text="La legge solo il coordinamento.")
    esempio = models.BooleanField("dati di esempio", default=False)

    storia = HistoricalRecords()
    objects = EnteQuerySet.as_manager()

    class Meta:
        verbose_name = "ente"
        verbose_name_plural = "enti"
        ordering = ("ordine", "denominazione")
        constraints = (
            models.CheckConstraint(
                name="ente_periodo",
                # "2022" does not end before "2022-09": only what both dates know is compared.
                condition=Q(al="") | Q(al__gte=Substr("dal", 1, Length("al"))),
                violation_error_message="La data di fine viene prima di quella di inizio.",
            ),
            models.CheckConstraint(
                name="ente_non_padre_di_se",
                condition=Q(padre__isnull=True) | ~Q(padre=F("uuid")),
                violation_error_message="Un ente non può far parte di sé stesso.",
            ),
            models.UniqueConstraint(
                name="ente_codice_fiscale_unico",
                # A unit has the code of the ente it is part of.
                fields=["codice_fiscale"],
                condition=~Q(codice_fiscale="") & Q(padre__isnull=True),
                violation_error_message="C'è già un ente con questo codice fiscale: usa quello.",
            ),
        )

    def __str__(self):
        return self.denominazione

    def clean(self):
        """Refuse to be, at whatever distance, part of one's own unit."""
        sopra, visti = self.padre, set()
        while sopra and sopra.pk not in visti:
            visti.add(sopra.pk)
            sopra = sopra.padre
        if self.pk in visti and self.padre_id != self.pk:
            raise ValidationError({"padre": f"«{self.padre}» fa già parte di questo ente."})

    @property
    def nome_corto(self) -> str:
        """The short name where there is one, else the whole."""
        return self.nome_breve or self.denominazione

    def get_absolute_url(self):
        """The public page of the body."""
        return reverse("referenti:ente-detail", args=[self.slug])
