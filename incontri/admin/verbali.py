"""Back office of the minutes: what they are, and how far; they are written in the reserved area."""

from django.contrib import admin
from django.db.models import Count
from django.utils.html import format_html

from incontri import tracciati
from incontri.admin.ferme import Ferma
from incontri.models import Verbale, Voce
from tavolo.base.amministrazione import AmministrazioneSoloExport


@admin.register(Verbale)
class VerbaleAdmin(Ferma, AmministrazioneSoloExport):
    """Minutes: who takes them, how far they are. Started, written and brought through their life in the reserved area."""

    resource_classes = [tracciati.TracciatoVerbale]
    list_display = ("incontro", "verbalizzante", "stato", "osservazioni_entro", "quante_voci", "aggiornato")
    list_select_related = ("incontro", "verbalizzante")
    list_filter = ("stato",)
    search_fields = ("incontro__titolo", "verbalizzante__cognome")
    autocomplete_fields = ("verbalizzante", "redattori")
    readonly_fields = (
        "incontro",
        "stato",
        "condiviso_il",
        "osservazioni_entro",
        "approvato_il",
        "approvato_in",
        "pubblicato_il",
        "da_scrivere",
    )
    fields = (
        "incontro",
        "verbalizzante",
        "redattori",
        "stato",
        "condiviso_il",
        "osservazioni_entro",
        "approvato_il",
        "approvato_in",
        "pubblicato_il",
        "da_scrivere",
    )

    def get_queryset(self, request):
        """Each set of minutes with the number of its entries."""
        return super().get_queryset(request).annotate(numero_voci=Count("incontro__punti__voci"))

    def has_add_permission(self, request):
        """Never here: minutes start from their meeting."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Not while entries would remain without their minutes."""
        orfane = obj is not None and Voce.objects.filter(punto__incontro=obj.incontro_id).exists()
        return super().has_delete_permission(request, obj) and not orfane

    @admin.display(description="voci", ordering="numero_voci")
    def quante_voci(self, verbale):
        """How many entries it has."""
        return verbale.numero_voci

    @admin.display(description="testo")
    def da_scrivere(self, verbale):
        """A link to the minutes in the reserved area."""
        return format_html('<a href="{}">Apri il verbale nell\'area riservata</a>', verbale.get_absolute_url())
