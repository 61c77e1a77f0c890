"""Approving the minutes: which meeting decided, and how."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from incontri.forms.ciclo import SEDUTA_STANTE, ApprovaForm
from incontri.servizi.approvazioni import APPROVANO, approva_verbale, incontri_che_approvano
from incontri.views.ciclo import accolte_da_scrivere
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.stati import PassaggioNonPossibile


class ApprovaView(DiVerbaleMixin, FormView):
    """Asks which meeting approved the minutes, and how; says what approval does and cannot undo."""

    permesso = "incontri.approva_verbale"
    form_class = ApprovaForm
    template_name = "incontri/verbale_approva.html"

    @cached_property
    def incontri(self):
        """The later meetings that may approve; none while the minutes are a draft."""
        return [] if self.verbale.si_scrive else list(incontri_che_approvano(self.verbale))

    @cached_property
    def seduta_stante(self):
        """The meeting itself, if it may approve its own minutes now."""
        passaggio = self.verbale.passaggio("approva-seduta-stante")
        return None if self.verbale.impedimento(passaggio) else self.verbale.incontro

    @property
    def impedimento(self):
        """Why the minutes cannot be approved now; empty if they can."""
        nome = "approva-seduta-stante" if self.verbale.si_scrive else "approva"
        return self.verbale.impedimento(self.verbale.passaggio(nome))

    def get(self, request, *args, **kwargs):
        """The question, unless the minutes cannot be approved: the reason is said on their page."""
        if self.impedimento:
            messages.error(request, self.impedimento)
            return redirect(self.verbale)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """The meetings to choose among; the one the person comes from, chosen."""
        chiesto = self.request.GET.get("incontro", "")
        scelto = chiesto if chiesto in {str(i.pk) for i in self.incontri} else None
        if scelto is None and self.verbale.si_scrive:
            scelto = SEDUTA_STANTE
        altro = {"incontri": self.incontri, "seduta_stante": self.seduta_stante, "initial": {"incontro": scelto}}
        return super().get_form_kwargs() | altro

    def get_form(self, form_class=None):
        """The form, with the way back to the minutes."""
        form = super().get_form(form_class)
        form.annulla = self.verbale.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """The minutes, and what to know before approving."""
        verbale = self.verbale
        return super().get_context_data(
            verbale=verbale,
            nessun_incontro=not verbale.si_scrive and not self.incontri,
            accolte=accolte_da_scrivere(verbale, list(verbale.osservazioni.select_related("ente"))),
            **kwargs,
        )

    def form_valid(self, form):
        """Write the decision; what cannot be done gives the form back with the reason."""
        esito = form.cleaned_data["esito"]
        try:
            approva_verbale(
                self.verbale, in_incontro=form.cleaned_data["incontro"], esito=esito, autore=self.request.user
            )
        except PassaggioNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        if esito in APPROVANO:
            messages.success(self.request, "Il verbale è approvato. Da ora il testo non cambia più.")
        else:
            messages.info(
                self.request,
                "Approvazione rinviata: il verbale resta condiviso. Puoi riportarlo in bozza e correggerlo.",
            )
        return redirect(self.verbale)
