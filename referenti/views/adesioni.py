"""A body asks to join: the form, the thanks, and the page of the signed link that confirms, shows, withdraws."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from referenti.forms.adesioni import AdesioneForm
from referenti.servizi.adesioni import conferma, ritira
from referenti.servizi.link_adesione import LinkNonValido, apri
from tavolo.base.antispam import DelPubblicoMixin, impronta_di, senza_cookie
from tavolo.base.indirizzi import portale
from tavolo.base.stati import PassaggioNonPossibile

# Places a day: of a network address, of who is written to (nobody's box is filled by a stranger), of the portal.
PER_INDIRIZZO, PER_EMAIL, IN_TUTTO = 10, 3, 200


def giorni():
    """How many days a request waits to be confirmed, and how many the people of one that is over are kept."""
    return {
        "giorni_da_confermare": settings.GIORNI_ADESIONE_DA_CONFERMARE,
        "giorni_chiusa": settings.GIORNI_ADESIONE_CHIUSA,
    }


class RichiestaCreateView(DelPubblicoMixin, FormView):
    """`/aderisci/`: what the Tavolo is for who would join, how it decides, the form."""

    form_class = AdesioneForm
    template_name = "referenti/adesione_form.html"

    def get_context_data(self, **kwargs):
        """How long the portal keeps what is sent."""
        return super().get_context_data(**giorni(), **kwargs)

    def get_form_kwargs(self):
        """Bind the stamp to this page."""
        return super().get_form_kwargs() | {"scopo": "aderisci"}

    def posti(self, form):
        """Those of the sender, of the address that will be written to, of everybody."""
        email = salted_hmac("referenti.adesione", form.cleaned_data["email"].lower(), algorithm="sha256").hexdigest()
        return (
            (f"aderisci:{impronta_di(self.request)}", PER_INDIRIZZO),
            (f"aderisci:email:{email[:32]}", PER_EMAIL),
            ("aderisci", IN_TUTTO),
        )

    def inviato(self, form):
        """Keep the request, mail its link, thank."""
        form.invia(base=portale(self.request))
        return redirect("aderisci:grazie")


class GrazieView(TemplateView):
    """`/aderisci/grazie/`: what happens now."""

    template_name = "referenti/adesione_grazie.html"

    def get_context_data(self, **kwargs):
        """How long the link can be waited for."""
        return super().get_context_data(**giorni(), **kwargs)


@method_decorator([never_cache, senza_cookie], name="dispatch")
class RichiestaDetailView(TemplateView):
    """`/aderisci/richiesta/<token>/`, for whoever holds the link: how far the request is; reading it changes nothing."""

    template_name = "referenti/adesione_detail.html"

    def dispatch(self, request, *args, **kwargs):
        """Open the link first: without it there is nothing to show."""
        try:
            self.richiesta = apri(kwargs["token"])
        except LinkNonValido:
            return render(request, "referenti/adesione_link_non_valido.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """The request, and when the Tavolo discusses it."""
        discussione = self.richiesta.discussione if self.richiesta.stato != "ricevuta" else None
        return super().get_context_data(
            richiesta=self.richiesta, incontro=discussione.punto.incontro if discussione else None, **kwargs
        )

    def post(self, request, *args, **kwargs):
        """Confirm the address or withdraw; where it cannot be done any more the page says how far the request is."""
        try:
            if request.POST.get("azione") == "ritira":
                ritira(self.richiesta)
            else:
                conferma(self.richiesta, base=portale(request))
        except PassaggioNonPossibile:
            pass  # the page shows the state it is in
        return redirect(request.path)
