"""Back office of what approvals left: originals and corrections, to look at only."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from incontri.models import Originale, Rettifica
from tavolo.base.amministrazione import AmministrazioneSenzaTabelle, ConPermessiSullOggetto
from tavolo.base.sola_lettura import SolaLettura


@admin.register(Originale)
class OriginaleAdmin(SolaLettura, ConPermessiSullOggetto, admin.ModelAdmin):
    """The originals of approved minutes, with their fingerprints."""

    list_display = ("verbale", "creato", "impronta_pdf")
    list_select_related = ("verbale__incontro",)
    search_fields = ("verbale__incontro__titolo", "impronta_pdf", "impronta_contenuto")
    ordering = ("-creato",)
    fields = ("verbale", "creato", "autore", "impronta_contenuto", "impronta_html", "impronta_pdf", "scarica")
    readonly_fields = fields

    def get_queryset(self, request):
        """Without the documents, that are long."""
        return super().get_queryset(request).defer("contenuto", "html", "pdf")

    @admin.display(description="scarica")
    def scarica(self, originale):
        """Links to the files, in the reserved area."""
        pdf, dati = (
            reverse("incontri:originale", args=[originale.verbale.incontro_id, nome]) for nome in ("pdf", "json")
        )
        return format_html('<a href="{}">PDF</a> · <a href="{}">JSON</a>', pdf, dati)


@admin.register(Rettifica)
class RettificaAdmin(SolaLettura, AmministrazioneSenzaTabelle):
    """Corrections: asked for and decided in the reserved area, on the page of their minutes."""

    list_display = ("verbale", "numero", "stato", "pubblica", "approvata_in", "creato")
    list_select_related = ("verbale__incontro", "approvata_in")
    list_filter = ("stato", "pubblica")
    search_fields = ("testo", "motivo", "verbale__incontro__titolo")
    fields = ("verbale", "numero", "stato", "testo", "motivo", "pubblica", "approvata_in", "approvata_il", "impronta")
    readonly_fields = fields
