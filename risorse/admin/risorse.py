"""Back office of the services."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join

from risorse import tracciati
from risorse.admin.contatti import ContattiDentro
from risorse.admin.freschezza import AZIONI_DI_VERIFICA, ConFreschezzaMixin, FreschezzaFilter
from risorse.admin.orari import ChiusureDentro, OrariDentro
from risorse.admin.settimana import SETTIMANA, ConSettimanaForm, ConSettimanaMixin
from risorse.admin.traduzioni import ConTraduzioniMixin
from risorse.models import AreaServita, LinguaParlata, Risorsa, RisorsaInSede
from risorse.models.schede import COMUNI_SENZA_AREA
from risorse.servizi.campi import ALTRO
from tavolo.base.amministrazione import Amministrazione, RigheDentro, azione_di_passaggio


class LingueDentro(RigheDentro):
    """The languages one can speak there."""

    model = LinguaParlata
    autocomplete_fields = ("lingua",)


class SediDentro(RigheDentro):
    """The places where it is found."""

    model = RisorsaInSede
    autocomplete_fields = ("sede",)


class RisorsaForm(ConSettimanaForm):
    """A service, whose comuni go with the territory it serves."""

    def clean(self):
        """Refuse single comuni for a service of the whole Ambito or of the nation."""
        dati = super().clean()
        if dati.get("comuni_serviti") and dati.get("area_servita") not in (None, AreaServita.COMUNI):
            self.add_error("comuni_serviti", COMUNI_SENZA_AREA)
        return dati


@admin.register(Risorsa)
class RisorsaAdmin(ConTraduzioniMixin, ConSettimanaMixin, ConFreschezzaMixin, Amministrazione):
    """Services: how far each card is, whose it is, what it lacks; they change state only through their passages."""

    resource_classes = [tracciati.TracciatoRisorsa]
    form = RisorsaForm
    list_display = (
        "nome",
        "ente",
        "stato",
        "le_categorie",
        "fonte",
        "verificata_il",
        "entro",
        "esempio",
    )
    list_select_related = ("ente",)
    list_filter = (
        "stato",
        FreschezzaFilter,
        "categorie",
        "area_servita",
        "comuni_serviti",
        "tipo",
        "costo",
        "esempio",
        "ente",
    )
    search_fields = ("nome", "in_breve", "descrizione", "ente__denominazione", "slug")
    autocomplete_fields = ("ente", "categorie", "destinatari", "comuni_serviti", "modalita", "documenti")
    readonly_fields = ("stato", "autore", "verificata_il", "verificare_entro", "le_traduzioni", "le_proposte")
    inlines = (OrariDentro, ChiusureDentro, LingueDentro, SediDentro, ContattiDentro)
    actions = (*AZIONI_DI_VERIFICA, *(azione_di_passaggio(Risorsa, p.nome) for p in Risorsa.PASSAGGI))
    fieldsets = (
        (None, {"fields": ("nome", "ente", "tipo", "in_breve", "descrizione", "categorie")}),
        (
            "Per chi è e dove",
            {"fields": ("destinatari", ("eta_minima", "eta_massima"), "area_servita", "comuni_serviti")},
        ),
        ("Come si accede", {"fields": ("costo", "costo_nota", "modalita", "documenti", "requisiti")}),
        SETTIMANA,
        ("Da quando a quando", {"fields": (("valida_dal", "valida_al"), "aperta_nei_festivi")}),
        (
            "Da dove viene l'informazione",
            {"fields": ("fonte", "fonte_data", ("verificata_il", "verificare_entro"), "esempio")},
        ),
        ("Nel sito", {"fields": ("stato", "slug", "autore", "le_traduzioni")}),
    )

    def get_queryset(self, request):
        """Services with their categories."""
        return super().get_queryset(request).prefetch_related("categorie")

    def get_fieldsets(self, request, obj=None):
        """Before the rest, what its ente has proposed and nobody has decided."""
        gruppi = super().get_fieldsets(request, obj)
        if obj is None or not obj.proposte.aperte().exists():
            return gruppi
        return (("Da decidere o da riportare qui", {"fields": ("le_proposte",)}), *gruppi)

    @admin.display(description="che cosa propone l'ente")
    def le_proposte(self, risorsa):
        """Its open proposals: what they say in words, and the page where each is decided."""
        righe = (
            (
                proposta.dopo.get(ALTRO, ""),
                reverse("admin:risorse_propostamodifica_change", args=[proposta.pk]),
                proposta,
            )
            for proposta in risorsa.proposte.aperte()
        )
        return format_html_join("", '<p>{}<br><a href="{}">{}</a></p>', righe)

    @admin.display(description="categorie")
    def le_categorie(self, risorsa):
        """The names of its categories."""
        return ", ".join(categoria.nome for categoria in risorsa.categorie.all())


@admin.register(LinguaParlata)
class LinguaParlataAdmin(Amministrazione):
    """Where one can speak which language."""

    resource_classes = [tracciati.TracciatoLinguaParlata]
    list_display = ("lingua", "risorsa", "con_mediatore", "quando")
    list_select_related = ("lingua", "risorsa")
    list_filter = ("con_mediatore", "lingua")
    search_fields = ("risorsa__nome", "lingua__nome")
    autocomplete_fields = ("risorsa", "lingua")
