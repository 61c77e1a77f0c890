"""The newsletter in the reserved area, for who coordinates: numbers, composing, preview, sending, what did not leave."""

from copy import copy

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import CreateView, DetailView, ListView, UpdateView, View

from incontri.forms.newsletter import NumeroForm
from incontri.models import NumeroNewsletter, StatoInvio
from incontri.servizi.newsletter.numeri import avvia, dal_giorno, lettera, quanti_iscritti, riprova, voci
from incontri.servizi.newsletter.spedizioni import manda_prova
from incontri.views.contese import ScritturaMixin
from tavolo.base import riservata
from tavolo.base.indirizzi import portale
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin
from tavolo.base.stati import PassaggioNonPossibile

FERMO = "Questo numero è già partito: non si cambia più."
verbo = riservata.verbo(lambda chiavi: reverse("redazione:numero-detail", args=[chiavi["pk"]]))


class DiNumeroMixin(RiservataMixin):
    """A page about one number."""

    permission_required = ("tavolo.entra_area", "incontri.change_numeronewsletter")

    @cached_property
    def numero(self):
        """The number of the address."""
        return get_object_or_404(NumeroNewsletter, pk=self.kwargs["pk"])

    def get_object(self, queryset=None):
        """The number: a copy, for forms write on it what is typed."""
        return copy(self.numero)

    def lettera(self):
        """Its mail, as the first subscriber will read it; the link unsubscribes nobody."""
        base = portale(self.request)
        return lettera(self.numero, base=base, disdetta=base + reverse("newsletter:iscrizione-create"))

    def get_context_data(self, **kwargs):
        """The number."""
        return super().get_context_data(numero=self.numero, **kwargs)


class NumeroListView(RiservataMixin, PaginaTollerante, ListView):
    """The numbers, the newest first, and how many are subscribed."""

    permission_required = ("tavolo.entra_area", "incontri.change_numeronewsletter")
    template_name = "incontri/newsletter_list.html"
    queryset = NumeroNewsletter.objects.order_by("-al", "-creato", "uuid")
    paginate_by = 50

    def get_context_data(self, **kwargs):
        """How many will be written to."""
        return super().get_context_data(iscritti=quanti_iscritti(), **kwargs)


class NumeroFormMixin(ScritturaMixin):
    """The form of a number."""

    template_name = "incontri/newsletter_form.html"
    form_class = NumeroForm


class NumeroCreateView(NumeroFormMixin, RiservataMixin, CreateView):
    """A new number: its words and days; then one chooses among the news."""

    permission_required = ("tavolo.entra_area", "incontri.add_numeronewsletter")
    extra_context = {"titolo": "Nuovo numero"}

    def annulla(self):
        """The list."""
        return reverse("redazione:numero-list")

    def get_initial(self):
        """From the day of the last number to today."""
        return {"dal": dal_giorno(), "al": timezone.localdate()}

    def form_valid(self, form):
        """Save it, with the usual news chosen."""
        numero = form.save()
        messages.success(self.request, "Salvato. Ora scegli le novità e il loro ordine.")
        return redirect("redazione:numero-update", numero.pk)


class NumeroUpdateView(NumeroFormMixin, DiNumeroMixin, UpdateView):
    """Its words, its days, which news and in which order."""

    extra_context = {"titolo": "Componi il numero"}

    def annulla(self):
        """Its page."""
        return self.numero.get_absolute_url()

    def get(self, request, *args, **kwargs):
        """The form, unless it has left."""
        if self.numero.fermo:
            messages.info(request, FERMO)
            return redirect(self.numero)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        """Save, unless it has left or someone else has saved it meanwhile."""
        if self.numero.fermo:
            return self.non_possibile(form, FERMO)
        self.altri_giorni = bool({"dal", "al"} & set(form.changed_data))
        return super().form_valid(form)

    def dopo(self, riga):
        """To the preview; with other days the news are others: to them."""
        if not self.altri_giorni:
            return riga
        messages.info(self.request, "I giorni sono cambiati: guarda le novità che entrano.")
        return reverse("redazione:numero-update", args=[riga.pk])


class NumeroDetailView(DiNumeroMixin, DetailView):
    """The preview in words, how far the sending is, what may be done."""

    template_name = "incontri/newsletter_detail.html"

    def get_context_data(self, **kwargs):
        """The mail, the counts, the mails that did not leave."""
        numero = self.numero
        return super().get_context_data(
            lettera=self.lettera(),
            quante=len(voci(numero)),
            iscritti=quanti_iscritti(),
            conti=numero.conti(),
            fallite=numero.invii.filter(stato=StatoInvio.FALLITA).select_related("iscrizione")[:50],
            **kwargs,
        )


class NumeroHtmlView(DiNumeroMixin, View):
    """The mail as HTML, alone in a page that may do nothing."""

    def get(self, request, *args, **kwargs):
        """The mail."""
        risposta = HttpResponse(self.lettera().html)
        risposta["Content-Security-Policy"] = "sandbox allow-top-navigation-by-user-activation; default-src 'none'"
        return risposta


class NumeroInviaView(DiNumeroMixin, DetailView):
    """How many it will be sent to, and the button that begins."""

    template_name = "incontri/newsletter_invia.html"

    def get(self, request, *args, **kwargs):
        """The page, unless it has left."""
        if self.numero.fermo:
            messages.info(request, FERMO)
            return redirect(self.numero)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """The number of addresses and of news."""
        return super().get_context_data(
            iscritti=quanti_iscritti(),
            quante=len(voci(self.numero)),
            al_minuto=settings.NEWSLETTER_AL_MINUTO,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """Freeze it and write down the mails; the command sends them."""
        try:
            quante = avvia(self.get_object(), autore=request.user)
        except PassaggioNonPossibile as impossibile:
            messages.error(request, str(impossibile))
        else:
            messages.success(request, f"Avviato: {quante} e-mail partono nei prossimi minuti, poche alla volta.")
        return redirect(self.numero)


def _numero_per(utente, pk):
    if not utente.has_perm("incontri.change_numeronewsletter"):
        raise PermissionDenied
    return get_object_or_404(NumeroNewsletter, pk=pk)


@verbo
def numero_prova(request, pk):
    """Send it to who asks, only."""
    numero = _numero_per(request.user, pk)
    errore = manda_prova(numero, email=request.user.email, base=portale(request))
    if errore:
        messages.error(request, f"La prova non è partita: {errore}.")
    else:
        messages.success(request, f"Prova mandata a {request.user.email}.")
    return redirect(numero)


@verbo
def numero_riprova(request, pk):
    """Put the mails that did not leave among those to send."""
    numero = _numero_per(request.user, pk)
    quante = riprova(numero, autore=request.user)
    messages.success(request, f"Rimesse in partenza: {quante}.")
    return redirect(numero)
