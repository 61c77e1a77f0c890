"""Back office of the attendances."""

from django.contrib import admin

from incontri import tracciati
from incontri.admin.ferme import DiIncontroForm, Ferma, FermaDentro
from incontri.models import Presenza
from tavolo.base.amministrazione import Amministrazione, RigheDentro


class PresenzeDentro(FermaDentro, RigheDentro):
    """Who was there."""

    model = Presenza
    autocomplete_fields = ("seggio", "utente", "ente")
    fields = ("seggio", "ospite", "utente", "ente", "esito", "nota")


@admin.register(Presenza)
class PresenzaAdmin(Ferma, Amministrazione):
    """Attendances: who, at which meeting, how."""

    resource_classes = [tracciati.TracciatoPresenza]
    form = DiIncontroForm
    list_display = ("incontro", "seggio", "ospite", "ente", "esito", "nota")
    list_select_related = ("incontro", "seggio", "ente")
    list_filter = ("esito", "incontro", "seggio__area")
    search_fields = ("incontro__titolo", "seggio__nome", "ospite", "ente__denominazione")
    autocomplete_fields = ("incontro", "seggio", "utente", "ente")
