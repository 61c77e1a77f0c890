"""Back office of the themes."""

from django.contrib import admin
from django.db.models import Count

from incontri import tracciati
from incontri.models import Tema
from tavolo.base.amministrazione import Amministrazione


@admin.register(Tema)
class TemaAdmin(Amministrazione):
    """What the Tavolo works on, and in how many meetings it did."""

    resource_classes = [tracciati.TracciatoTema]
    list_display = ("nome", "stato", "quanti_incontri", "fonte", "ordine")
    list_filter = ("stato",)
    search_fields = ("nome", "descrizione")

    def get_queryset(self, request):
        """Each theme with the number of its meetings."""
        return super().get_queryset(request).annotate(numero_incontri=Count("incontri"))

    @admin.display(description="incontri", ordering="numero_incontri")
    def quanti_incontri(self, tema):
        """In how many meetings it was on the table."""
        return tema.numero_incontri
