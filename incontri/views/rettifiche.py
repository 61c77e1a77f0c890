"""Corrections of approved minutes: to ask for one, to approve it or not."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from incontri.forms.rettifiche import DecisioneForm, RettificaForm
from incontri.models import StatoRettifica
from incontri.servizi.rettifiche import approva_rettifica, proponi_rettifica
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.stati import PassaggioNonPossibile, compi


class DiApprovatoMixin(DiVerbaleMixin):
    """A page about the corrections of minutes: back to them, with a word, while they are not approved."""

    def dispatch(self, request, *args, **kwargs):
        """The page, once the doors are passed and the minutes stand still."""
        if self.has_permission() and not self.verbale.fermo:
            messages.info(request, "Il verbale non è ancora approvato: si corregge il testo, senza rettifica.")
            return redirect(self.verbale)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class=None):
        """The form, with the way back to the minutes."""
        form = super().get_form(form_class)
        form.annulla = self.verbale.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """The minutes, for the template."""
        return super().get_context_data(verbale=self.verbale, **kwargs)


class RettificaCreateView(DiApprovatoMixin, FormView):
    """To ask for a correction: whoever sits at the Tavolo may, the meeting decides."""

    permesso = "incontri.proponi_rettifica"
    form_class = RettificaForm
    template_name = "incontri/rettifica_form.html"

    def get_form_kwargs(self):
        """The minutes: who was at their meeting is looked for in what is to be published."""
        return super().get_form_kwargs() | {"verbale": self.verbale}

    def form_valid(self, form):
        """Keep what was asked for; the form again, with the reason, if it cannot be."""
        try:
            valori = {campo: form.cleaned_data[campo] for campo in ("testo", "motivo", "pubblica")}
            proponi_rettifica(self.verbale, autore=self.request.user, **valori)
        except PassaggioNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(self.request, "Rettifica proposta. Conta quando un incontro la approva.")
        return redirect(self.verbale)


class RettificaDecidiView(DiApprovatoMixin, FormView):
    """To say which meeting approved a correction, or that it was not approved."""

    permesso = "incontri.approva_rettifica"
    form_class = DecisioneForm
    template_name = "incontri/rettifica_decidi.html"

    @cached_property
    def rettifica(self):
        """The correction of the address."""
        return get_object_or_404(self.verbale.rettifiche, pk=self.kwargs["rettifica"])

    def get_form_kwargs(self):
        """The correction: the meetings that may approve it are those after its minutes."""
        return super().get_form_kwargs() | {"rettifica": self.rettifica}

    def get_context_data(self, **kwargs):
        """The correction, for the template."""
        decisa = self.rettifica.stato != StatoRettifica.PROPOSTA
        return super().get_context_data(rettifica=self.rettifica, decisa=decisa, **kwargs)

    def post(self, request, *args, **kwargs):
        """Not approved with its own button; otherwise the form says by which meeting."""
        if "respingi" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            compi(self.rettifica, "respingi", autore=request.user)
        except PassaggioNonPossibile as impossibile:
            messages.error(request, str(impossibile))
        else:
            messages.success(request, "Rettifica non approvata: il verbale resta com'è.")
        return redirect(self.verbale)

    def form_valid(self, form):
        """Give it its number; the form again, with the reason, if it cannot be."""
        try:
            approva_rettifica(self.rettifica, in_incontro=form.cleaned_data["in_incontro"], autore=self.request.user)
        except PassaggioNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(self.request, f"Approvata: è la rettifica {self.rettifica.numero} di questo verbale.")
        return redirect(self.verbale)
