"""Back office of the convocations: who was called and what each answered; mails and answers are in the reserved area."""

from django.contrib import admin

from incontri import tracciati
from incontri.models import Convocazione
from tavolo.base.amministrazione import AmministrazioneSoloExport
from tavolo.base.sola_lettura import SolaLettura


@admin.register(Convocazione)
class ConvocazioneAdmin(SolaLettura, AmministrazioneSoloExport):
    """Everybody called to every meeting, with the answers and when the last mail left."""

    resource_classes = [tracciati.TracciatoConvocazione]
    list_display = ("incontro", "seggio", "nome", "ente", "risposta", "delegato", "risposto", "inviata")
    list_select_related = ("incontro", "seggio", "ente")
    list_filter = ("risposta", "incontro")
    search_fields = ("incontro__titolo", "seggio__nome", "nome", "email", "delegato", "ente__denominazione")
    fields = (
        "incontro",
        "seggio",
        "utente",
        "ente",
        "nome",
        "email",
        "risposta",
        "delegato",
        "nota",
        "risposto",
        "inviata",
        "sequenza",
    )
    readonly_fields = fields
