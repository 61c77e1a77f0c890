"""Back office of the declarations of coverage: to search, correct, import and export; the matrix is in the reserved area."""

from django.contrib import admin

from incontri.models import Copertura
from incontri.tracciati.coperture import TracciatoCopertura
from tavolo.base.amministrazione import Amministrazione


@admin.register(Copertura)
class CoperturaAdmin(Amministrazione):
    """All declarations, need by need."""

    resource_classes = [TracciatoCopertura]
    list_display = ("bisogno", "comune", "ente", "risorsa", "raggiunti", "quota", "dal", "al")
    list_select_related = ("bisogno", "comune", "ente", "risorsa")
    list_filter = (("comune", admin.RelatedOnlyFieldListFilter), ("ente", admin.RelatedOnlyFieldListFilter))
    search_fields = ("bisogno__titolo", "ente__denominazione", "risorsa__nome", "nota")
    autocomplete_fields = ("bisogno", "ente", "risorsa")
    fields = (
        ("bisogno", "comune"),
        ("ente", "risorsa"),
        ("dal", "al"),
        ("raggiunti", "quota", "capienza"),
        "nota",
        "autore",
    )
    readonly_fields = ("autore",)
