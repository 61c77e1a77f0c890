"""The newsletter for everybody: asking for it, confirming, unsubscribing, the numbers that left."""

from contextlib import suppress

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, FormView, TemplateView

from incontri.forms.newsletter import IscrizioneForm
from incontri.models import NumeroNewsletter, StatoNumero
from incontri.servizi.newsletter.iscrizioni import conferma, disdici
from incontri.servizi.newsletter.link import LinkNonValido, apri_conferma, apri_disdetta
from incontri.servizi.newsletter.numeri import voci
from incontri.servizi.novita import GENERI
from incontri.servizi.novita.una import prefisso_di
from tavolo.base.antispam import DelPubblicoMixin, impronta_di
from tavolo.base.indirizzi import portale
from tavolo.base.stati import PassaggioNonPossibile

# Places a day: of a network address, of who is written to (nobody's box is filled by a stranger), of the portal.
PER_INDIRIZZO, PER_EMAIL, IN_TUTTO = 10, 3, 300


def inviati():
    """The numbers that have left, the newest first."""
    return NumeroNewsletter.objects.filter(stato=StatoNumero.INVIATO).order_by("-inviato_il")


class IscrizioneCreateView(DelPubblicoMixin, FormView):
    """`/newsletter/`: what it is, the form, the numbers that left."""

    form_class = IscrizioneForm
    template_name = "lavoro/newsletter.html"

    def get_context_data(self, **kwargs):
        """The last numbers, and how long addresses are kept."""
        return super().get_context_data(
            numeri=inviati()[:24],
            giorni_disdetta=settings.GIORNI_NEWSLETTER_DISDETTA,
            giorni_da_confermare=settings.GIORNI_NEWSLETTER_DA_CONFERMARE,
            **kwargs,
        )

    def get_form_kwargs(self):
        """Bind the stamp to this page."""
        return super().get_form_kwargs() | {"scopo": "newsletter"}

    def posti(self, form):
        """Those of the sender, of the address that will be written to, of everybody."""
        email = salted_hmac("incontri.newsletter", form.cleaned_data["email"].lower(), algorithm="sha256").hexdigest()
        return (
            (f"newsletter:{impronta_di(self.request)}", PER_INDIRIZZO),
            (f"newsletter:email:{email[:32]}", PER_EMAIL),
            ("newsletter", IN_TUTTO),
        )

    def inviato(self, form):
        """Keep the asking, mail its link, thank: the same whether or not the address was known."""
        form.invia(base=portale(self.request))
        return redirect("newsletter:grazie")


class GrazieView(TemplateView):
    """`/newsletter/grazie/`: what happens now."""

    template_name = "lavoro/newsletter_grazie.html"
    extra_context = {"passo": "grazie"}


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class _ConLinkView(TemplateView):
    """A page of a mailed link: reading it changes nothing (programs of mail open links), its button does."""

    template_name = "lavoro/newsletter_link.html"
    passo = ""

    def dispatch(self, request, *args, **kwargs):
        """Open the link first: without it there is nothing to show."""
        try:
            self.iscrizione = self.apri(kwargs["token"])
        except LinkNonValido:
            return render(request, "lavoro/newsletter_grazie.html", {"passo": "non-valido"}, status=404)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """How far the subscription is."""
        return super().get_context_data(iscrizione=self.iscrizione, passo=self.passo, **kwargs)

    def post(self, request, *args, **kwargs):
        """Do it, and show how it stands; in the answer itself, for who unsubscribes with one click reads no other page."""
        with suppress(PassaggioNonPossibile):  # the page shows the state it is in
            self.compie(self.iscrizione)
        return self.render_to_response(self.get_context_data())


class ConfermaView(_ConLinkView):
    """`/newsletter/conferma/<token>/`."""

    passo = "conferma"
    apri = staticmethod(apri_conferma)
    compie = staticmethod(conferma)


class DisdettaView(_ConLinkView):
    """`/newsletter/disdetta/<token>/`: a POST is enough, without a cookie or a login (RFC 8058)."""

    passo = "disdetta"
    apri = staticmethod(apri_disdetta)
    compie = staticmethod(disdici)


class NumeroPubblicoView(DetailView):
    """A number that has left, as everybody reads it."""

    template_name = "lavoro/newsletter_numero.html"
    context_object_name = "numero"

    def get_queryset(self):
        """Those that have left."""
        return inviati()

    def get_context_data(self, **kwargs):
        """Its news, each with the name of its kind."""
        righe = [(una, GENERI[una.genere].nome) for una in voci(self.object)]
        return super().get_context_data(righe=righe, prefisso=prefisso_di(self.request.LANGUAGE_CODE), **kwargs)
