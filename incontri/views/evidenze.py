"""The evidence of a need: written, corrected, removed."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import CreateView, UpdateView

from incontri.forms.evidenze import EvidenzaForm, PrendiDatoForm
from incontri.models import Bisogno, Evidenza
from incontri.servizi.bisogni.evidenze import da_indicatore, togli_evidenza
from incontri.servizi.bisogni.nascita import BisognoNonPossibile
from incontri.views.bisogni import DiBisognoMixin
from incontri.views.contese import ScritturaMixin
from tavolo.base import riservata

verbo = riservata.verbo(lambda chiavi: reverse("bisogni:bisogno-detail", args=[chiavi["pk"]]))


class EvidenzaFormMixin(DiBisognoMixin, ScritturaMixin):
    """The form of an evidence of the need of the address; a merged need sends back to its page."""

    permesso = "incontri.change_bisogno"
    salvato = "Salvata."
    impossibili = BisognoNonPossibile
    model = Evidenza
    form_class = EvidenzaForm
    template_name = "incontri/evidenza_form.html"

    def get(self, request, *args, **kwargs):
        """The form, unless the need was merged."""
        if self.bisogno.unito_a is not None:
            messages.info(request, f"Questo bisogno è stato unito a «{self.bisogno.unito_a}»: si scrive lì.")
            return redirect(self.bisogno)
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        """The form, about the need of the address."""
        form = super().get_form(form_class)
        form.instance.bisogno = self.bisogno
        return form

    def annulla(self):
        """The page of the need."""
        return self.bisogno.get_absolute_url()

    def dopo(self, riga):
        """Back to the evidence of the need; who typed a count under five is told why it is not there."""
        if riga.soppresso:
            messages.info(self.request, "Sono meno di cinque persone: il numero non si conserva.")
        return f"{self.annulla()}#evidenze"


class EvidenzaCreateView(EvidenzaFormMixin, CreateView):
    """A new evidence, by hand or from a figure of the territory."""

    extra_context = {"titolo": "Aggiungi un'evidenza"}

    def post(self, request, *args, **kwargs):
        """Save; or only fill the form from a figure, and keep the words already typed."""
        if "riempi" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = None
        scelta = PrendiDatoForm(request.POST)
        preso = da_indicatore(scelta.cleaned_data["dato"]) if scelta.is_valid() else {}
        scritto = {nome: request.POST[nome] for nome in self.form_class.base_fields if request.POST.get(nome)}
        if "testo" in scritto:
            preso.pop("testo", None)
        self.initial = scritto | preso
        form = self.get_form_class()(initial=self.initial, utente=request.user)
        form.annulla = self.annulla()
        return self.render_to_response(self.get_context_data(form=form, scelta=scelta, preso=preso))

    def get_context_data(self, **kwargs):
        """The figures to take from."""
        return super().get_context_data(**{"scelta": PrendiDatoForm(), **kwargs})


class EvidenzaUpdateView(EvidenzaFormMixin, UpdateView):
    """A correction."""

    extra_context = {"titolo": "Correggi l'evidenza"}

    def get_object(self):
        """The evidence of the address: a copy, for the form writes on it what is typed.

        What was typed over an evidence that somebody removed meanwhile becomes a new one: nothing typed is lost.
        """
        riga = self.bisogno.evidenze.select_related("comune").filter(pk=self.kwargs["evidenza"]).first()
        if riga is None and self.request.method != "POST":
            raise Http404("Questa evidenza non c'è più.")
        return copy(riga)


@verbo
def evidenza_togli(request, pk, evidenza):
    """Remove an evidence of the need."""
    bisogno = get_object_or_404(Bisogno.objects.visibili_a(request.user), pk=pk)
    if not request.user.has_perm("incontri.change_bisogno", bisogno):
        raise PermissionDenied
    riga = bisogno.evidenze.filter(pk=evidenza).first()
    if riga is None:
        messages.info(request, "Questa evidenza non c'è più.")
        return redirect(bisogno)
    try:
        togli_evidenza(riga, autore=request.user)
    except BisognoNonPossibile as impossibile:
        messages.error(request, str(impossibile))
    else:
        messages.success(request, "Tolta. Che cosa diceva si legge ancora in «Che cosa è cambiato».")
    return redirect(bisogno)
