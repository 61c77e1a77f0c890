"""Back office of the search: everyday words and what they stand for, and what people did not find."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from risorse.admin.filtri import ValoriFilter
from risorse.models import RicercaVuota, Sinonimo
from risorse.tracciati.ricerca import TracciatoRicercaVuota, TracciatoSinonimo
from tavolo.base.amministrazione import Amministrazione, AmministrazioneDiConteggi


@admin.register(Sinonimo)
class SinonimoAdmin(Amministrazione):
    """Everyday words; the words themselves are looked for too."""

    resource_classes = [TracciatoSinonimo]
    list_display = ("parola", "significati")
    search_fields = ("parola", "significati")


@admin.register(RicercaVuota)
class RicercaVuotaAdmin(AmministrazioneDiConteggi):
    """Searches no card answered: the most frequent first."""

    resource_classes = [TracciatoRicercaVuota]
    list_display = ("testo", "quante", "lingua", "comune", "aggiornato")
    list_filter = ("lingua", ("comune", ValoriFilter))
    search_fields = ("testo",)
    actions = ("aggiungi_come_sinonimo",)

    @admin.action(description="Aggiungi come sinonimo", permissions=["aggiungi_sinonimo"])
    def aggiungi_come_sinonimo(self, request, queryset):
        """Open a new synonym with the words of the first row chosen."""
        parola = queryset.values_list("testo", flat=True).first() or ""
        return HttpResponseRedirect(f"{reverse('admin:risorse_sinonimo_add')}?{urlencode({'parola': parola[:60]})}")

    def has_aggiungi_sinonimo_permission(self, request):
        """Whether the person may write synonyms."""
        return request.user.has_perm("risorse.add_sinonimo")
