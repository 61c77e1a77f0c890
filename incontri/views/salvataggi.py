"""Autosave of the page of a point: what is typed is kept every few seconds, and offered again."""

import secrets

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import DetailView

from incontri.models import SalvataggioAutomatico, Verbale
from incontri.servizi import salvataggi
from incontri.servizi.modifiche import modificabile
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.passi import DaFare, Passo
from tavolo.base.riservata import RiservataMixin, verbo

LUNGHEZZA_PAGINA = 32


def pagina_di(request):
    """Which page is being written: the one the form says, or a new one."""
    return request.POST.get("pagina", "")[:LUNGHEZZA_PAGINA] or secrets.token_urlsafe(12)


def contesto(request, punto, pagina):
    """For the template: which page this is, what was typed in others and not saved, who else is here."""
    return {
        "pagina": pagina,
        "da_riprendere": salvataggi.da_riprendere(punto, utente=request.user, tranne=pagina),
        "altri_qui": salvataggi.chi_altro(punto, utente=request.user),
    }


class SalvataggioView(DiVerbaleMixin, View):
    """`POST` keeps the fields of the page, if there are some, and says who else has it open; in JSON."""

    permesso = "incontri.change_verbale"
    http_method_names = ("post",)

    @cached_property
    def punto(self):
        """The point of the address."""
        return get_object_or_404(self.verbale.incontro.punti, pk=self.kwargs["punto"])

    def handle_no_permission(self):
        """No page for who is not logged in any more: the script keeps the text in the browser."""
        if not self.request.user.is_authenticated:
            return JsonResponse({"accesso": False}, status=401)
        return super().handle_no_permission()

    def post(self, request, *args, **kwargs):
        """The time it was kept at, who else is here, whether there is something of other pages to take up again."""
        risposta = {"altri": salvataggi.segna_aperta(self.punto, utente=request.user)}
        pagina = pagina_di(request)
        if any(nome.startswith(salvataggi.PREFISSO) for nome in request.POST):
            try:
                tenuto = salvataggi.tieni(self.punto, request.POST.dict(), pagina=pagina, utente=request.user)
            except salvataggi.TroppoLungo:
                return JsonResponse(
                    risposta | {"errore": "Il testo è troppo lungo per il salvataggio automatico."}, status=413
                )
            risposta["ora"] = f"{timezone.localtime(tenuto.aggiornato):%H:%M}"
            offerti = salvataggi.da_riprendere(self.punto, utente=request.user)
            risposta["offerto"] = any(altro.pk == tenuto.pk for altro in offerti)
        return JsonResponse(risposta)


@verbo(lambda chiavi: reverse("incontri:salvataggio-detail", args=[chiavi["salvataggio"]]))
def salvataggio_scarta(request, salvataggio):
    """Throw away what was typed and not saved: only one's own."""
    tenuto = get_object_or_404(SalvataggioAutomatico, pk=salvataggio, utente=request.user)
    tenuto.delete()
    messages.success(request, "Il testo non salvato è stato scartato.")
    if request.POST.get("torna") == "punto":
        return redirect("incontri:voce-update", pk=tenuto.punto.incontro_id, punto=tenuto.punto_id)
    return redirect("area")


class SalvataggioDetailView(RiservataMixin, DetailView):
    """What a person typed and did not save, to read, copy or take up again, whatever has become of the minutes."""

    template_name = "incontri/salvataggio_detail.html"
    pk_url_kwarg = "salvataggio"

    def get_queryset(self):
        """One's own: nobody else's draft is there."""
        propri = SalvataggioAutomatico.objects.filter(utente=self.request.user)
        return propri.select_related("punto__incontro")

    def get_context_data(self, **kwargs):
        """The texts in the order they were written in, and whether they can still go into the minutes."""
        incontro = self.object.punto.incontro
        verbale = Verbale.objects.filter(incontro=incontro).first()
        scrive = verbale is not None and self.request.user.has_perm("incontri.change_verbale", verbale)
        return super().get_context_data(
            incontro=incontro,
            punto=self.object.punto,
            testi=salvataggi.in_ordine(self.object),
            si_riprende=scrive and modificabile(incontro),
            **kwargs,
        )


def testi_non_salvati(utente):
    """A line for each text of the minutes that this person typed and saved nowhere."""
    for tenuto in salvataggi.propri_da_riprendere(utente):
        dove = reverse("incontri:salvataggio-detail", args=[tenuto.pk])
        perche = f"Hai scritto nel verbale senza salvare: {tenuto.punto}"
        yield DaFare(tenuto.punto.incontro, perche, Passo("Guarda il testo", dove), dove, tenuto.aggiornato)
