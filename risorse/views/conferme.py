"""Confirmations: with the signed link of a reminder, or from the reserved area."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from risorse.models import ModoVerifica, Risorsa
from risorse.models.schede import prima_scadenza
from risorse.servizi.link_conferma import LinkNonValido, LinkScaduto, apri
from risorse.servizi.verifiche import ConfermaNonPossibile, conferma_risorsa
from risorse.views.accesso import risorsa_per, verbo
from risorse.views.risorse import RisorsaDetailView


@method_decorator(never_cache, name="dispatch")
class ConfermaView(RisorsaDetailView):
    """`/conferma/<token>/`: the card as the public reads it, and one button; reading it changes nothing.

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

    def get_object(self, queryset=None):
        """The card of the link, whoever holds it."""
        return self.link.risorsa

    def get_template_names(self):
        """What can be done with the link, or what has been done already."""
        if self.link.gia_confermata:
            return ["conferma/risorsa_confermata.html"]
        return ["conferma/risorsa_conferma.html"]

    def get_context_data(self, **kwargs):
        """Besides the card: why it cannot be confirmed, and until when a confirmation would hold."""
        return super().get_context_data(**kwargs) | {
            "impedimento": self.link.impedimento,
            "varrebbe_fino_al": prima_scadenza(),
        }

    def post(self, request, *args, **kwargs):
        """Confirm; a second time, and where it cannot be done, the page says so."""
        if not self.link.gia_confermata and not self.link.impedimento:
            autore = request.user if request.user.is_authenticated else None
            conferma_risorsa(self.link.risorsa, autore=autore, modo=ModoVerifica.LINK)
        return redirect(request.path)


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
