"""Back office of the instances: to search, read and export; they live in the reserved area, where their states are."""

from django.contrib import admin
from django.utils.html import format_html

from incontri import tracciati
from incontri.models import Istanza, MessaggioIstanza
from tavolo.base.amministrazione import AmministrazioneSoloExport
from tavolo.base.sola_lettura import SolaLettura


@admin.register(Istanza)
class IstanzaAdmin(SolaLettura, AmministrazioneSoloExport):
    """All instances, how far each is and by when it is due."""

    resource_classes = [tracciati.TracciatoIstanza]
    list_display = ("oggetto", "da_parte_di", "destinatario", "stato", "scadenza", "risposta_il", "creato")
    list_select_related = ("destinatario", "mittente")
    list_filter = ("stato", "scadenza", "destinatario")
    search_fields = ("oggetto", "testo", "destinatario__denominazione", "mittente__denominazione")
    date_hierarchy = "creato"
    fields = (
        "oggetto",
        "testo",
        "mittente",
        "destinatario",
        "scadenza",
        "stato",
        "voce",
        "risposta_il",
        "avvisata_il",
        "sollecitata_il",
        "autore",
        "nell_area",
    )
    readonly_fields = fields

    @admin.display(description="da parte di", ordering="mittente__denominazione")
    def da_parte_di(self, istanza):
        """Who asks."""
        return istanza.da_parte_di

    @admin.display(description="si risponde")
    def nell_area(self, istanza):
        """A link to its page in the reserved area."""
        return format_html('<a href="{}">nell\'area riservata</a>', istanza.get_absolute_url())


@admin.register(MessaggioIstanza)
class MessaggioIstanzaAdmin(SolaLettura, AmministrazioneSoloExport):
    """What was written under the instances."""

    resource_classes = [tracciati.TracciatoMessaggioIstanza]
    list_display = ("__str__", "istanza", "ente", "nome", "risposta", "creato")
    list_select_related = ("istanza", "ente")
    list_filter = ("risposta", "ente")
    search_fields = ("testo", "nome", "istanza__oggetto")
    date_hierarchy = "creato"
    fields = ("istanza", "ente", "nome", "testo", "risposta", "discussa_in", "avvisato_il", "autore")
    readonly_fields = fields
