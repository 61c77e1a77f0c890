"""What the public says of a card: a vote, a report, and the thanks for it."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.generic import FormView, TemplateView

from risorse.forms.segnalazioni import SegnalazioneForm, ValutazioneForm
from risorse.models import Risorsa
from tavolo.base.antispam import DelPubblicoMixin, impronta_di

# Places a day. An address may be a whole library, or a telephone company's: the limits stop machines, not people.
PER_INDIRIZZO, PER_INDIRIZZO_E_SCHEDA, PER_SCHEDA = 40, 5, 200
VOTO_CHE_CHIEDE = 3  # up to this vote one is asked what is wrong


class DallaSchedaView(DelPubblicoMixin, FormView):
    """A form of a published card that anybody sends; refused with 429, and the text given back, past the limits."""

    scopo: str

    def setup(self, request, *args, **kwargs):
        """Find the card; 404 where the public sees none."""
        super().setup(request, *args, **kwargs)
        pubblicate = Risorsa.objects.pubblicate().select_related("ente")
        self.risorsa = get_object_or_404(pubblicate, slug=kwargs["slug"])

    def get_form_kwargs(self):
        """Bind the form to this card."""
        return super().get_form_kwargs() | {"scopo": f"{self.scopo}:{self.risorsa.slug}"}

    def get_context_data(self, **kwargs):
        """The card the form is about."""
        return super().get_context_data(risorsa=self.risorsa, **kwargs)

    def inviato(self, form):
        """Save and thank."""
        grazie = reverse("risorse:risorsa-grazie", args=[self.risorsa.slug])
        return redirect(f"{grazie}?{self.salva(form)}")

    def posti(self, form):
        """Those of this address, of this address on this card, of this card."""
        chi = impronta_di(self.request)
        scheda = f"{self.scopo}:{self.risorsa.pk}"
        return (
            (f"{self.scopo}:{chi}", PER_INDIRIZZO),
            (f"{scheda}:{chi}", PER_INDIRIZZO_E_SCHEDA),
            (scheda, PER_SCHEDA),
        )


class ValutaView(DallaSchedaView):
    """`/servizi/<slug>/valuta/`: how clear the card is, from 1 to 5."""

    scopo = "valuta"
    form_class = ValutazioneForm
    template_name = "risorse/valutazione_form.html"

    def salva(self, form):
        """Keep the vote; say which one, so that the thanks can ask what is wrong."""
        return f"voto={form.salva(self.risorsa, get_language()).voto}"


class SegnalaView(DallaSchedaView):
    """`/servizi/<slug>/segnala/`: what is wrong with the card."""

    scopo = "segnala"
    form_class = SegnalazioneForm
    template_name = "risorse/segnalazione_form.html"

    def get_form(self, form_class=None):
        """The form, with the way back to the card."""
        form = super().get_form(form_class)
        form.annulla = self.risorsa.get_absolute_url()
        form.instance.risorsa, form.instance.lingua = self.risorsa, get_language()
        return form

    def salva(self, form):
        """Keep the report; say whether an answer was asked for."""
        return f"segnalazione={'risposta' if form.save().email else 'inviata'}"


class GrazieView(TemplateView):
    """`/servizi/<slug>/grazie/`: thanks for a vote or a report; who found the card unclear is asked what is wrong."""

    template_name = "risorse/grazie.html"

    def get_context_data(self, **kwargs):
        """The card, and what was sent as far as the address says it."""
        voto = self.request.GET.get("voto", "")
        return super().get_context_data(**kwargs) | {
            "risorsa": get_object_or_404(Risorsa.objects.pubblicate(), slug=kwargs["slug"]),
            "segnalazione": self.request.GET.get("segnalazione", ""),
            "chiedi": voto in [str(numero) for numero in range(1, VOTO_CHE_CHIEDE + 1)],
        }
