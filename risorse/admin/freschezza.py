"""Back office of the confirmations: which cards are due, who confirmed what, the share in term of each ente."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html

from risorse import tracciati
from risorse.models import Freschezza, ModoVerifica, Risorsa, Verifica
from risorse.servizi.freschezza import in_tutto, quote_per_ente
from risorse.servizi.verifiche import ConfermaNonPossibile, conferma_risorsa
from tavolo.base.amministrazione import AmministrazioneSoloExport
from tavolo.base.sola_lettura import SolaLettura


class FreschezzaFilter(admin.SimpleListFilter):
    """How cards stand towards their due date: of those somebody answers for."""

    title = "freschezza"
    parameter_name = "freschezza"

    def lookups(self, request, model_admin):
        """The four ways."""
        return Freschezza.choices

    def queryset(self, request, queryset):
        """The cards that stand so today."""
        if self.value() not in Freschezza.values:
            return queryset
        return queryset.filter(
            pk__in=Risorsa.objects.con_scadenza().di_freschezza(self.value()).order_by().values("pk")
        )


def _azione_di_verifica(modo: ModoVerifica, come: str) -> Any:
    @admin.action(description=f"Segna come verificate {come} (le righe scelte)")
    def azione(modeladmin, request, queryset):
        fatte, rifiuti = 0, []
        for risorsa in queryset:
            if not request.user.has_perm("risorse.conferma_risorsa", risorsa):
                rifiuti.append(f"«{risorsa}»: non hai il permesso.")
                continue
            try:
                conferma_risorsa(risorsa, autore=request.user, modo=modo)
            except ConfermaNonPossibile as errore:
                rifiuti.append(f"«{risorsa}»: {errore}")
            else:
                modeladmin.log_change(request, risorsa, f"Verificata {come}")
                fatte += 1
        if fatte:
            modeladmin.message_user(request, f"Schede verificate: {fatte}.", messages.SUCCESS)
        for rifiuto in rifiuti[:20]:
            modeladmin.message_user(request, rifiuto, messages.WARNING)
        if len(rifiuti) > 20:
            modeladmin.message_user(request, f"E per altre {len(rifiuti) - 20} righe.", messages.WARNING)

    azione.__name__ = f"verificate_{modo.value}"
    return azione


AZIONI_DI_VERIFICA = (
    _azione_di_verifica(ModoVerifica.TELEFONO, "per telefono"),
    _azione_di_verifica(ModoVerifica.FONTE, "su una fonte pubblica"),
)


class ConFreschezzaMixin:
    """What the page of the services shows of their freshness, and the page of the shares by ente."""

    admin_site: Any
    has_view_permission: Any

    @admin.display(description="da verificare entro", ordering="verificare_entro")
    def entro(self, risorsa):
        """The due date and, if the card is not simply in term, how it stands."""
        giorno = f"{risorsa.verificare_entro:%d/%m/%Y}"
        if risorsa.freschezza == Freschezza.IN_TERMINE:
            return giorno
        return format_html("{} <strong>{}</strong>", giorno, risorsa.freschezza.label)

    def get_urls(self):
        """One more page: the shares by ente."""
        vista = self.admin_site.admin_view(self.vista_freschezza)
        return [path("freschezza/", vista, name="risorse_risorsa_freschezza"), *super().get_urls()]  # type: ignore[misc]

    def vista_freschezza(self, request: HttpRequest) -> HttpResponse:
        """`/amministrazione/risorse/risorsa/freschezza/`: how many cards are in term, ente by ente and in all."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        quote = quote_per_ente()
        contesto = {
            **self.admin_site.each_context(request),
            "title": "Schede in termine, per ente",
            "quote": quote,
            "totale": in_tutto(quote),
            "demo": settings.DEMO,
        }
        return render(request, "admin/risorse/freschezza.html", contesto)


@admin.register(Verifica)
class VerificaAdmin(SolaLettura, AmministrazioneSoloExport):
    """Confirmations, to read: they are given by link, in the reserved area, or with the actions of the services."""

    resource_classes = [tracciati.TracciatoVerifica]
    list_display = ("giorno", "risorsa", "di_chi", "modo", "autore", "nota")
    list_select_related = ("risorsa__ente", "autore")
    list_filter = ("modo", "risorsa__ente")
    search_fields = ("risorsa__nome", "risorsa__ente__denominazione", "nota")
    fields = ("risorsa", "giorno", "modo", "nota", "autore")
    readonly_fields = fields

    @admin.display(description="ente", ordering="risorsa__ente__denominazione")
    def di_chi(self, verifica):
        """The ente of the card."""
        return verifica.risorsa.ente
