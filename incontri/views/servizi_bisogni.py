"""The services linked to a need by hand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from incontri.forms.servizi_bisogni import CercaServizioForm, ServizioForm
from incontri.models import Bisogno
from incontri.servizi.bisogni.nascita import BisognoNonPossibile
from incontri.servizi.bisogni.servizi import collega_servizio, scollega_servizio
from incontri.views.bisogni import DiBisognoMixin
from tavolo.base import riservata

verbo = riservata.verbo(lambda chiavi: reverse("bisogni:servizio-list", args=[chiavi["pk"]]))
VERBI = {"collega": collega_servizio, "scollega": scollega_servizio}


class ServizioListView(DiBisognoMixin, TemplateView):
    """Those linked, and those that can be (`?q=`)."""

    permesso = "incontri.change_bisogno"
    template_name = "incontri/bisogno_servizi.html"

    def get_context_data(self, **kwargs):
        """The services, and the search."""
        collegati = list(self.bisogno.risorse.select_related("ente"))
        cerca = CercaServizioForm(self.request.GET)
        return super().get_context_data(
            bisogno=self.bisogno,
            categorie=list(self.bisogno.categorie.all()),
            collegati=collegati,
            cerca=cerca,
            trovati=cerca.trovati(collegati),
            cercato=self.request.GET.get("q", ""),
            **kwargs,
        )


@verbo
def servizio_collega(request, pk, nome):
    """Link a service to the need, or take the link away."""
    bisogno = get_object_or_404(Bisogno.objects.visibili_a(request.user), pk=pk)
    if nome not in VERBI:
        raise Http404("Questo non si può fare.")
    if not request.user.has_perm("incontri.change_bisogno", bisogno):
        raise PermissionDenied
    form = ServizioForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Questo servizio non c'è più: cercane un altro.")
        return redirect("bisogni:servizio-list", pk=pk)
    servizio = form.cleaned_data["servizio"]
    try:
        VERBI[nome](bisogno, servizio, autore=request.user)
    except BisognoNonPossibile as impossibile:
        messages.error(request, str(impossibile))
    else:
        messages.success(request, f"{'Collegato' if nome == 'collega' else 'Tolto'}: {servizio}.")
    return redirect("bisogni:servizio-list", pk=pk)
