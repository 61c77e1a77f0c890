"""Changes an ente proposes: to write one, to ask for a withdrawal, to read what became of it."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import DetailView, FormView

from risorse.forms.scheda import PropostaForm, RitiroForm
from risorse.servizi.proposte import (
    SI_PROPONE,
    PropostaNonPossibile,
    differenze_di,
    in_attesa,
    proponi_modifica,
    proponi_ritiro,
)
from risorse.views.accesso import DiRisorsaMixin, proposta_per
from tavolo.base.riservata import RiservataMixin


class ProponeMixin(DiRisorsaMixin):
    """A form that ends in a proposal; a card that is not published yet is written directly instead."""

    def get(self, request, *args, **kwargs):
        """The form, unless the card is not one to propose upon."""
        if self.risorsa.stato not in SI_PROPONE:
            return self.altrove()
        return super().get(request, *args, **kwargs)

    def altrove(self):
        """To the page where this card is written, or back to the list if it is no more."""
        if self.risorsa.si_scrive:
            return redirect("cura:risorsa-update", slug=self.risorsa.slug)
        messages.info(self.request, f"«{self.risorsa}» è una scheda archiviata: non si propone più niente.")
        return redirect("cura:risorsa-list")

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = self.get_success_url()
        return form

    def get_success_url(self):
        """Back to the list of one's services."""
        return reverse("cura:risorsa-list")

    def form_valid(self, form):
        """Make the proposal and say what happens next."""
        try:
            self.proponi(form)
        except PropostaNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(self.request, "Proposta mandata: la scheda cambia quando chi coordina la accoglie.")
        return super().form_valid(form)

    def proponi(self, form):
        """Make the proposal; each page its own."""
        raise NotImplementedError


class PropostaCreateView(ProponeMixin, FormView):
    """`/area/servizi/<slug>/proponi/`: the whole card to correct; what is left as it was is not proposed."""

    form_class = PropostaForm
    template_name = "cura/proposta_form.html"

    def get_form_kwargs(self):
        """The form over a copy of the card: it writes on it what is typed."""
        return super().get_form_kwargs() | {
            "instance": copy(self.risorsa),
            "in_attesa": in_attesa(self.risorsa),
        }

    def proponi(self, form):
        """A change of the fields that are different."""
        nota, autore = form.cleaned_data["nota"], self.request.user
        return proponi_modifica(self.risorsa, prima=form.prima, dopo=form.dopo, nota=nota, autore=autore)


class RitiroCreateView(ProponeMixin, FormView):
    """`/area/servizi/<slug>/ritira/`: why the service is no longer there."""

    form_class = RitiroForm
    template_name = "cura/ritiro_form.html"

    def proponi(self, form):
        """A withdrawal."""
        return proponi_ritiro(self.risorsa, nota=form.cleaned_data["nota"], autore=self.request.user)


class PropostaDetailView(RiservataMixin, DetailView):
    """What was proposed, field by field, and what became of it."""

    template_name = "cura/proposta_detail.html"
    context_object_name = "proposta"

    def get_object(self):
        """The proposal of the address."""
        return proposta_per(self.request.user, self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        """The differences, and whether this person decides them."""
        proposta, utente = self.object, self.request.user
        return super().get_context_data(
            differenze=differenze_di(proposta),
            puo_decidere=proposta.aperta and utente.has_perm("risorse.decidi_propostamodifica", proposta),
            **kwargs,
        )
