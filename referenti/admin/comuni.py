"""Back office of the comuni and of the figures about them."""

from django.contrib import admin

from referenti import tracciati
from referenti.admin.istat import ConIstatMixin
from referenti.models import Comune, Indicatore
from tavolo.base.amministrazione import Amministrazione


@admin.register(Comune)
class ComuneAdmin(Amministrazione):
    """Comuni: which ones are of the Ambito, which lack a boundary."""

    resource_classes = [tracciati.TracciatoComune]
    list_display = ("nome", "codice_istat", "codice_belfiore", "cap", "patrono", "nell_ambito", "ha_confine", "ordine")
    list_filter = ("nell_ambito",)
    search_fields = ("nome", "codice_istat", "codice_belfiore", "cap")
    fieldsets = (
        (None, {"fields": ("nome", "nell_ambito", "ordine", "slug")}),
        ("Giorni di festa", {"fields": ("patrono",)}),
        ("Codici", {"fields": ("codice_istat", "codice_belfiore", "cap")}),
        ("Sulla mappa", {"fields": (("latitudine", "longitudine"), "confine")}),
    )

    @admin.display(description="confine sulla mappa", boolean=True)
    def ha_confine(self, comune):
        """Whether the map can draw it."""
        return bool(comune.confine)


@admin.register(Indicatore)
class IndicatoreAdmin(ConIstatMixin, Amministrazione):
    """Figures: what, where, when, from whom."""

    resource_classes = [tracciati.TracciatoIndicatore]
    list_display = ("voce", "territorio_breve", "valore", "unita", "riferimento", "fonte", "ordine")
    list_select_related = ("comune",)
    list_filter = ("voce", "comune", "unita")
    search_fields = ("fonte", "nota", "comune__nome")
    autocomplete_fields = ("comune",)
    fieldsets = (
        (None, {"fields": ("voce", "comune", "valore", "almeno", "unita")}),
        ("Da dove viene", {"fields": ("riferimento", "fonte", "url_fonte", "nota")}),
        ("Nel sito", {"fields": ("ordine",)}),
    )

    @admin.display(description="territorio", ordering="comune__ordine")
    def territorio_breve(self, indicatore):
        """The comune, or the whole Ambito."""
        return indicatore.territorio
