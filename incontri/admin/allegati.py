"""Back office of the attachments: which there are, of what; files come in and go out in the reserved area, checked."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from incontri import tracciati
from incontri.models import Allegato
from tavolo.base.amministrazione import AmministrazioneSoloExport
from tavolo.base.sola_lettura import SolaLettura


@admin.register(Allegato)
class AllegatoAdmin(SolaLettura, AmministrazioneSoloExport):
    """All attachments, with their weight and fingerprint."""

    resource_classes = [tracciati.TracciatoAllegato]
    list_display = ("__str__", "nome_file", "incontro", "istanza", "prassi", "dimensione", "pubblico", "creato")
    list_select_related = ("incontro", "istanza", "prassi")
    list_filter = ("pubblico", "tipo")
    search_fields = ("titolo", "nome_file", "impronta", "incontro__titolo", "istanza__oggetto")
    date_hierarchy = "creato"
    fields = (
        "titolo",
        "nome_file",
        "incontro",
        "istanza",
        "prassi",
        "tipo",
        "dimensione",
        "impronta",
        "pubblico",
        "autore",
        "da_scaricare",
    )
    readonly_fields = fields

    @admin.display(description="file")
    def da_scaricare(self, allegato):
        """A link to the file."""
        return format_html('<a href="{}">Scarica</a>', reverse("incontri:allegato", args=[allegato.pk]))
