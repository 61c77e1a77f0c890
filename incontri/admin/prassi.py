"""Back office of the good practices: to search, correct, import and export; the review lives in the reserved area."""

from django.contrib import admin
from django.utils.html import format_html

from incontri.models import Adozione, BuonaPrassi
from incontri.tracciati.prassi import TracciatoAdozione, TracciatoBuonaPrassi
from tavolo.base.amministrazione import Amministrazione, SchedeDentro


class AdozioniDentro(SchedeDentro):
    """Who took it up."""

    model = Adozione
    fields = (("comune", "dal"), "nota")


@admin.register(BuonaPrassi)
class BuonaPrassiAdmin(Amministrazione):
    """The good practices, whose they are, how far each is."""

    resource_classes = [TracciatoBuonaPrassi]
    list_display = ("titolo", "ente", "stato", "pubblicata_il", "esempio", "aggiornato")
    list_select_related = ("ente",)
    list_filter = ("stato", "temi", "esempio", ("ente", admin.RelatedOnlyFieldListFilter))
    search_fields = ("titolo", "in_breve", "contesto", "azione", "ente__denominazione")
    autocomplete_fields = ("ente", "temi", "bisogni", "comuni", "voce")
    readonly_fields = ("stato", "osservazioni", "pubblicata_il", "autore", "nell_area")
    inlines = (AdozioniDentro,)
    fieldsets = (
        (None, {"fields": ("titolo", "ente", "in_breve", "temi", "bisogni", "comuni", "dal")}),
        (
            "Il racconto",
            {
                "fields": (
                    "contesto",
                    "azione",
                    "con_chi",
                    "risultati",
                    "condizioni",
                    "contatti",
                    "collegamenti",
                    "voce",
                )
            },
        ),
        (
            "A che punto è",
            {"fields": ("stato", "osservazioni", "pubblicata_il", "nell_area", "esempio", "slug", "autore")},
        ),
    )

    @admin.display(description="si rilegge e si pubblica")
    def nell_area(self, prassi):
        """A link to its page in the reserved area."""
        if prassi._state.adding:
            return "–"
        return format_html('<a href="{}">nell\'area riservata</a>', prassi.get_absolute_url())


@admin.register(Adozione)
class AdozioneAdmin(Amministrazione):
    """All adoptions, practice by practice."""

    resource_classes = [TracciatoAdozione]
    list_display = ("prassi", "comune", "dal", "nota")
    list_select_related = ("prassi", "comune")
    list_filter = (("comune", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("prassi__titolo", "comune__nome", "nota")
    autocomplete_fields = ("prassi",)
    fields = ("prassi", ("comune", "dal"), "nota", "autore")
    readonly_fields = ("autore",)
