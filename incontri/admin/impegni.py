"""Back office of the commitments: to find what is late and take it out; they are taken and reviewed in the area."""

from django.contrib import admin
from django.utils.html import format_html

from incontri import tracciati
from incontri.models import Impegno, RevisioneImpegno
from tavolo.base.amministrazione import AmministrazioneSoloExport, RigheDentro
from tavolo.base.sola_lettura import SolaLettura


class RitardoFilter(admin.SimpleListFilter):
    """Commitments whose deadline is past."""

    title = "ritardo"
    parameter_name = "ritardo"

    def lookups(self, request, model_admin):
        """The one answer that matters."""
        return (("si", "In ritardo"),)

    def queryset(self, request, queryset):
        """Those still to be kept whose deadline is past."""
        return queryset.in_ritardo() if self.value() == "si" else queryset


class RevisioniDentro(SolaLettura, RigheDentro):
    """What was said of it, meeting by meeting."""

    model = RevisioneImpegno
    fields = ("creato", "incontro", "stato", "scadenza_prima", "scadenza", "nota", "autore")
    readonly_fields = fields
    show_change_link = False

    def get_queryset(self, request):
        """With the meeting and the person of each."""
        return super().get_queryset(request).select_related("incontro", "autore")


@admin.register(Impegno)
class ImpegnoAdmin(SolaLettura, AmministrazioneSoloExport):
    """Commitments of all the enti, to search and to read."""

    resource_classes = [tracciati.TracciatoImpegno]
    list_display = ("__str__", "ente", "persona", "stato", "scadenza", "rinvii", "incontro")
    list_select_related = ("ente", "persona", "incontro")
    list_filter = (RitardoFilter, "stato", ("ente", admin.RelatedOnlyFieldListFilter))
    search_fields = ("testo", "ente__denominazione", "persona__cognome")
    fields = ("testo", "ente", "persona", "stato", "scadenza", "incontro", "autore", "nell_area")
    readonly_fields = fields
    inlines = (RevisioniDentro,)

    def get_queryset(self, request):
        """Each with its age and how often it was postponed."""
        return super().get_queryset(request).con_eta()

    @admin.display(description="rinvii", ordering="rinvii")
    def rinvii(self, impegno):
        """How many times its deadline moved later."""
        return impegno.rinvii

    @admin.display(description="si segna")
    def nell_area(self, impegno):
        """A link to its page in the reserved area."""
        return format_html('<a href="{}">nell\'area riservata</a>', impegno.get_absolute_url())
