"""Back office of the surveys: prepared, opened, reminded of, closed."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from risorse.models import EnteInRicognizione, Ricognizione
from risorse.servizi.cifre import cifre
from risorse.servizi.ricognizioni import (
    RispostaNonPossibile,
    a_chi_si_scrive,
    apri_ricognizione,
    chiama_enti_con_servizi,
    chiudi_ricognizione,
    ricorda,
)
from risorse.tracciati.proposte import TracciatoRicognizione
from tavolo.base.amministrazione import AmministrazioneSoloExport, RigheDentro, chiave
from tavolo.base.indirizzi import portale
from tavolo.base.stati import PassaggioNonPossibile


class ChiamatiDentro(RigheDentro):
    """The enti called; of a closed survey none comes and none goes."""

    model = EnteInRicognizione
    autocomplete_fields = ("ente",)
    readonly_fields = ("concluso_il",)
    verbose_name_plural = "enti chiamati"

    def has_add_permission(self, request, obj=None):
        """While it is not closed."""
        return super().has_add_permission(request, obj) and not (obj and obj.chiusa)

    def has_change_permission(self, request, obj=None):
        """While it is not closed."""
        return super().has_change_permission(request, obj) and not (obj and obj.chiusa)

    def has_delete_permission(self, request, obj=None):
        """While it is not closed."""
        return super().has_delete_permission(request, obj) and not (obj and obj.chiusa)


@admin.register(Ricognizione)
class RicognizioneAdmin(AmministrazioneSoloExport):
    """Surveys: their state changes by the buttons of their page; a closed one is only read."""

    resource_classes = [TracciatoRicognizione]
    change_form_template = "admin/risorse/ricognizione/change_form.html"
    list_display = ("titolo", "scadenza", "stato", "chiusa_il")
    list_filter = ("stato",)
    search_fields = ("titolo", "istruzioni")
    readonly_fields = ("stato", "chiusa_il")
    fields = ("titolo", "scadenza", "istruzioni", "stato", "chiusa_il")
    inlines = (ChiamatiDentro,)

    def has_change_permission(self, request, obj=None):
        """While it is not closed."""
        return super().has_change_permission(request, obj) and not (obj and obj.chiusa)

    def has_delete_permission(self, request, obj=None):
        """While it is not closed; never in bulk, where closed ones could be among them."""
        return obj is not None and not obj.chiusa and super().has_delete_permission(request, obj)

    def get_urls(self):
        """One more verb: the buttons of the page."""
        passo = path(
            "<path:object_id>/passo/<slug:nome>/",
            self.admin_site.admin_view(self.passo),
            name="risorse_ricognizione_passo",
        )
        return [passo, *super().get_urls()]

    def passo(self, request, object_id, nome):
        """Do what a button of the page says."""
        ricognizione = get_object_or_404(Ricognizione, pk=chiave(object_id))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not super().has_change_permission(request, ricognizione):
            raise PermissionDenied
        verbi = {"chiama": self._chiama, "apri": self._apri, "ricorda": self._ricorda, "chiudi": self._chiudi}
        if nome not in verbi:
            raise Http404
        try:
            risposta = verbi[nome](request, ricognizione)
        except (PassaggioNonPossibile, RispostaNonPossibile) as impossibile:
            self.message_user(request, str(impossibile), messages.ERROR)
            risposta = None
        return risposta or HttpResponseRedirect(reverse("admin:risorse_ricognizione_change", args=[ricognizione.pk]))

    def _chiama(self, request, ricognizione):
        quanti = chiama_enti_con_servizi(ricognizione, autore=request.user)
        self.message_user(request, f"Enti aggiunti: {quanti}.", messages.SUCCESS)

    def _apri(self, request, ricognizione):
        con, senza = a_chi_si_scrive(ricognizione)
        if not ricognizione.impedimento(ricognizione.passaggio("apri")) and "comunque" not in request.POST:
            return self._chiedi(request, ricognizione, "apri", con=con, senza=senza)
        senza = apri_ricognizione(ricognizione, autore=request.user, base=portale(request))
        self.log_change(request, ricognizione, "Apri la ricognizione")
        scritto = f"abbiamo scritto a {_enti(len(con))} su {len(con) + len(senza)}"
        self.message_user(request, f"La ricognizione è aperta: {scritto}.", messages.SUCCESS)
        self._di_chi_manca(request, senza)
        return None

    def _chiedi(self, request, ricognizione, nome, **contesto):
        titoli = {"apri": "Aprire la ricognizione e scrivere agli enti?", "chiudi": "Chiudere la ricognizione?"}
        base = {**self.admin_site.each_context(request), "opts": self.opts, "ricognizione": ricognizione}
        modello = f"admin/risorse/ricognizione/{nome}.html"
        return TemplateResponse(request, modello, {**base, "title": titoli[nome], **contesto})

    def _ricorda(self, request, ricognizione):
        quanti, senza = ricorda(ricognizione, base=portale(request))
        self.message_user(
            request, f"Promemoria agli enti che non hanno finito: {quanti - len(senza)}.", messages.SUCCESS
        )
        self._di_chi_manca(request, senza)

    def _chiudi(self, request, ricognizione):
        numeri = cifre(ricognizione)
        mancanti = [ente["nome"] for ente in numeri["enti"] if not ente["concluso_il"]]
        if ricognizione.aperta and mancanti and "comunque" not in request.POST:
            senza = numeri["totale"]["senza_risposta"]
            return self._chiedi(request, ricognizione, "chiudi", mancanti=mancanti, senza_risposta=senza)
        chiudi_ricognizione(ricognizione, autore=request.user)
        self.log_change(request, ricognizione, "Chiudi e fissa le cifre")
        self.message_user(request, "La ricognizione è chiusa: le sue cifre non cambiano più.", messages.SUCCESS)
        return None

    def _di_chi_manca(self, request, senza):
        if senza:
            elenco = "; ".join(str(ente) for ente in senza)
            self.message_user(request, f"Non hanno nessuna persona a cui scrivere: {elenco}.", messages.WARNING)


def _enti(quanti: int) -> str:
    return "un ente" if quanti == 1 else f"{quanti} enti"
