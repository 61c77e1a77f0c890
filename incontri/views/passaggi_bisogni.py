"""A need from one state to another, and two needs made one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from incontri.forms.passaggi_bisogni import PassaggioForm, ScegliBisognoForm, SeparazioneForm, UnioneForm
from incontri.servizi.bisogni.nascita import BisognoNonPossibile
from incontri.servizi.bisogni.passaggi import porta_avanti
from incontri.servizi.bisogni.simili import simili
from incontri.servizi.bisogni.unioni import perche_non_si_unisce, separa_bisogni, unisci_bisogni
from incontri.views.bisogni import DiBisognoMixin
from incontri.views.contese import NON_FATTO
from tavolo.base.stati import PassaggioNonPossibile


class DomandaMixin(DiBisognoMixin):
    """A page that asks why before something is done to the need of the address."""

    def get(self, request, *args, **kwargs):
        """The question, unless there is nothing to do."""
        if impedimento := self.impedimento():
            messages.info(request, impedimento)
            return redirect(self.bisogno)
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        """The form, with the way back to the need."""
        form = super().get_form(form_class)
        form.annulla = self.bisogno.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """The need."""
        return super().get_context_data(bisogno=self.bisogno, **kwargs)

    def form_valid(self, form):
        """Do it; what cannot be done gives the form back with the reason."""
        try:
            detto = self.fai(form.cleaned_data)
        except (PassaggioNonPossibile, BisognoNonPossibile) as impossibile:
            form.add_error(None, f"{impossibile} {NON_FATTO}")
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, detto)
        return redirect(self.dopo())

    def dopo(self):
        """Where one goes on: the need."""
        return self.bisogno


class PassaggioView(DomandaMixin, FormView):
    """From one state to another, with a reason."""

    form_class = PassaggioForm
    template_name = "incontri/bisogno_passaggio.html"

    @cached_property
    def passaggio(self):
        """The passage of the address; 404 if there is none, 403 for who may not do it."""
        try:
            passaggio = self.bisogno.passaggio(self.kwargs["nome"])
        except KeyError:
            raise Http404("Questo passaggio non esiste.") from None
        if not self.request.user.has_perm(passaggio.permesso, self.bisogno):
            raise PermissionDenied
        return passaggio

    def impedimento(self):
        """Why it cannot be done now."""
        return self.bisogno.impedimento(self.passaggio)

    def get_form_kwargs(self):
        """The passage."""
        return super().get_form_kwargs() | {"passaggio": self.passaggio}

    def get_context_data(self, **kwargs):
        """The passage."""
        return super().get_context_data(passaggio=self.passaggio, **kwargs)

    def fai(self, dati):
        """Bring the need through it."""
        porta_avanti(self.bisogno, self.passaggio.nome, autore=self.request.user, motivo=dati["motivo"])
        return f"Fatto: ora il bisogno è «{self.bisogno.get_stato_display()}»."


class UnioneView(DomandaMixin, FormView):
    """The double and the need that stays, side by side (`?con=`); first, which one that is."""

    permesso = "incontri.unisci_bisogni"
    form_class = UnioneForm
    template_name = "incontri/bisogno_unisci.html"

    @cached_property
    def scelta(self):
        """Which need it is merged into, as the address says it."""
        return ScegliBisognoForm(self.request.GET or None, doppio=self.bisogno)

    @cached_property
    def altro(self):
        """The need that stays, or None."""
        return self.scelta.cleaned_data.get("con") if self.scelta.is_valid() else None

    def impedimento(self):
        """Why it cannot be merged."""
        if self.bisogno.unito_a is not None:
            return f"È già stato unito a «{self.bisogno.unito_a}»."
        return perche_non_si_unisce(self.bisogno, self.altro) if self.altro else ""

    def get_context_data(self, **kwargs):
        """The two needs with what hangs on them, or those it looks like."""
        fianco = [self._con_legami(uno) for uno in (self.bisogno, self.altro) if self.altro]
        vicini = [] if self.altro else simili(self.bisogno.titolo, self.bisogno.descrizione, tranne=self.bisogno)
        return super().get_context_data(scelta=self.scelta, altro=self.altro, fianco=fianco, vicini=vicini, **kwargs)

    def _con_legami(self, bisogno):
        return {
            "bisogno": bisogno,
            "evidenze": list(bisogno.evidenze.select_related("comune")),
            "origini": list(bisogno.origini.select_related("voce__punto__incontro")),
            "proposte": list(bisogno.proposte.all()),
            "coperture": bisogno.coperture.count(),
            "rilevazioni": list(bisogno.rilevazioni.all()),
        }

    def form_valid(self, form):
        """Merge, once it is known into which one."""
        return super().form_valid(form) if self.altro else self.form_invalid(form)

    def fai(self, dati):
        """Merge them."""
        unisci_bisogni(
            self.bisogno,
            a=self.altro,
            autore=self.request.user,
            motivo=dati["motivo"],
            anche_insiemi=dati["anche_insiemi"],
        )
        return f"Unito a «{self.altro}»: evidenze e origini ora sono qui."

    def dopo(self):
        """On the need that stays."""
        return self.altro


class SeparazioneView(DomandaMixin, FormView):
    """Asks why a merging is taken back, and says what comes back with it."""

    permesso = "incontri.unisci_bisogni"
    form_class = SeparazioneForm
    template_name = "incontri/bisogno_separa.html"

    def impedimento(self):
        """Why there is nothing to take back."""
        return "" if self.bisogno.unito_a is not None else "Questo bisogno non è unito a nessun altro."

    def fai(self, dati):
        """Take it back."""
        separa_bisogni(self.bisogno, autore=self.request.user, motivo=dati["motivo"])
        return "Separato: le sue evidenze e le sue origini sono di nuovo qui."
