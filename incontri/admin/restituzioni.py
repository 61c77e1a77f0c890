"""Back office of the restitution documents: to search, look at and take out; they are written in the reserved area."""

from django.contrib import admin
from django.utils.html import format_html

from incontri.models import CommentoRestituzione, OriginaleRestituzione, Restituzione, SezioneRestituzione
from incontri.tracciati.restituzioni import TracciatoCommentoRestituzione, TracciatoRestituzione
from tavolo.base.amministrazione import AmministrazioneSoloExport, ConPermessiSullOggetto, RigheDentro
from tavolo.base.sola_lettura import SolaLettura


class SezioniDentro(SolaLettura, RigheDentro):
    """The sections, in their order."""

    model = SezioneRestituzione
    fields = ("genere", "testo", "versione")
    readonly_fields = fields
    show_change_link = False


@admin.register(Restituzione)
class RestituzioneAdmin(SolaLettura, AmministrazioneSoloExport):
    """The documents, how far each is."""

    resource_classes = [TracciatoRestituzione]
    list_display = ("titolo", "dal", "al", "stato", "anno", "numero", "compilata_il", "esempio")
    list_filter = ("stato", "anno", "esempio")
    search_fields = ("titolo",)
    fields = (
        "titolo",
        ("dal", "al"),
        "temi",
        "incontri",
        "redattori",
        ("stato", "commenti_entro"),
        ("anno", "numero"),
        ("compilata_il", "pubblicata_il"),
        "nell_area",
        "slug",
        "autore",
        "esempio",
    )
    readonly_fields = tuple(nome for voce in fields for nome in (voce if isinstance(voce, tuple) else (voce,)))
    inlines = (SezioniDentro,)

    @admin.display(description="si scrive")
    def nell_area(self, restituzione):
        """A link to its page in the reserved area."""
        return format_html('<a href="{}">nell\'area riservata</a>', restituzione.get_absolute_url())


@admin.register(CommentoRestituzione)
class CommentoRestituzioneAdmin(SolaLettura, AmministrazioneSoloExport):
    """What the enti said of the documents."""

    resource_classes = [TracciatoCommentoRestituzione]
    list_display = ("sezione", "restituzione", "ente", "stato", "creato")
    list_select_related = ("sezione__restituzione", "ente")
    list_filter = ("stato",)
    search_fields = ("testo", "risposta", "sezione__restituzione__titolo")
    fields = ("restituzione", "sezione", "ente", "testo", "stato", "risposta", "autore")
    readonly_fields = fields

    @admin.display(description="documento", ordering="sezione__restituzione__titolo")
    def restituzione(self, commento):
        """The document it is about."""
        return commento.sezione.restituzione


@admin.register(OriginaleRestituzione)
class OriginaleRestituzioneAdmin(SolaLettura, ConPermessiSullOggetto, admin.ModelAdmin):
    """The originals of published documents, with their fingerprints."""

    list_display = ("restituzione", "creato", "impronta_pdf")
    list_select_related = ("restituzione",)
    search_fields = ("restituzione__titolo", "impronta_pdf", "impronta_contenuto")
    ordering = ("-creato",)
    fields = ("restituzione", "creato", "autore", "impronta_contenuto", "impronta_html", "impronta_pdf")
    readonly_fields = fields

    def get_queryset(self, request):
        """Without the documents, that are long."""
        return super().get_queryset(request).defer("contenuto", "html", "pdf")
