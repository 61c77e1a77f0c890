"""Back office of the enti; the directory adds their contacts."""

from django.contrib import admin
from django.db.models import Count
from django.utils.html import format_html_join

from referenti import tracciati
from referenti.models import Ente
from tavolo.base.amministrazione import Amministrazione, collegamento


@admin.register(Ente)
class EnteAdmin(Amministrazione):
    """Enti: who they are, how they stand at the Tavolo, what is still to be verified."""

    resource_classes = [tracciati.TracciatoEnte]
    list_display = ("denominazione", "tipo", "padre", "comune", "ruolo", "quante_unita", "da_verificare", "esempio")
    list_select_related = ("padre", "comune")
    list_filter = ("da_verificare", "ruolo", "tipo", "esempio", "comune")
    search_fields = ("denominazione", "nome_breve", "slug", "codice_fiscale")
    autocomplete_fields = ("padre", "comune")
    readonly_fields = ("le_unita",)
    fieldsets = (
        (None, {"fields": ("denominazione", "nome_breve", "tipo", "comune", "codice_fiscale", "descrizione")}),
        ("Al Tavolo", {"fields": ("ruolo", ("dal", "al"))}),
        ("Di che cosa fa parte", {"fields": ("padre", "le_unita")}),
        ("Da dove viene l'informazione", {"fields": ("fonte", "da_verificare", "nota_interna", "esempio")}),
        ("Nel sito", {"fields": ("slug", "ordine")}),
    )

    def get_queryset(self, request):
        """Each ente with the number of its units."""
        return super().get_queryset(request).annotate(numero_unita=Count("unita"))

    @admin.display(description="unità", ordering="numero_unita")
    def quante_unita(self, ente):
        """How many units it has, linked to their list."""
        return (
            collegamento(ente.numero_unita, "referenti_ente", padre__uuid__exact=ente.pk) if ente.numero_unita else ""
        )

    @admin.display(description="le sue unità")
    def le_unita(self, ente):
        """Its units, each linked to its page."""
        righe = [(f"../../{unita.pk}/change/", unita) for unita in ente.unita.all()] if ente.pk else []
        return format_html_join("", '<a href="{}">{}</a><br>', righe) or "Nessuna"
