"""Back office of the needs: to search, correct, import and export; merging and origins live in the reserved area."""

from django.contrib import admin
from django.utils.html import format_html

from incontri.models import Bisogno, Evidenza, OrigineBisogno
from incontri.tracciati.bisogni import TracciatoBisogno, TracciatoEvidenza, TracciatoOrigineBisogno
from tavolo.base.amministrazione import (
    Amministrazione,
    AmministrazioneSoloExport,
    SchedeDentro,
    azione_di_passaggio,
)
from tavolo.base.sola_lettura import SolaLettura


class EvidenzeDentro(SchedeDentro):
    """What shows the need."""

    model = Evidenza
    fields = (("tipo", "comune", "riferimento"), "testo", ("valore", "unita", "soppresso"), ("fonte", "url"))
    readonly_fields = ("soppresso",)


class OriginiDentro(SolaLettura, SchedeDentro):
    """Where it was heard."""

    model = OrigineBisogno
    fk_name = "bisogno"
    fields = ("tipo", "voce", "segnalazione", "parole", "quante", "nota")
    readonly_fields = fields
    show_change_link = False

    def get_queryset(self, request):
        """With the entry and the report of each."""
        return super().get_queryset(request).select_related("voce", "segnalazione__risorsa")


@admin.register(Bisogno)
class BisognoAdmin(Amministrazione):
    """The needs, how far each is, which one it was merged into."""

    resource_classes = [TracciatoBisogno]
    list_display = ("titolo", "tema", "stato", "unito_a", "esempio", "aggiornato")
    list_select_related = ("tema", "unito_a")
    list_filter = ("stato", "tema", "comuni", "esempio")
    search_fields = ("titolo", "descrizione", "tema__nome")
    autocomplete_fields = ("destinatari", "comuni", "categorie", "risorse")
    readonly_fields = ("stato", "unito_a", "autore", "nell_area")
    inlines = (EvidenzeDentro, OriginiDentro)
    actions = tuple(azione_di_passaggio(Bisogno, p.nome) for p in Bisogno.PASSAGGI if p.nome != "supera")
    fieldsets = (
        (None, {"fields": ("titolo", "descrizione", "tema", "destinatari", "comuni", "categorie", "risorse")}),
        ("A che punto è", {"fields": ("stato", "motivo", "unito_a", "nell_area", "esempio", "slug", "autore")}),
    )

    def has_change_permission(self, request, obj=None):
        """Not one merged into another: it is written there."""
        return super().has_change_permission(request, obj) and (obj is None or obj.unito_a_id is None)

    @admin.display(description="si segue")
    def nell_area(self, bisogno):
        """A link to its page in the reserved area."""
        if bisogno._state.adding:
            return "–"
        return format_html('<a href="{}">nell\'area riservata</a>', bisogno.get_absolute_url())


@admin.register(Evidenza)
class EvidenzaAdmin(Amministrazione):
    """All evidence, need by need."""

    resource_classes = [TracciatoEvidenza]
    list_display = ("testo", "bisogno", "tipo", "valore", "unita", "soppresso", "comune", "riferimento", "fonte")
    list_select_related = ("bisogno", "comune")
    list_filter = ("tipo", "soppresso", ("comune", admin.RelatedOnlyFieldListFilter))
    search_fields = ("testo", "fonte", "bisogno__titolo")
    autocomplete_fields = ("bisogno", "comune", "indicatore", "voce")
    fields = (
        "bisogno",
        ("tipo", "comune", "riferimento"),
        "testo",
        ("valore", "unita", "soppresso"),
        ("fonte", "url"),
        ("indicatore", "voce"),
        "autore",
    )
    readonly_fields = ("soppresso", "autore")


@admin.register(OrigineBisogno)
class OrigineBisognoAdmin(SolaLettura, AmministrazioneSoloExport):
    """Where the needs were heard: to read and to take out."""

    resource_classes = [TracciatoOrigineBisogno]
    list_display = ("bisogno", "tipo", "parole", "quante", "creato")
    list_select_related = ("bisogno",)
    list_filter = ("tipo",)
    search_fields = ("bisogno__titolo", "parole", "nota")
    fields = ("bisogno", "tipo", "voce", "segnalazione", "parole", "quante", "nota", "portata_da", "autore")
    readonly_fields = fields
