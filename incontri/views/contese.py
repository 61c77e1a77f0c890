"""What the forms of the work share: signed, given back where two met, asked before a passage."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property

from tavolo.base.concorrenza import VersioneSuperata
from tavolo.base.stati import PassaggioNonPossibile

NON_FATTO = "Quello che hai scritto è ancora qui."


class ConfrontoMixin:
    """The page a form gives back where two met."""

    def a_confronto(self, form, superata):
        """What is saved beside what was typed (409): sent again, it goes over what is there now."""
        nuovo = form.riaperto(next(iter(superata.salvate.values())))
        nuovo.annulla = form.annulla
        contesto = self.get_context_data(form=nuovo, confronto=nuovo.confronto(), accolti=nuovo.accolti)
        return self.render_to_response(contesto, status=409)


class ScritturaMixin(ConfrontoMixin):
    """A form signed by who sends it; what cannot be saved, for the row has changed meanwhile, comes back (409)."""

    impossibili = ()  # what `form.save()` raises with a reason for the person
    salvato = "Salvato."

    def get_form_kwargs(self):
        """Who writes."""
        return super().get_form_kwargs() | {"utente": self.request.user}

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = self.annulla()
        return form

    def form_valid(self, form):
        """Save, unless someone else has saved the row meanwhile."""
        try:
            riga = form.save()
        except VersioneSuperata as superata:
            return self.a_confronto(form, superata)
        except self.impossibili as impossibile:
            return self.non_possibile(form, impossibile)
        messages.success(self.request, self.salvato)
        return redirect(self.dopo(riga))

    def non_possibile(self, form, perche):
        """The form again, with why it cannot be saved (409)."""
        form.add_error(None, f"{perche} {NON_FATTO}")
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def dopo(self, riga):
        """Where one goes on."""
        return riga


class PassaggioMixin:
    """A page that brings the row of the address (`self.oggetto`) through a passage, asking what it needs."""

    @cached_property
    def passaggio(self):
        """The passage of the address; 404 if there is none, 403 for who may not do it."""
        try:
            passaggio = self.oggetto.passaggio(self.kwargs["nome"])
        except KeyError:
            raise Http404("Questo passaggio non esiste.") from None
        if not self.request.user.has_perm(passaggio.permesso, self.oggetto):
            raise PermissionDenied
        return passaggio

    def get(self, request, *args, **kwargs):
        """The question, unless the state does not allow it."""
        if self.oggetto.stato not in self.passaggio.da:
            messages.info(request, self.oggetto.impedimento(self.passaggio))
            return redirect(self.oggetto)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """Which passage, who does it."""
        return super().get_form_kwargs() | {"passaggio": self.passaggio, "utente": self.request.user}

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = self.oggetto.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """The row and the passage."""
        return super().get_context_data(
            oggetto=self.oggetto, passaggio=self.passaggio, titolo=self.passaggio.etichetta, **kwargs
        )

    def form_valid(self, form):
        """Do it; what cannot be done gives the form back with the reason."""
        try:
            self.fai(form.cleaned_data)
        except PassaggioNonPossibile as impossibile:
            form.add_error(None, f"{impossibile} {NON_FATTO}")
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, f"Fatto: ora lo stato è «{self.oggetto.get_stato_display()}».")
        return redirect(self.oggetto)
