"""Back office of the templates of meetings."""

from django.contrib import admin

from incontri import tracciati
from incontri.models import ModelloIncontro, PuntoModello
from tavolo.base.amministrazione import Amministrazione, RigheDentro


class PuntiDelModello(RigheDentro):
    """The agenda of the template."""

    model = PuntoModello
    fields = ("ordine", "tipo", "titolo", "descrizione", "durata")


@admin.register(ModelloIncontro)
class ModelloIncontroAdmin(Amministrazione):
    """Templates: a new meeting starts from one."""

    resource_classes = [tracciati.TracciatoModelloIncontro]
    list_display = ("nome", "titolo", "modalita", "durata", "attivo", "ordine")
    list_filter = ("attivo", "modalita")
    search_fields = ("nome", "titolo")
    inlines = (PuntiDelModello,)
    fields = ("nome", "titolo", "modalita", "luogo", "durata", "attivo", "ordine", "slug")


@admin.register(PuntoModello)
class PuntoModelloAdmin(Amministrazione):
    """The points of the templates, as a table."""

    resource_classes = [tracciati.TracciatoPuntoModello]
    list_display = ("titolo", "modello", "tipo", "ordine", "durata")
    list_select_related = ("modello",)
    list_filter = ("modello", "tipo")
    search_fields = ("titolo", "descrizione", "modello__nome")
    autocomplete_fields = ("modello",)
