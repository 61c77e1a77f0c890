"""Back office of the requests to join: to search, read and export; they are handled in the reserved area."""

from django.contrib import admin
from django.utils.html import format_html

from referenti import tracciati
from referenti.models import AvvisoAdesione, RichiestaAdesione
from tavolo.base.amministrazione import AmministrazioneSoloExport, ConPermessiSullOggetto
from tavolo.base.sola_lettura import NonSiScrive, SolaLettura


@admin.register(RichiestaAdesione)
class RichiestaAdesioneAdmin(NonSiScrive, AmministrazioneSoloExport):
    """All requests, those nobody has confirmed too; to be deleted where a person asks so, unless a meeting has discussed them."""

    resource_classes = [tracciati.TracciatoRichiestaAdesione]
    list_display = ("denominazione", "tipo", "stato", "creato", "confermata_il", "chiusa_il", "ente")
    list_select_related = ("ente",)
    list_filter = ("stato", "tipo")
    search_fields = ("denominazione", "codice_fiscale", "sito_web", "che_cosa_fa", "perche")
    date_hierarchy = "creato"
    fields = (
        "denominazione",
        "tipo",
        "comuni",
        "codice_fiscale",
        "sito_web",
        "che_cosa_fa",
        "perche",
        *("nome", "cognome", "ruolo", "email", "telefono"),
        *("consenso", "lingua", "stato", "creato", "confermata_il", "chiusa_il", "motivo", "ente", "nell_area"),
    )
    readonly_fields = fields

    @admin.display(description="si decide")
    def nell_area(self, richiesta):
        """A link to its page in the reserved area."""
        return format_html('<a href="{}">nell\'area riservata</a>', richiesta.get_absolute_url())


@admin.register(AvvisoAdesione)
class AvvisoAdesioneAdmin(SolaLettura, ConPermessiSullOggetto, admin.ModelAdmin):
    """The mails about the requests: which left, and which `manage.py avvisa_adesioni` tries again."""

    list_display = ("richiesta", "genere", "utente", "creato", "mandato_il")
    list_select_related = ("richiesta", "utente")
    list_filter = ("genere", ("mandato_il", admin.EmptyFieldListFilter))
    search_fields = ("richiesta__denominazione", "utente__email")
    list_per_page = 50
    show_full_result_count = False
    actions = None
    fields = ("richiesta", "genere", "utente", "autore", "creato", "mandato_il")
    readonly_fields = fields
