"""Good practices in the reserved area: the list, the page of one, writing it, its review, who adopted it."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, DetailView, FormView, ListView, UpdateView

from incontri.forms.filtri_prassi import FiltriPrassiForm
from incontri.forms.prassi import PassaggioPrassiForm, PrassiForm
from incontri.models import Bisogno, BuonaPrassi
from incontri.servizi.prassi.adozioni import comuni_di, possono_adottare
from incontri.servizi.prassi.revisione import perche_ferma, porta_avanti
from incontri.views.contese import PassaggioMixin, ScritturaMixin
from incontri.views.da_voce import pagina_della_voce, prima_riga, si_legge, voce_condivisa
from incontri.views.materiali import allegati_di_prassi
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin


class DiPrassiMixin(RiservataMixin):
    """A page about one good practice: 404 if the person may not read it, 403 without `permesso` on it."""

    permesso = "incontri.view_buonaprassi"

    @cached_property
    def prassi(self):
        """The good practice of the address."""
        righe = BuonaPrassi.objects.visibili_a(self.request.user).select_related(
            "ente", "voce__punto__incontro__verbale"
        )
        prassi = get_object_or_404(righe, pk=self.kwargs["pk"])
        if not self.request.user.has_perm(self.permesso, prassi):
            raise PermissionDenied
        return prassi

    @property
    def oggetto(self):
        """The same, for the pages of the passages."""
        return self.prassi

    def get_object(self, queryset=None):
        """The good practice: a copy, for forms write on it what is typed."""
        return copy(self.prassi)

    def annulla(self):
        """The page of the good practice."""
        return self.prassi.get_absolute_url()


class PrassiListView(RiservataMixin, PaginaTollerante, ListView):
    """The good practices this person may read, with filters."""

    template_name = "incontri/prassi_list.html"
    paginate_by = 50

    def get_queryset(self):
        """Those that match the filters, the last written first."""
        leggibili = BuonaPrassi.objects.visibili_a(self.request.user)
        bisogni = Bisogno.objects.visibili_a(self.request.user)
        self.filtri = FiltriPrassiForm(self.request.GET, prassi=leggibili, bisogni=bisogni)
        righe = self.filtri.filtra(leggibili)
        return righe.select_related("ente").annotate(adottata=Count("adozioni")).order_by("-creato", "pk")

    def get_context_data(self, **kwargs):
        """The list and its filters."""
        return super().get_context_data(
            filtri=self.filtri,
            filtrato=any(self.request.GET.get(nome) for nome in self.filtri.fields),
            puo_creare=self.request.user.has_perm("incontri.add_buonaprassi"),
            **kwargs,
        )


class PrassiDetailView(DiPrassiMixin, DetailView):
    """One good practice, who adopted it, and what this person may do."""

    context_object_name = "prassi"
    template_name = "incontri/prassi_detail.html"

    def get_context_data(self, **kwargs):
        """The good practice with what hangs on it."""
        prassi, utente = self.prassi, self.request.user
        pubblicata = prassi.stato == "pubblicata"
        adotta = utente.has_perm("incontri.adotta_buonaprassi", prassi)
        mie = set(comuni_di(utente).values_list("pk", flat=True)) if adotta else ()
        adozioni = list(prassi.adozioni.select_related("comune"))
        for adozione in adozioni:
            adozione.si_corregge = adozione.comune_id in mie
        return super().get_context_data(
            adozioni=adozioni,
            voce_si_legge=si_legge(prassi.voce, utente),
            temi=list(prassi.temi.all()),
            bisogni=list(prassi.bisogni.all()),
            comuni=list(prassi.comuni.all()),
            **allegati_di_prassi(prassi, utente),
            azioni=[p for p in prassi.PASSAGGI if prassi.stato in p.da and utente.has_perm(p.permesso, prassi)],
            puo_scrivere=utente.has_perm("incontri.change_buonaprassi", prassi) and not perche_ferma(prassi, utente),
            puo_adottare=pubblicata and adotta and possono_adottare(prassi, utente).exists(),
            pubblicata=pubblicata,
            **kwargs,
        )


class PrassiCreateView(RiservataMixin, ScritturaMixin, CreateView):
    """A new good practice, as a draft; from an entry of the minutes (`?voce=`) it keeps where it was told."""

    permission_required = "incontri.add_buonaprassi"
    model = BuonaPrassi
    form_class = PrassiForm
    template_name = "incontri/prassi_form.html"
    extra_context = {"titolo": "Nuova buona prassi"}

    @cached_property
    def voce(self):
        """The entry of the minutes it was told in, or None. On saving, one that may be taken no more takes no text away."""
        chiave = self.request.GET.get("voce")
        try:
            return voce_condivisa(self.request.user, chiave) if chiave else None
        except Http404:
            if self.request.method != "POST":
                raise
            return None

    def get_initial(self):
        """The words of the entry, the themes of its meeting."""
        if self.voce is None:
            return {}
        temi = list(self.voce.punto.incontro.temi.all())
        return {"titolo": prima_riga(self.voce), "azione": self.voce.testo, "temi": temi}

    def get_form_kwargs(self):
        """A good practice told in the entry."""
        return super().get_form_kwargs() | {"instance": BuonaPrassi(voce=self.voce)}

    def get_context_data(self, **kwargs):
        """The entry, and the good practices it was told in already."""
        gia_nate = self.voce.buone_prassi.visibili_a(self.request.user) if self.voce else []
        return super().get_context_data(voce=self.voce, gia_nate=gia_nate, **kwargs)

    def annulla(self):
        """The minutes one comes from, or the list."""
        return pagina_della_voce(self.voce) if self.voce else reverse("prassi:prassi-list")


class PrassiUpdateView(DiPrassiMixin, ScritturaMixin, UpdateView):
    """Correcting a good practice."""

    permesso = "incontri.change_buonaprassi"
    form_class = PrassiForm
    template_name = "incontri/prassi_form.html"
    extra_context = {"titolo": "Modifica la buona prassi"}

    def get(self, request, *args, **kwargs):
        """The form; once everybody reads it, only for who coordinates."""
        if ferma := perche_ferma(self.prassi, request.user):
            messages.info(request, ferma)
            return redirect(self.prassi)
        return super().get(request, *args, **kwargs)


class PassaggioPrassiView(DiPrassiMixin, PassaggioMixin, FormView):
    """From one state to another."""

    form_class = PassaggioPrassiForm
    template_name = "incontri/prassi_form.html"

    def fai(self, dati):
        """The passage, with what is missing."""
        porta_avanti(self.prassi, self.passaggio.nome, autore=self.request.user, parole=dati.get("motivo", ""))
