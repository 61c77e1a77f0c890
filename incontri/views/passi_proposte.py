"""The steps of a proposal: a new one, correcting it, taking it away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, DetailView, UpdateView

from incontri.forms.proposte import PassoForm
from incontri.models import PassoProposta
from incontri.servizi.proposte.scrittura import contro_i_passi
from incontri.views.proposte import DellaPropostaMixin, DiPropostaMixin
from tavolo.base.concorrenza import VersioneSuperata, timbro, togli

TOLTO = "Un'altra persona ha tolto questo passo. Se serve ancora, salvalo: ne nasce uno nuovo."


def nuovo(proposta):
    """A step of the proposal, in the last place."""
    ultimo = proposta.passi.order_by("ordine").last()
    return PassoProposta(proposta=proposta, ordine=ultimo.ordine + 1 if ultimo else 1)


class PassoCreateView(DellaPropostaMixin, CreateView):
    """A new step, after the others."""

    form_class = PassoForm
    extra_context = {"titolo": "Nuovo passo"}

    def get_form_kwargs(self):
        """A step of this proposal."""
        return super().get_form_kwargs() | {"instance": nuovo(self.proposta)}


class PassoUpdateView(DellaPropostaMixin, UpdateView):
    """Correcting a step, saying that it is done."""

    form_class = PassoForm
    extra_context = {"titolo": "Modifica il passo"}

    def post(self, request, *args, **kwargs):
        """Save; where someone has taken the step away meanwhile, what was typed comes back as a new one (409)."""
        if self.proposta.passi.filter(pk=kwargs["passo"]).exists():
            return super().post(request, *args, **kwargs)
        form = PassoForm(request.POST, instance=nuovo(self.proposta), utente=request.user)
        form.indirizzo = reverse("proposte:passo-create", args=[self.proposta.pk])
        form.annulla = self.annulla()
        form.add_error(None, contro_i_passi(self.proposta) or TOLTO)
        return render(request, self.template_name, {"form": form, "titolo": "Nuovo passo", "view": self}, status=409)

    def get_object(self, queryset=None):
        """The step of the address."""
        return get_object_or_404(PassoProposta, proposta=self.proposta, pk=self.kwargs["passo"])


class PassoDeleteView(DiPropostaMixin, DetailView):
    """The page that asks whether to take a step away, and does; its history stays."""

    permesso = "incontri.change_proposta"
    template_name = "incontri/passo_togli.html"

    @cached_property
    def passo(self):
        """The step of the address; None if it is there no more."""
        return self.proposta.passi.select_related("ente").filter(pk=self.kwargs["passo"]).first()

    def dispatch(self, request, *args, **kwargs):
        """The page, unless the proposal is over, or somebody (or the first of two clicks) has taken the step away already."""
        if self.has_permission():
            contro = contro_i_passi(self.proposta) or ("" if self.passo else "Questo passo non c'è già più.")
            if contro:
                messages.info(request, contro)
                return redirect(self.proposta)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """The step and its mark."""
        return super().get_context_data(passo=self.passo, timbro=timbro(self.passo), **kwargs)

    def post(self, request, **kwargs):
        """Take it away; where someone has changed it meanwhile the page asks again (409)."""
        try:
            togli(self.passo, versione=request.POST.get("timbro", ""), autore=request.user)
        except VersioneSuperata:
            self.object = self.proposta
            return self.render_to_response(self.get_context_data(cambiato=True), status=409)
        messages.success(request, f"Tolto il passo «{self.passo}».")
        return redirect(self.proposta)
