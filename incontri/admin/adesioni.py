"""Back office of the places of requests on the agendas: to read; they are given in the reserved area."""

from django.contrib import admin

from incontri.models import DiscussioneAdesione
from tavolo.base.amministrazione import AmministrazioneSenzaTabelle
from tavolo.base.sola_lettura import SolaLettura


@admin.register(DiscussioneAdesione)
class DiscussioneAdesioneAdmin(SolaLettura, AmministrazioneSenzaTabelle):
    """Which meeting discusses which request, and what it decided."""

    list_display = ("richiesta", "punto", "incontro", "decisione", "creato")
    list_select_related = ("richiesta", "punto__incontro", "decisione")
    search_fields = ("richiesta__denominazione", "punto__titolo", "punto__incontro__titolo")
    fields = ("richiesta", "punto", "decisione", "autore", "creato")
    readonly_fields = fields

    @admin.display(description="incontro", ordering="punto__incontro__inizio")
    def incontro(self, discussione):
        """The meeting."""
        return discussione.punto.incontro
