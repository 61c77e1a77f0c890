"""Back office of the proposals: to search, correct and take out; states change in the reserved area, with their decision."""

from django.contrib import admin
from django.utils.html import format_html

from incontri.models import EsitoProposta, PassoProposta, Proposta
from incontri.tracciati.proposte import TracciatoEsitoProposta, TracciatoPassoProposta, TracciatoProposta
from tavolo.base.amministrazione import Amministrazione, AmministrazioneSoloExport, RigheDentro


class PassiDentro(RigheDentro):
    """The steps, in their order."""

    model = PassoProposta
    fields = ("ordine", "testo", "ente", "entro", "fatto_il")
    autocomplete_fields = ("ente",)


@admin.register(Proposta)
class PropostaAdmin(AmministrazioneSoloExport):
    """The proposals, how far each is."""

    resource_classes = [TracciatoProposta]
    list_display = ("titolo", "capofila", "stato", "fattibilita", "concluso_il", "esempio")
    list_select_related = ("capofila",)
    list_filter = ("stato", "fattibilita", ("capofila", admin.RelatedOnlyFieldListFilter), "esempio")
    search_fields = ("titolo", "descrizione", "capofila__denominazione")
    autocomplete_fields = ("bisogni", "capofila", "partner")
    readonly_fields = ("stato", "decisione", "voce", "concluso_il", "autore", "nell_area")
    inlines = (PassiDentro,)
    fieldsets = (
        (None, {"fields": ("titolo", "descrizione", "bisogni", "capofila", "partner")}),
        ("Quanto si può fare", {"fields": ("fattibilita", "motivo_fattibilita", "costi")}),
        (
            "A che punto è",
            {
                "fields": (
                    *("stato", "decisione", "voce", "esito", "concluso_il"),
                    *("nell_area", "esempio", "slug", "autore"),
                )
            },
        ),
    )

    @admin.display(description="si segue")
    def nell_area(self, proposta):
        """A link to its page in the reserved area."""
        if proposta._state.adding:
            return "–"
        return format_html('<a href="{}">nell\'area riservata</a>', proposta.get_absolute_url())


@admin.register(PassoProposta)
class PassoPropostaAdmin(Amministrazione):
    """All steps, proposal by proposal."""

    resource_classes = [TracciatoPassoProposta]
    list_display = ("testo", "proposta", "ente", "entro", "fatto_il")
    list_select_related = ("proposta", "ente")
    list_filter = ("entro", "fatto_il")
    search_fields = ("testo", "proposta__titolo")
    autocomplete_fields = ("proposta", "ente")
    fields = ("proposta", "testo", "ente", ("entro", "fatto_il"), "ordine")


@admin.register(EsitoProposta)
class EsitoPropostaAdmin(AmministrazioneSoloExport):
    """What was measured again after the proposals."""

    resource_classes = [TracciatoEsitoProposta]
    list_display = ("proposta", "evidenza", "valore", "riferimento", "fonte")
    list_select_related = ("proposta", "evidenza")
    search_fields = ("proposta__titolo", "evidenza__testo", "fonte")
    autocomplete_fields = ("proposta", "evidenza")
    fields = ("proposta", "evidenza", "valore", "riferimento", "fonte", "nota", "autore")
    readonly_fields = ("autore",)
