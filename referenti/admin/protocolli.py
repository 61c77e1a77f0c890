"""Back office of the protocols and of the path to them."""

from django.contrib import admin
from django.db.models import Count

from referenti import tracciati
from referenti.models import Articolo, Protocollo, Sottoscrizione, Tappa
from tavolo.base.amministrazione import Amministrazione, RigheDentro, SchedeDentro


class ArticoliDentro(SchedeDentro):
    """The articles of the protocol."""

    model = Articolo


class SottoscrizioniDentro(RigheDentro):
    """Who signed it."""

    model = Sottoscrizione
    autocomplete_fields = ("ente",)


@admin.register(Protocollo)
class ProtocolloAdmin(Amministrazione):
    """Protocols, with their articles and who signed them."""

    resource_classes = [tracciati.TracciatoProtocollo]
    list_display = ("titolo", "data", "valido_dal", "valido_al", "quanti_firmatari")
    search_fields = ("titolo", "articoli__testo")
    inlines = (ArticoliDentro, SottoscrizioniDentro)
    fieldsets = (
        (None, {"fields": ("titolo", "data", ("valido_dal", "valido_al"))}),
        ("Nel sito", {"fields": ("fonte", "slug")}),
    )

    def get_queryset(self, request):
        """Each protocol with the number of its signers."""
        return super().get_queryset(request).annotate(numero_firmatari=Count("sottoscrizioni"))

    @admin.display(description="enti firmatari", ordering="numero_firmatari")
    def quanti_firmatari(self, protocollo):
        """How many enti signed it."""
        return protocollo.numero_firmatari


@admin.register(Articolo)
class ArticoloAdmin(Amministrazione):
    """Articles of the protocols."""

    resource_classes = [tracciati.TracciatoArticolo]
    list_display = ("titolo", "numero", "protocollo")
    list_select_related = ("protocollo",)
    list_filter = ("protocollo",)
    search_fields = ("titolo", "testo")
    autocomplete_fields = ("protocollo",)


@admin.register(Sottoscrizione)
class SottoscrizioneAdmin(Amministrazione):
    """Who signed which protocol."""

    resource_classes = [tracciati.TracciatoSottoscrizione]
    list_display = ("ente", "protocollo", "data", "ruolo_firmatario")
    list_select_related = ("ente", "protocollo")
    list_filter = ("protocollo",)
    search_fields = ("ente__denominazione", "protocollo__titolo")
    autocomplete_fields = ("protocollo", "ente")


@admin.register(Tappa)
class TappaAdmin(Amministrazione):
    """The path of the Tavolo."""

    resource_classes = [tracciati.TracciatoTappa]
    list_display = ("titolo", "dal", "al", "fonte", "ordine")
    search_fields = ("titolo", "descrizione")
