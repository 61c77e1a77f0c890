"""The verbs of meetings and minutes: from one state to another."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.views.generic import FormView

from incontri.forms.ciclo import RiprendiForm
from incontri.servizi.avvisi import avvisa_della_condivisione
from incontri.servizi.condivisioni import condividi_verbale, riprendi_verbale
from incontri.servizi.spedizioni import avvisa
from incontri.views.accesso import incontro_per, verbale_per, verbo
from incontri.views.convocazioni import racconta
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.indirizzi import portale
from tavolo.base.passi import in_giorno
from tavolo.base.stati import PassaggioNonPossibile, compi

# The passages that ask something first, and the page that asks it.
PAGINE = {
    "riprendi": "incontri:verbale-riprendi",
    "approva": "incontri:verbale-approva",
    "approva-seduta-stante": "incontri:verbale-approva",
    "pubblica": "incontri:verbale-pubblica",
}


@transaction.non_atomic_requests
@verbo
def incontro_passaggio(request, pk, nome):
    """Bring a meeting through a passage of its table; who had been called to a meeting now cancelled is told."""
    incontro = incontro_per(request.user, pk)
    _permesso(request, incontro, nome)
    try:
        compi(incontro, nome, autore=request.user)
    except PassaggioNonPossibile as impossibile:
        messages.error(request, str(impossibile))
    else:
        messages.success(request, f"Fatto: ora lo stato è «{incontro.get_stato_display()}».")
        if incontro.annullato:
            racconta(request, avvisa(incontro, autore=request.user, base=portale(request)))
    return redirect(incontro)


@verbo
def verbale_passaggio(request, pk, nome):
    """Share the minutes; the other passages have a page of their own, and this leads to it."""
    verbale = verbale_per(request.user, pk)
    _permesso(request, verbale, nome)
    if nome in PAGINE:
        return redirect(PAGINE[nome], pk=pk)
    try:
        condividi_verbale(verbale, autore=request.user)
    except PassaggioNonPossibile as impossibile:
        messages.error(request, str(impossibile))
    else:
        messages.success(
            request,
            f"Il verbale è condiviso: gli enti possono osservare fino al {in_giorno(verbale.osservazioni_entro)}.",
        )
        _avvisa(request, verbale)
    return redirect(verbale)


@verbo
def verbale_avvisa(request, pk):
    """Try again to tell the enti whose mail did not leave."""
    _avvisa(request, verbale_per(request.user, pk, "incontri.change_verbale"))
    return redirect("incontri:verbale-detail", pk=pk)


def _permesso(request, oggetto, nome):
    try:
        passaggio = oggetto.passaggio(nome)
    except KeyError:
        raise Http404("Questo passaggio non esiste.") from None
    if not request.user.has_perm(passaggio.permesso, oggetto):
        raise PermissionDenied


def _avvisa(request, verbale):
    """Mail the enti once the sharing is saved for good: it stays, whatever becomes of the mail.

    Who could not be told is named on the page of the minutes, with a button to try again.
    """
    transaction.on_commit(partial(avvisa_della_condivisione, verbale, base=portale(request)), robust=True)


class RiprendiView(DiVerbaleMixin, FormView):
    """Asks why shared minutes are taken back to draft, and does it."""

    permesso = "incontri.change_verbale"
    form_class = RiprendiForm
    template_name = "incontri/verbale_riprendi.html"

    def get(self, request, *args, **kwargs):
        """The question, unless there is nothing to take back."""
        if motivo := self.verbale.impedimento(self.verbale.passaggio("riprendi")):
            messages.error(request, motivo)
            return redirect(self.verbale)
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        """The form, with the way back to the minutes."""
        form = super().get_form(form_class)
        form.annulla = self.verbale.get_absolute_url()
        return form

    def form_valid(self, form):
        """Take them back; what cannot be done gives the form back with the reason."""
        try:
            riprendi_verbale(self.verbale, motivo=form.cleaned_data["motivo"], autore=self.request.user)
        except PassaggioNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(self.request, "Il verbale è di nuovo in bozza: correggilo e condividilo di nuovo.")
        return redirect(self.verbale)
