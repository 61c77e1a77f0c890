"""The evidence of a need: written, corrected, removed."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, UpdateView

from incontri.forms.evidenze import EvidenzaForm, PrendiDatoForm
from incontri.models import Bisogno, Evidenza
from incontri.servizi.bisogni.evidenze import da_indicatore, togli_evidenza
from incontri.servizi.bisogni.nascita import BisognoNonPossibile
from incontri.views.bisogni import DiBisognoMixin
from incontri.views.contese import ScritturaMixin
from referenti.models import Indicatore
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
    """A new evidence, by hand or from a figure of the territory (`?indicatore=`)."""

    extra_context = {"titolo": "Aggiungi un'evidenza"}

    @cached_property
    def indicatore(self):
        """The figure that fills the form, or None."""
        chiave = self.request.GET.get("indicatore", "")
        return Indicatore.objects.filter(pk=chiave).select_related("comune").first() if _e_uuid(chiave) else None

    def get_initial(self):
        """The values of the figure."""
        return da_indicatore(self.indicatore) if self.indicatore else {}

    def get_context_data(self, **kwargs):
        """The figures to take from."""
        scelta = PrendiDatoForm(auto_id="dato_%s", initial={"indicatore": self.indicatore and self.indicatore.pk})
        return super().get_context_data(scelta=scelta, indicatore=self.indicatore, **kwargs)


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


def _e_uuid(testo):
    try:
        UUID(testo)
    except ValueError:
        return False
    return True
