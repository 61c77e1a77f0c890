"""Confirmations: with the signed link of a reminder, or from the reserved area."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from risorse.forms.scheda import PropostaForm, RitiroForm
from risorse.models import ModoVerifica, PropostaModifica, Risorsa
from risorse.models.schede import prima_scadenza
from risorse.servizi.link_conferma import LinkNonValido, LinkScaduto, apri
from risorse.servizi.proposte import PropostaNonPossibile, in_attesa, proponi_modifica, proponi_ritiro
from risorse.servizi.verifiche import ConfermaNonPossibile, conferma_risorsa
from risorse.views.accesso import risorsa_per, verbo
from risorse.views.risorse import RisorsaDetailView


@method_decorator(never_cache, name="dispatch")
class ConLinkMixin:
    """A page below `/conferma/<token>/`, for whoever holds the link; reading it changes nothing.

    The policy of the portal keeps the address from other sites ("same-origin"). A stricter one would make browsers
    send `Origin: null` with the form, which the protection from forged requests refuses.
    """

    def dispatch(self, request, *args, **kwargs):
        """Open the link first: without it there is nothing to show."""
        try:
            self.link = apri(kwargs["token"])
        except LinkNonValido as errore:
            scaduto = isinstance(errore, LinkScaduto)
            pagina = {"scaduto": scaduto}
            return render(request, "conferma/link_non_valido.html", pagina, status=410 if scaduto else 404)
        return super().dispatch(request, *args, **kwargs)

    @property
    def pagina(self) -> str:
        """The page of the link."""
        return reverse("conferma:risorsa-conferma", args=[self.kwargs["token"]])

    @property
    def autore(self) -> Any:
        """Who is logged in besides holding the link; None for nobody."""
        return self.request.user if self.request.user.is_authenticated else None


class ConfermaView(ConLinkMixin, RisorsaDetailView):
    """`/conferma/<token>/`: the card as the public reads it, and one button."""

    def get_object(self, queryset=None):
        """The card of the link, whoever holds it."""
        return Risorsa.objects.con_orari().prefetch_related(*self.TERMINI).get(pk=self.link.risorsa.pk)

    def get_template_names(self):
        """What can be done with the link, or what has been done already."""
        if self.link.gia_confermata:
            return ["conferma/risorsa_confermata.html"]
        return ["conferma/risorsa_conferma.html"]

    def get_context_data(self, **kwargs):
        """Besides the card: why it cannot be confirmed, until when it would hold, and what was already proposed."""
        return super().get_context_data(**kwargs) | {
            "token": self.kwargs["token"],
            "impedimento": self.link.impedimento,
            "varrebbe_fino_al": prima_scadenza(),
            "proposta": PropostaModifica.objects.aperte().filter(risorsa=self.object).first(),
        }

    def post(self, request, *args, **kwargs):
        """Confirm; a second time, and where it cannot be done, the page says so."""
        if self.link.vivo:
            conferma_risorsa(self.link.risorsa, autore=self.autore, modo=ModoVerifica.LINK)
        return redirect(self.pagina)


class ProponeDaLinkMixin(ConLinkMixin):
    """A form of the link that ends in a proposal; it takes what was typed even if a colleague confirmed meanwhile."""

    def get(self, request, *args, **kwargs):
        """The form; once the link has done its work, the page that says so."""
        return super().get(request, *args, **kwargs) if self.link.vivo else redirect(self.pagina)

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = self.pagina
        return form

    def get_context_data(self, **kwargs):
        """The card, and its link."""
        return super().get_context_data(risorsa=self.link.risorsa, token=self.kwargs["token"], **kwargs)

    def form_valid(self, form):
        """Make the proposal and say what happens next."""
        try:
            self.proponi(form)
        except PropostaNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(self.request, "Grazie: la scheda cambia quando chi coordina accoglie la proposta.")
        return redirect(self.pagina)


class PropostaDaLinkView(ProponeDaLinkMixin, FormView):
    """`/conferma/<token>/correggi/`: the whole card to correct, without logging in."""

    form_class = PropostaForm
    template_name = "conferma/proposta_form.html"

    def get_form_kwargs(self):
        """The form over a copy of the card: it writes on it what is typed."""
        return super().get_form_kwargs() | {
            "instance": copy(self.link.risorsa),
            "in_attesa": in_attesa(self.link.risorsa),
        }

    def proponi(self, form):
        """A change of the fields that are different."""
        testi = {"prima": form.prima, "dopo": form.dopo, "nota": form.cleaned_data["nota"]}
        return proponi_modifica(self.link.risorsa, **testi, autore=self.autore, da_link=True)


class RitiroDaLinkView(ProponeDaLinkMixin, FormView):
    """`/conferma/<token>/ritira/`: why the service is no longer there, without logging in."""

    form_class = RitiroForm
    template_name = "conferma/ritiro_form.html"

    def proponi(self, form):
        """A withdrawal."""
        nota = form.cleaned_data["nota"]
        return proponi_ritiro(self.link.risorsa, nota=nota, autore=self.autore, da_link=True)


@verbo
def risorsa_conferma(request: HttpRequest, slug: str) -> HttpResponse:
    """The button of the list of services: the card is right. Who goes through those to confirm goes on to the next."""
    risorsa = risorsa_per(request.user, slug, "risorse.conferma_risorsa")
    try:
        conferma_risorsa(risorsa, autore=request.user, modo=ModoVerifica.ACCESSO)
    except ConfermaNonPossibile as errore:
        messages.warning(request, str(errore))
    else:
        messages.success(request, f"Grazie: «{risorsa}» è confermata fino al {risorsa.verificare_entro:%d/%m/%Y}.")
    elenco = reverse("cura:risorsa-list")
    if "da_confermare" not in request.POST:
        return redirect(elenco)
    altre = Risorsa.objects.curate_da(request.user).con_scadenza().da_confermare().exists()
    return redirect(f"{elenco}?da_confermare=1" if altre else "area")
