"""Back office of the places."""

from django.contrib import admin

from risorse import tracciati
from risorse.admin.contatti import ContattiDentro
from risorse.admin.orari import ChiusureDentro, OrariDentro
from risorse.admin.settimana import SETTIMANA, ConSettimanaForm, ConSettimanaMixin
from risorse.admin.traduzioni import ConTraduzioniMixin
from risorse.models import RisorsaInSede, Sede
from tavolo.base.amministrazione import Amministrazione, RigheDentro


class ServiziDentro(RigheDentro):
    """The services found at the place."""

    model = RisorsaInSede
    autocomplete_fields = ("risorsa",)


@admin.register(Sede)
class SedeAdmin(ConTraduzioniMixin, ConSettimanaMixin, Amministrazione):
    """Places: where they are, what is still to be verified, how one gets in."""

    resource_classes = [tracciati.TracciatoSede]
    form = ConSettimanaForm
    list_display = ("nome", "ente", "comune", "indirizzo", "accessibilita", "da_verificare", "esempio")
    list_select_related = ("ente", "comune")
    list_filter = ("da_verificare", "comune", "accessibilita", "tipo", "esempio")
    search_fields = ("nome", "indirizzo", "ente__denominazione", "comune__nome")
    autocomplete_fields = ("ente", "comune")
    inlines = (OrariDentro, ChiusureDentro, ServiziDentro, ContattiDentro)
    readonly_fields = ("le_traduzioni",)
    fieldsets = (
        (None, {"fields": ("nome", "ente", "tipo")}),
        ("Dove", {"fields": ("indirizzo", ("cap", "comune"), ("latitudine", "longitudine"))}),
        SETTIMANA,
        ("Come si entra", {"fields": ("accessibilita", "accessibilita_nota")}),
        ("Da dove viene l'informazione", {"fields": ("fonte", "da_verificare", "esempio")}),
        ("Nel sito", {"fields": ("slug", "le_traduzioni")}),
    )


@admin.register(RisorsaInSede)
class RisorsaInSedeAdmin(ConSettimanaMixin, Amministrazione):
    """Which service is found where."""

    resource_classes = [tracciati.TracciatoRisorsaInSede]
    form = ConSettimanaForm
    fieldsets = ((None, {"fields": ("risorsa", "sede", "nota")}), SETTIMANA)
    list_display = ("risorsa", "sede", "nota")
    list_select_related = ("risorsa", "sede")
    list_filter = ("sede__comune",)
    search_fields = ("risorsa__nome", "sede__nome", "nota")
    autocomplete_fields = ("risorsa", "sede")
    inlines = (OrariDentro,)
