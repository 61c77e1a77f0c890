"""The verbs of a scoring round: opening and closing turns, asking for votes."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from incontri.forms.rilevazioni import PassaggioForm, TurnoForm
from incontri.models import Rilevazione
from incontri.models.rilevazione import APERTE_AL_VOTO
from incontri.servizi.rilevazioni.promemoria import da_chiedere, senza_voce, spedisci
from incontri.servizi.rilevazioni.turni import CHE_APRONO, passa
from incontri.servizi.rilevazioni.voti import chi_ha_votato
from incontri.views.rilevazioni import DiRilevazioneMixin
from tavolo.base import riservata
from tavolo.base.indirizzi import portale
from tavolo.base.stati import PassaggioNonPossibile

verbo = riservata.verbo(lambda chiavi: reverse("rilevazioni:rilevazione-detail", args=[chiavi["pk"]]))


def _passaggio(utente, rilevazione, nome):
    """The passage of the address: 404 if there is none, 403 if it is not for this person."""
    try:
        passaggio = rilevazione.passaggio(nome)
    except KeyError:
        raise Http404("Questo passaggio non esiste.") from None
    if not utente.has_perm(passaggio.permesso, rilevazione):
        raise PermissionDenied
    return passaggio


class PassaggioView(DiRilevazioneMixin, FormView):
    """Closing a turn, publishing: says what follows and who has not finished, then does it."""

    permesso = "incontri.change_rilevazione"
    form_class = PassaggioForm
    template_name = "incontri/rilevazione_passaggio.html"

    @cached_property
    def passaggio(self):
        """The passage of the address."""
        return _passaggio(self.request.user, self.rilevazione, self.kwargs["nome"])

    def dispatch(self, request, *args, **kwargs):
        """Opening a turn asks for a day, on a page of its own."""
        if kwargs["nome"] in CHE_APRONO:
            return redirect("rilevazioni:turno", **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        """The question, unless the state does not allow it."""
        if self.rilevazione.stato not in self.passaggio.da:
            messages.error(request, self.rilevazione.impedimento(self.passaggio))
            return redirect(self.rilevazione)
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        """The button, with the words of the passage and the way back."""
        form = super().get_form(form_class)
        form.azione, form.annulla = self.passaggio.etichetta, self.rilevazione.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """The passage, and the enti that have not finished while a turn is open."""
        enti = chi_ha_votato(self.rilevazione) if self.rilevazione.stato in APERTE_AL_VOTO else []
        return super().get_context_data(
            passaggio=self.passaggio, enti=enti, mancano=[ente for ente, conto in enti if not conto.finito], **kwargs
        )

    def form_valid(self, form):
        """Do it; what cannot be done gives the page back with the reason."""
        try:
            passa(self.rilevazione, self.passaggio.nome, autore=self.request.user)
        except PassaggioNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(self.request, f"Fatto: ora lo stato è «{self.rilevazione.get_stato_display()}».")
        return redirect(self.rilevazione)


@transaction.non_atomic_requests
@verbo
def rilevazione_sollecita(request, pk):
    """Ask the enti that have not finished, those not asked yet this week; say who could not be reached."""
    rilevazione = get_object_or_404(Rilevazione.objects.visibili_a(request.user), pk=pk)
    if not request.user.has_perm("incontri.change_rilevazione", rilevazione):
        raise PermissionDenied
    esiti = list(spedisci(da_chiedere(rilevazione, timezone.localdate()), base=portale(request)))
    non_partite = [f"{richiesta.ente.nome_corto} ({errore})" for richiesta, errore in esiti if errore]
    if non_partite:
        messages.error(request, f"Non siamo riusciti a scrivere a: {', '.join(non_partite)}.")
    if partite := len(esiti) - len(non_partite):
        messages.success(request, f"Abbiamo scritto a {partite} {'ente' if partite == 1 else 'enti'}.")
    if not esiti:
        messages.info(request, "Questa settimana abbiamo già scritto a tutti quelli che devono ancora votare.")
    return redirect(rilevazione)


class TurnoView(DiRilevazioneMixin, FormView):
    """Asks by when one votes, and opens the turn; the enti are told by mail."""

    permesso = "incontri.change_rilevazione"
    form_class = TurnoForm
    template_name = "incontri/turno_form.html"

    def get(self, request, *args, **kwargs):
        """The question, unless the turn cannot open."""
        passaggio = _passaggio(request.user, self.rilevazione, kwargs["nome"])
        if kwargs["nome"] not in CHE_APRONO:
            raise Http404
        if self.rilevazione.stato not in passaggio.da:
            messages.error(request, self.rilevazione.impedimento(passaggio))
            return redirect(self.rilevazione)
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = self.rilevazione.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """Which turn it is, and the enti nobody may vote for."""
        secondo = self.kwargs["nome"] == "apri-secondo"
        return super().get_context_data(secondo=secondo, senza_voce=senza_voce(self.rilevazione.enti.all()), **kwargs)

    def form_valid(self, form):
        """Open it; what is missing is said beside the day."""
        rilevazione, nome = self.rilevazione, self.kwargs["nome"]
        if nome not in CHE_APRONO:
            raise Http404
        try:
            passa(rilevazione, nome, entro=form.cleaned_data["entro"], autore=self.request.user)
        except PassaggioNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        # The turn stays open whatever becomes of the mails: who was not reached is asked again from the page of the round.
        transaction.on_commit(partial(_avvisa, rilevazione, portale(self.request)), robust=True)
        messages.success(self.request, "La votazione è aperta: lo scriviamo adesso agli enti.")
        return redirect(rilevazione)


def _avvisa(rilevazione, base):
    list(spedisci(da_chiedere(rilevazione, timezone.localdate()), base=base))
