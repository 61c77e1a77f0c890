"""Back office of the translations: which are outdated, which nobody has checked; they are written at the desk."""

from collections import Counter

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join

from risorse.models import Traduzione
from risorse.models.traduzione import lingue_di_traduzione
from risorse.tracciati.traduzioni import TracciatoTraduzione
from tavolo.base.amministrazione import AmministrazioneSoloExport, azione_di_passaggio


class ConTraduzioniMixin:
    """A page of the back office with a way to the desk where its row is translated."""

    @admin.display(description="traduzioni")
    def le_traduzioni(self, oggetto):
        """For each language how many of its texts are translated, linked to the desk."""
        if oggetto._state.adding:
            return "Prima salva."
        quante = Counter(oggetto.traduzioni.order_by().values_list("lingua", flat=True))
        tipo = oggetto._meta.model_name
        righe = [
            (reverse("traduzioni:scheda", args=[codice, tipo, oggetto.pk]), nome, quante[codice])
            for codice, nome in lingue_di_traduzione()
        ]
        return format_html_join(" · ", '<a href="{}">{}: {}</a>', righe)


class SuperataFilter(admin.SimpleListFilter):
    """Translations of an Italian text that is no longer there."""

    title = "italiano cambiato"
    parameter_name = "superata"

    def lookups(self, request, model_admin):
        """The two answers."""
        return (("si", "Sì"), ("no", "No"))

    def queryset(self, request, queryset):
        """Outdated ones, or the others."""
        if self.value() not in ("si", "no"):
            return queryset
        superate = Traduzione.objects.superate().values_list("pk", flat=True)
        return queryset.filter(pk__in=superate) if self.value() == "si" else queryset.exclude(pk__in=superate)


@admin.register(Traduzione)
class TraduzioneAdmin(AmministrazioneSoloExport):
    """All the translations; read, checked in bulk, taken away, exported."""

    resource_classes = [TracciatoTraduzione]
    list_display = ("di_che_cosa", "campo", "lingua", "testo", "stato", "autore", "aggiornato")
    list_select_related = ("autore",)
    list_filter = ("lingua", "stato", SuperataFilter, "tipo")
    search_fields = ("testo", "italiano")
    actions = tuple(azione_di_passaggio(Traduzione, p.nome) for p in Traduzione.PASSAGGI)
    fields = ("di_che_cosa", "campo", "lingua", "italiano", "testo", "stato", "autore", "al_banco")
    readonly_fields = fields

    def get_queryset(self, request):
        """Translations with what they are of."""
        return super().get_queryset(request).prefetch_related("oggetto")

    def has_add_permission(self, request):
        """Never here: the desk knows which Italian text is translated."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never here: see above."""
        return False

    @admin.display(description="di che cosa")
    def di_che_cosa(self, traduzione):
        """The row it is of."""
        return traduzione.oggetto

    @admin.display(description="al banco")
    def al_banco(self, traduzione):
        """The way to the desk; of a row that has no page there, its queue."""
        chiavi = [traduzione.lingua, traduzione.tipo.model, traduzione.oggetto_id]
        try:
            indirizzo = reverse("traduzioni:scheda", args=chiavi)
        except NoReverseMatch:
            indirizzo = reverse("traduzioni:coda", args=chiavi[:1])
        return format_html('<a href="{}">Apri al banco delle traduzioni</a>', indirizzo)
