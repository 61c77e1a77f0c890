"""Back office of the agendas."""

from django.contrib import admin

from incontri import tracciati
from incontri.admin.ferme import DiIncontroForm, Ferma, FermaDentro
from incontri.models import Incontro, PuntoOdg
from incontri.servizi.odg import odg_cambiato
from tavolo.base.amministrazione import Amministrazione, RigheDentro


class PuntiDentro(FermaDentro, RigheDentro):
    """The agenda."""

    model = PuntoOdg
    fields = ("ordine", "titolo", "descrizione", "durata")


@admin.register(PuntoOdg)
class PuntoOdgAdmin(Ferma, Amministrazione):
    """Points of the agendas."""

    resource_classes = [tracciati.TracciatoPuntoOdg]
    form = DiIncontroForm
    list_display = ("titolo", "incontro", "ordine", "durata")
    list_select_related = ("incontro",)
    list_filter = ("incontro",)
    search_fields = ("titolo", "descrizione", "incontro__titolo")
    autocomplete_fields = ("incontro",)

    def save_model(self, request, obj, form, change):
        """Save; the agendas it stands in, and stood in before, are new versions of their meetings."""
        super().save_model(request, obj, form, change)
        if form.has_changed():
            self._cambiati({obj.incontro_id, form.initial.get("incontro")}, request)

    def delete_model(self, request, obj):
        """Take the point off its agenda."""
        super().delete_model(request, obj)
        self._cambiati({obj.incontro_id}, request)

    def delete_queryset(self, request, queryset):
        """Take the points off their agendas."""
        incontri = set(queryset.values_list("incontro", flat=True))
        super().delete_queryset(request, queryset)
        self._cambiati(incontri, request)

    def _cambiati(self, incontri, request):
        for incontro in Incontro.objects.filter(pk__in=incontri - {None}):
            odg_cambiato(incontro, autore=request.user)
