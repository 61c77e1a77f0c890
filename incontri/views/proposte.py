"""Proposals in the reserved area: the list with its grid, the page of one, writing it, its outcomes, commitments."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, DetailView, FormView, ListView, UpdateView

from incontri.forms.proposte import FiltriProposteForm, PassaggioPropostaForm, PropostaForm
from incontri.models import Bisogno, Impegno, Proposta
from incontri.servizi.proposte.passaggi import porta_avanti
from incontri.servizi.proposte.scrittura import contro_gli_esiti, contro_i_passi, contro_le_parole
from incontri.views.contese import PassaggioMixin, ScritturaMixin
from incontri.views.griglia import disegni
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin


class DiPropostaMixin(RiservataMixin):
    """A page about one proposal: 404 if the person may not read it, 403 without `permesso` on it."""

    permesso = "incontri.view_proposta"

    @cached_property
    def proposta(self):
        """The proposal of the address."""
        righe = Proposta.objects.visibili_a(self.request.user).select_related(
            "capofila", "decisione__punto__incontro__verbale"
        )
        proposta = get_object_or_404(righe, pk=self.kwargs["pk"])
        if not self.request.user.has_perm(self.permesso, proposta):
            raise PermissionDenied
        return proposta

    @property
    def oggetto(self):
        """The same, for the pages of the passages."""
        return self.proposta

    def get_object(self, queryset=None):
        """The proposal: a copy, for forms write on it what is typed."""
        return copy(self.proposta)

    def annulla(self):
        """The page of the proposal."""
        return self.proposta.get_absolute_url()


class SeSiScriveMixin:
    """A form of the proposal that its state may refuse: `contro` says why, in words.

    Who opens it goes back to the proposal with the reason; who had it open finds what was typed, and the reason (409).
    """

    def contro(self):
        """Why it cannot be written now; empty if it can."""
        return contro_i_passi(self.proposta)

    def get(self, request, *args, **kwargs):
        """The form, if it can be sent."""
        if contro := self.contro():
            messages.info(request, contro)
            return redirect(self.proposta)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        """Save, if it still can be."""
        return self.non_possibile(form, contro) if (contro := self.contro()) else super().form_valid(form)


class PropostaListView(RiservataMixin, PaginaTollerante, ListView):
    """All proposals, with filters, and the grid need × feasibility of those still alive."""

    template_name = "incontri/proposta_list.html"
    paginate_by = 50

    def get_queryset(self):
        """The proposals that match the filters, the last written first."""
        self.leggibili = Proposta.objects.visibili_a(self.request.user)
        self.filtri = FiltriProposteForm(self.request.GET, proposte=self.leggibili)
        righe = self.filtri.filtra(self.leggibili).select_related("capofila").prefetch_related("bisogni")
        return righe.order_by("-creato", "pk")

    def get_context_data(self, **kwargs):
        """The list, its filters, the grid."""
        vive = list(self.leggibili.vive().prefetch_related("bisogni"))
        return super().get_context_data(
            filtri=self.filtri,
            filtrato=any(self.request.GET.get(nome) for nome in self.filtri.fields),
            puo_creare=self.request.user.has_perm("incontri.add_proposta"),
            griglia=disegni(vive, Proposta.get_absolute_url),
            **kwargs,
        )


class PropostaDetailView(DiPropostaMixin, DetailView):
    """One proposal: needs, who, steps, feasibility, decision, commitments, outcome."""

    context_object_name = "proposta"
    template_name = "incontri/proposta_detail.html"

    def get_context_data(self, **kwargs):
        """The proposal with what hangs on it, and what this person may do."""
        proposta, utente = self.proposta, self.request.user
        scrive = utente.has_perm("incontri.change_proposta", proposta)
        verbale = getattr(proposta.decisione.punto.incontro, "verbale", None) if proposta.decisione else None
        return super().get_context_data(
            bisogni=list(proposta.bisogni.all()),
            partner=list(proposta.partner.all()),
            passi=list(proposta.passi.select_related("ente")),
            esiti=list(proposta.esiti.select_related("evidenza")),
            impegni=list(
                Impegno.objects.visibili_a(utente).filter(proposta=proposta).select_related("ente").order_by("creato")
            ),
            azioni=[p for p in proposta.PASSAGGI if proposta.stato in p.da and utente.has_perm(p.permesso, proposta)],
            si_legge_la_decisione=verbale is not None and utente.has_perm("incontri.view_verbale", verbale),
            puo_scrivere=scrive and not contro_le_parole(proposta, utente),
            puo_scrivere_passi=scrive and not contro_i_passi(proposta),
            puo_misurare=scrive and not contro_gli_esiti(proposta),
            non_si_scrive=contro_le_parole(proposta, utente) if scrive else "",
            puo_approvare=utente.has_perm("incontri.approva_proposta", proposta),
            puo_impegnare=proposta.viva and utente.has_perm("incontri.add_impegno"),
            e_pubblica=Proposta.objects.pubbliche().filter(pk=proposta.pk).exists(),
            **kwargs,
        )


class PropostaCreateView(RiservataMixin, ScritturaMixin, CreateView):
    """A new proposal; from the page of a need (`?bisogno=`) it already answers it."""

    permission_required = "incontri.add_proposta"
    model = Proposta
    form_class = PropostaForm
    template_name = "incontri/proposta_form.html"
    extra_context = {"titolo": "Nuova proposta"}

    def get_initial(self):
        """The need one comes from."""
        scelto = self.request.GET.get("bisogno", "")
        return {"bisogni": [bisogno for bisogno in Bisogno.objects.vivi() if bisogno.slug == scelto]}

    def annulla(self):
        """The list."""
        return reverse("proposte:proposta-list")


class PropostaUpdateView(DiPropostaMixin, SeSiScriveMixin, ScritturaMixin, UpdateView):
    """Correcting a proposal: its enti until a meeting approves it, then only who coordinates."""

    permesso = "incontri.change_proposta"
    form_class = PropostaForm
    template_name = "incontri/proposta_form.html"
    extra_context = {"titolo": "Modifica la proposta"}

    def contro(self):
        """Why its words do not change."""
        return contro_le_parole(self.proposta, self.request.user)


class PassaggioPropostaView(DiPropostaMixin, PassaggioMixin, FormView):
    """From one state to another."""

    form_class = PassaggioPropostaForm
    template_name = "incontri/proposta_form.html"

    def get_form_kwargs(self):
        """Of which proposal."""
        return super().get_form_kwargs() | {"proposta": self.proposta}

    def fai(self, dati):
        """The passage, with its decision or its words."""
        porta_avanti(
            self.proposta,
            self.passaggio.nome,
            autore=self.request.user,
            parole=dati.get("motivo", ""),
            decisione=dati.get("decisione"),
        )


class DellaPropostaMixin(DiPropostaMixin, SeSiScriveMixin, ScritturaMixin):
    """The form of what hangs on the proposal: who may write it."""

    permesso = "incontri.change_proposta"
    template_name = "incontri/proposta_form.html"

    def dopo(self, riga):
        """Back to the proposal."""
        return self.proposta
