"""Back office of the seats and of who holds them."""

from django.contrib import admin

from referenti import tracciati
from referenti.models import Incarico, Seggio
from tavolo.base.amministrazione import Amministrazione, RigheDentro


class SeggioVacante(admin.SimpleListFilter):
    """Seats that nobody holds today."""

    title = "chi lo occupa"
    parameter_name = "vacante"

    def lookups(self, request, model_admin):
        """The two answers."""
        return (("si", "Vacante"), ("no", "Occupato"))

    def queryset(self, request, queryset):
        """Active seats without, or with, an incarico in force."""
        if self.value() == "si":
            return queryset.vacanti()
        return queryset.con_copertura().filter(coperto=True) if self.value() == "no" else queryset


class IncarichiDentro(RigheDentro):
    """Who holds and held the seat."""

    model = Incarico
    autocomplete_fields = ("utente",)


@admin.register(Seggio)
class SeggioAdmin(Amministrazione):
    """Seats: who holds them, which ones are vacant."""

    resource_classes = [tracciati.TracciatoSeggio]
    list_display = ("nome", "ente", "area", "titolare", "attivo", "ordine")
    list_filter = (SeggioVacante, "area", "attivo")
    search_fields = ("nome", "ente__denominazione")
    autocomplete_fields = ("ente",)
    inlines = (IncarichiDentro,)
    fieldsets = (
        (None, {"fields": ("nome", "ente", "area", "attivo")}),
        ("Nel sito", {"fields": ("fonte", "slug", "ordine")}),
    )

    def get_queryset(self, request):
        """Seats with who holds them today."""
        return super().get_queryset(request).con_incarichi_in_corso()

    @admin.display(description="titolare oggi")
    def titolare(self, seggio):
        """Who holds it today."""
        return ", ".join(str(incarico.utente) for incarico in seggio.incarichi_in_corso) or "Vacante"


@admin.register(Incarico)
class IncaricoAdmin(Amministrazione):
    """Incarichi: who, which seat, from when to when."""

    resource_classes = [tracciati.TracciatoIncarico]
    list_display = ("seggio", "utente", "dal", "al")
    list_select_related = ("seggio", "utente")
    list_filter = ("seggio__area",)
    search_fields = ("seggio__nome", "utente__nome", "utente__cognome", "utente__email")
    autocomplete_fields = ("seggio", "utente")
    date_hierarchy = "dal"
