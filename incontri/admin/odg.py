"""Back office of the agendas."""

from django.contrib import admin

from incontri import tracciati
from incontri.admin.ferme import DiIncontroForm, Ferma, FermaDentro
from incontri.models import PuntoOdg
from tavolo.base.amministrazione import Amministrazione, RigheDentro


class PuntiDentro(FermaDentro, RigheDentro):
    """The agenda."""

    model = PuntoOdg
    fields = ("ordine", "titolo", "descrizione", "durata")


@admin.register(PuntoOdg)
class PuntoOdgAdmin(Ferma, Amministrazione):
    """Points of the agendas."""

    resource_classes = [tracciati.TracciatoPuntoOdg]
    form = DiIncontroForm
    list_display = ("titolo", "incontro", "ordine", "durata")
    list_select_related = ("incontro",)
    list_filter = ("incontro",)
    search_fields = ("titolo", "descrizione", "incontro__titolo")
    autocomplete_fields = ("incontro",)
