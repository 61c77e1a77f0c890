"""What comes of a proposal: an evidence measured again, a commitment an ente takes."""

from django.shortcuts import get_object_or_404
from django.views.generic import CreateView, UpdateView

from incontri.forms.impegni_proposta import ImpegnoDaPropostaForm
from incontri.forms.proposte import EsitoForm
from incontri.models import EsitoProposta
from incontri.servizi.proposte.scrittura import SENZA_NUMERI, contro_gli_esiti, misurabili
from incontri.views.contese import ScritturaMixin
from incontri.views.proposte import DellaPropostaMixin, DiPropostaMixin, SeSiScriveMixin


class DellEsitoMixin(DellaPropostaMixin):
    """The form of an outcome."""

    form_class = EsitoForm

    def contro(self):
        """Why nothing can be measured."""
        return contro_gli_esiti(self.proposta)


class EsitoCreateView(DellEsitoMixin, CreateView):
    """An evidence of the need, measured again."""

    extra_context = {"titolo": "Nuovo esito"}

    def contro(self):
        """Why nothing can be measured: there must be something to measure again, too."""
        return super().contro() or ("" if misurabili(self.proposta).exists() else SENZA_NUMERI)

    def get_form_kwargs(self):
        """An outcome of this proposal."""
        return super().get_form_kwargs() | {"instance": EsitoProposta(proposta=self.proposta)}


class EsitoUpdateView(DellEsitoMixin, UpdateView):
    """Correcting what was measured."""

    extra_context = {"titolo": "Correggi l'esito"}

    def get_object(self, queryset=None):
        """The outcome of the address."""
        return get_object_or_404(EsitoProposta, proposta=self.proposta, pk=self.kwargs["esito"])


class ImpegnoDaPropostaView(DiPropostaMixin, SeSiScriveMixin, ScritturaMixin, CreateView):
    """A commitment born from the proposal or from one of its steps (`?passo=`)."""

    permission_required = "incontri.add_impegno"
    form_class = ImpegnoDaPropostaForm
    template_name = "incontri/proposta_form.html"
    extra_context = {"titolo": "Fai nascere un impegno"}

    def get_form_kwargs(self):
        """The proposal."""
        return super().get_form_kwargs() | {"proposta": self.proposta}

    def get_initial(self):
        """The words, the ente and the deadline of the step."""
        scelto = self.request.GET.get("passo", "")
        passo = next((uno for uno in self.proposta.passi.all() if str(uno.pk) == scelto), None)
        return {"testo": passo.testo, "ente": passo.ente_id, "scadenza": passo.entro} if passo else {}
