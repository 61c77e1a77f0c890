"""Back office of the proposals: what the enti ask to change, decided field by field."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from risorse.models import PropostaModifica
from risorse.servizi.campi import ALTRO
from risorse.servizi.proposte import (
    PropostaNonPossibile,
    accogli_proposta,
    avvisa_dell_esito,
    differenze_di,
    respingi_proposta,
)
from risorse.tracciati.proposte import TracciatoPropostaModifica
from tavolo.base.amministrazione import AmministrazioneSoloExport, chiave
from tavolo.base.indirizzi import portale
from tavolo.base.stati import PassaggioNonPossibile


@admin.register(PropostaModifica)
class PropostaModificaAdmin(AmministrazioneSoloExport):
    """Proposals: the open ones first; the page of one is where it is decided, nothing of it is written by hand."""

    resource_classes = [TracciatoPropostaModifica]
    list_display = ("risorsa", "tipo", "ente", "autore", "quanti_campi", "creato", "stato", "decisa_da")
    list_select_related = ("risorsa", "ente", "autore", "decisa_da")
    list_filter = ("stato", "tipo", "da_link", "ente")
    search_fields = ("risorsa__nome", "ente__denominazione", "nota", "motivazione")
    ordering = ("decisa_il", "-creato")

    @admin.display(description="campi")
    def quanti_campi(self, proposta):
        """How many fields it changes."""
        return len(proposta.dopo) or "–"

    def has_add_permission(self, request):
        """They come from the enti."""
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The proposal beside the card, and the decision."""
        chiave(object_id)
        proposta = self.get_object(request, object_id)
        if proposta is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not request.user.has_perm("risorse.decidi_propostamodifica", proposta):
            raise PermissionDenied
        if request.method == "POST" and self._decidi(request, proposta):
            return HttpResponseRedirect(reverse("admin:risorse_propostamodifica_changelist"))
        return TemplateResponse(
            request,
            "admin/risorse/propostamodifica/decidi.html",
            self._contesto(request, proposta) | (extra_context or {}),
        )

    def _contesto(self, request, proposta):
        righe = differenze_di(proposta)
        inviata = request.method == "POST"
        # That the hours are in the card is for who has written them there to say.
        scelti = (
            request.POST.getlist("campi")
            if inviata
            else [r.campo for r in righe if not r.cambiato and r.campo != ALTRO]
        )
        return {
            **self.admin_site.each_context(request),
            "title": f"Proposta per «{proposta.risorsa}»",
            "opts": self.opts,
            "original": proposta,
            "proposta": proposta,
            "righe": righe,
            "scelti": scelti,
            "motivazione": request.POST.get("motivazione", "") if inviata else "",
            "cambiata": any(riga.cambiato for riga in righe),
        }

    def _decidi(self, request, proposta):
        """Whether the decision was taken; why not is said."""
        motivazione = request.POST.get("motivazione", "")
        try:
            with transaction.atomic():
                if "respingi" in request.POST:
                    decisa = respingi_proposta(proposta, autore=request.user, motivazione=motivazione)
                else:
                    campi = request.POST.getlist("campi")
                    decisa = accogli_proposta(proposta, campi, autore=request.user, motivazione=motivazione)
        except (PropostaNonPossibile, PassaggioNonPossibile) as impossibile:
            self.message_user(request, str(impossibile), messages.ERROR)
            proposta.refresh_from_db()
            return False
        avvisa_dell_esito(decisa, base=portale(request))
        self.log_change(request, decisa, decisa.get_stato_display())
        self.message_user(request, f"{decisa.get_stato_display()}: {decisa.risorsa}.", messages.SUCCESS)
        return True
