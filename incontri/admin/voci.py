"""Back office of the entries of the minutes: to search and to read."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from incontri import tracciati
from incontri.models import Voce
from tavolo.base.amministrazione import AmministrazioneSoloExport
from tavolo.base.sola_lettura import SolaLettura


@admin.register(Voce)
class VoceAdmin(SolaLettura, AmministrazioneSoloExport):
    """Entries of all the minutes, to search and to read: they are written in the reserved area, where two texts meet."""

    resource_classes = [tracciati.TracciatoVoce]
    list_display = ("__str__", "tipo", "punto", "incontro", "aggiornato")
    list_select_related = ("punto__incontro",)
    list_filter = ("tipo", "punto__incontro")
    search_fields = ("testo", "punto__titolo", "punto__incontro__titolo")
    fields = ("punto", "tipo", "testo", "ordine", "autore", "versione", "da_scrivere")
    readonly_fields = fields

    @admin.display(description="incontro", ordering="punto__incontro__titolo")
    def incontro(self, voce):
        """The meeting it was said at."""
        return voce.punto.incontro

    @admin.display(description="si scrive")
    def da_scrivere(self, voce):
        """A link to the minutes in the reserved area."""
        indirizzo = reverse("incontri:verbale-detail", args=[voce.punto.incontro_id])
        return format_html('<a href="{}">nel verbale, nell\'area riservata</a>', indirizzo)
