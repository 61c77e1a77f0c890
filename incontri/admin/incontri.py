"""Back office of the meetings."""

from django.contrib import admin
from django.db.models import Count, Q

from incontri import tracciati
from incontri.admin.ferme import Ferma
from incontri.admin.odg import PuntiDentro
from incontri.admin.presenze import PresenzeDentro
from incontri.models import Convocazione, Incontro, PuntoOdg
from incontri.models.presenza import PRESENTI
from incontri.servizi.odg import odg_cambiato
from tavolo.base.amministrazione import Amministrazione, azione_di_passaggio


@admin.register(Incontro)
class IncontroAdmin(Ferma, Amministrazione):
    """Meetings: when, how far, how many were there, whether the minutes are written."""

    resource_classes = [tracciati.TracciatoIncontro]
    list_display = ("titolo", "inizio", "stato", "modalita", "luogo", "quanti_presenti", "il_verbale", "pubblico")
    list_select_related = ("verbale",)
    list_filter = ("stato", "pubblico", "modalita", "temi")
    search_fields = ("titolo", "luogo", "temi__nome")
    autocomplete_fields = ("temi",)
    readonly_fields = ("stato", "autore")
    date_hierarchy = "inizio"
    inlines = (PuntiDentro, PresenzeDentro)
    actions = tuple(azione_di_passaggio(Incontro, p.nome) for p in Incontro.PASSAGGI)
    fieldsets = (
        (None, {"fields": ("titolo", "temi", ("inizio", "fine"), "modalita", "luogo", "collegamento")}),
        ("Nel sito", {"fields": ("stato", "pubblico", "fonte", "slug", "ordine", "autore")}),
    )

    def get_queryset(self, request):
        """Each meeting with how many seats and guests were there."""
        presenti = Count("presenze", filter=Q(presenze__esito__in=PRESENTI))
        return super().get_queryset(request).annotate(numero_presenti=presenti)

    def get_deleted_objects(self, objs, request):
        """What goes with the meeting: its convocations too, that nobody removes one by one."""
        righe, conti, mancano, protetti = super().get_deleted_objects(objs, request)
        return righe, conti, mancano - {Convocazione._meta.verbose_name}, protetti

    def save_formset(self, request, form, formset, change):
        """Rows inside the page; another agenda is a new version of the meeting, as where it is written."""
        super().save_formset(request, form, formset, change)
        if formset.model is PuntoOdg and formset.has_changed():
            odg_cambiato(form.instance, autore=request.user)

    @admin.display(description="presenti", ordering="numero_presenti")
    def quanti_presenti(self, incontro):
        """How many were there."""
        return incontro.numero_presenti

    @admin.display(description="verbale")
    def il_verbale(self, incontro):
        """How far the minutes are."""
        return incontro.verbale.get_stato_display() if hasattr(incontro, "verbale") else "Manca"
