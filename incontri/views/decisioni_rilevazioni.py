"""What a meeting makes of a ranking: the decision in its minutes, then the needs that come first."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.generic import FormView

from incontri.forms.decisioni_rilevazioni import DecisioneForm, PrioritaForm
from incontri.models import StatoRilevazione
from incontri.servizi.modifiche import NonModificabile
from incontri.servizi.rilevazioni.decisioni import collega_decisione, metti_in_priorita, porta_in_verbale
from incontri.views.rilevazioni import DiRilevazioneMixin
from tavolo.base.stati import PassaggioNonPossibile


class DecisioneView(DiRilevazioneMixin, FormView):
    """Brings the ranking to the minutes of a meeting as a decision."""

    permesso = "incontri.change_rilevazione"
    form_class = DecisioneForm
    template_name = "incontri/decisione_form.html"

    def get(self, request, *args, **kwargs):
        """The question, once the round is closed."""
        if self.rilevazione.stato != StatoRilevazione.CHIUSA:
            messages.error(request, "La graduatoria si porta in verbale quando la rilevazione è chiusa.")
            return redirect(self.rilevazione)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """The round and who asks."""
        return super().get_form_kwargs() | {"rilevazione": self.rilevazione, "utente": self.request.user}

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = self.rilevazione.get_absolute_url()
        return form

    def form_valid(self, form):
        """Write or link the decision; what cannot be done gives the form back with the reason."""
        dati, utente = form.cleaned_data, self.request.user
        try:
            if dati["voce"]:
                collega_decisione(self.rilevazione, dati["voce"], autore=utente)
            else:
                porta_in_verbale(self.rilevazione, dati["punto"], testo=dati["testo"], autore=utente)
        except (PassaggioNonPossibile, NonModificabile) as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(
            self.request, "Fatto: quando il verbale è approvato metti in priorità i bisogni e pubblichi i risultati."
        )
        return redirect(self.rilevazione)


class PrioritaView(DiRilevazioneMixin, FormView):
    """Marks the needs that come first, once the ranking is approved."""

    permesso = "incontri.change_rilevazione"
    form_class = PrioritaForm
    template_name = "incontri/priorita_form.html"

    def get(self, request, *args, **kwargs):
        """The question, once the ranking is approved."""
        if contro := self.rilevazione.contro_la_decisione:
            messages.error(request, contro)
            return redirect(self.rilevazione)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """The round."""
        return super().get_form_kwargs() | {"rilevazione": self.rilevazione}

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = self.rilevazione.get_absolute_url()
        return form

    def form_valid(self, form):
        """Move them; what cannot be done gives the form back with the reason."""
        try:
            mossi = metti_in_priorita(self.rilevazione, form.cleaned_data["bisogni"], autore=self.request.user)
        except PassaggioNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        quanti = "Un bisogno è diventato prioritario." if len(mossi) == 1 else f"{len(mossi)} bisogni sono prioritari."
        messages.success(self.request, quanti)
        return redirect(self.rilevazione)
