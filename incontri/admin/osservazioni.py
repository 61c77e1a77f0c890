"""Back office of the observations: to search, read and export; they are written and decided beside the minutes."""

from django.contrib import admin
from django.utils.html import format_html

from incontri import tracciati
from incontri.models import Osservazione
from tavolo.base.amministrazione import AmministrazioneSoloExport
from tavolo.base.sola_lettura import SolaLettura


@admin.register(Osservazione)
class OsservazioneAdmin(SolaLettura, AmministrazioneSoloExport):
    """What the enti observed on the minutes, and what was decided."""

    resource_classes = [tracciati.TracciatoOsservazione]
    list_display = ("__str__", "verbale", "punto", "ente", "stato", "creato", "decisa_il")
    list_select_related = ("verbale__incontro", "punto", "ente")
    list_filter = ("stato", "ente")
    search_fields = ("testo", "motivo", "verbale__incontro__titolo", "ente__denominazione")
    fields = ("verbale", "punto", "ente", "testo", "stato", "motivo", "decisa_il", "autore", "si_decide")
    readonly_fields = fields

    @admin.display(description="si decide")
    def si_decide(self, osservazione):
        """A link to the minutes in the reserved area."""
        indirizzo = osservazione.verbale.get_absolute_url()
        return format_html('<a href="{}#osservazioni">accanto al verbale, nell\'area riservata</a>', indirizzo)
