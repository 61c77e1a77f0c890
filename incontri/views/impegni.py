"""Commitments: the ledger, the page of one, what is said of it between two meetings."""

from copy import copy
from itertools import groupby
from operator import attrgetter

import tablib
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from incontri.forms.impegni import FiltriImpegniForm, ImpegnoForm, RevisioneForm
from incontri.models import IN_PIEDI, Impegno, RevisioneImpegno, StatoImpegno
from incontri.servizi.catena.legami import risponde_a
from incontri.views.contese import ScritturaMixin
from tavolo.base.formati import CSV
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin

COLONNE = (
    *("impegno", "ente", "persona", "stato", "entro_il", "in_ritardo", "preso_il", "preso_nell_incontro", "giorni"),
    *("incontri_da_allora", "rinvii", "ultima_nota", "pagina"),
)
# Ente by ente; of each what is to be done first, by deadline.
PER_ENTE = ("ente__ordine", "ente__denominazione", "ente", F("scadenza").asc(nulls_last=True), "creato", "pk")


class ConFiltri(RiservataMixin):
    """A page about the commitments this person may read that match the filters of the address."""

    @cached_property
    def filtri(self):
        """The filters, as the address says them."""
        return FiltriImpegniForm(self.request.GET)

    @cached_property
    def leggibili(self):
        """Every commitment this person may read."""
        return Impegno.objects.visibili_a(self.request.user)

    def filtrati(self):
        """Those that match, with their age, ente by ente."""
        righe = self.filtri.filtra(self.leggibili).con_eta()
        return righe.select_related("ente", "persona", "incontro").order_by(*PER_ENTE)


class ImpegnoListView(ConFiltri, PaginaTollerante, ListView):
    """The ledger: ente by ente, with what each has to do, is late with, has done."""

    paginate_by = 100

    def get_queryset(self):
        """The commitments that match the filters."""
        return self.filtrati()

    def get_context_data(self, **kwargs):
        """The commitments in groups, the totals of each ente, and what this person may do."""
        utente = self.request.user
        contesto = super().get_context_data(
            filtri=self.filtri,
            filtrato=any(self.request.GET.get(nome) for nome in self.filtri.fields),
            puo_creare=utente.has_perm("incontri.add_impegno"),
            ente_mio=utente.ente,
            **kwargs,
        )
        totali = self._totali()
        gruppi = groupby(contesto["object_list"], key=attrgetter("ente"))
        return contesto | {"gruppi": [(ente, totali[ente.pk], list(righe)) for ente, righe in gruppi]}

    def _totali(self):
        """To do, late and done of each ente, whatever state the list shows."""
        righe = self.filtri.in_ogni_stato(self.leggibili).order_by().values("ente")
        tardi = Q(stato__in=IN_PIEDI, scadenza__lt=timezone.localdate())
        conti = righe.annotate(
            aperti=Count("pk", filter=Q(stato__in=IN_PIEDI)),
            ritardo=Count("pk", filter=tardi),
            fatti=Count("pk", filter=Q(stato=StatoImpegno.FATTO)),
        )
        return {conto["ente"]: conto for conto in conti}


class ImpegniCsvView(ConFiltri, View):
    """What the filters of the ledger show, as a table."""

    def get(self, request):
        """The file; a cell that looks like a formula goes out as text."""
        ultima = RevisioneImpegno.objects.filter(impegno=OuterRef("pk")).exclude(nota="").order_by("-creato")
        righe = self.filtrati().annotate(ultima_nota=Subquery(ultima.values("nota")[:1]))
        tabella = tablib.Dataset(headers=COLONNE)
        for i in righe:
            preso = timezone.localdate(i.preso)
            tabella.append(
                (
                    *(i.testo, i.ente.denominazione, i.persona or "", i.get_stato_display(), i.scadenza or ""),
                    *("sì" if i.in_ritardo else "no", preso, i.incontro or "", i.giorni, i.incontri_dopo, i.rinvii),
                    *(i.ultima_nota or "", request.build_absolute_uri(i.get_absolute_url())),
                )
            )
        formato = CSV()
        nome = f"impegni-{timezone.localdate():%Y-%m-%d}.csv"
        intestazioni = {"Content-Disposition": f'attachment; filename="{nome}"'}
        return HttpResponse(formato.export_data(tabella), content_type=formato.get_content_type(), headers=intestazioni)


class DiImpegnoMixin(RiservataMixin):
    """A page about one commitment: 404 if the person may not read it, 403 without `permesso` on it."""

    permesso = "incontri.view_impegno"

    @cached_property
    def impegno(self):
        """The commitment of the address."""
        righe = Impegno.objects.visibili_a(self.request.user).con_eta()
        legati = ("ente", "persona", "incontro", "autore", "voce__punto__incontro__verbale")
        impegno = get_object_or_404(righe.select_related(*legati), pk=self.kwargs["pk"])
        if not self.request.user.has_perm(self.permesso, impegno):
            raise PermissionDenied
        return impegno

    def get_object(self):
        """The commitment: a copy, for forms write on it what is typed."""
        return copy(self.impegno)


class ImpegnoDetailView(DiImpegnoMixin, DetailView):
    """One commitment: who, by when, how far, and what each meeting said of it."""

    context_object_name = "impegno"

    def get_context_data(self, **kwargs):
        """The commitment, its history, where it comes from, and what this person may do with it."""
        impegno, utente = self.impegno, self.request.user
        verbale = getattr(impegno.voce.punto.incontro, "verbale", None) if impegno.voce else None
        return super().get_context_data(
            revisioni=list(impegno.revisioni.select_related("incontro", "autore").order_by("-creato")),
            risponde_a=risponde_a(impegno, utente),
            si_legge_il_verbale=verbale is not None and utente.has_perm("incontri.view_verbale", verbale),
            puo_rivedere=utente.has_perm("incontri.rivedi_impegno", impegno),
            puo_cambiare=utente.has_perm("incontri.change_impegno", impegno),
            **kwargs,
        )


class ImpegnoFormMixin(ScritturaMixin):
    """A form about a commitment: signed by who sends it, given back beside the other text where two met."""

    template_name = "incontri/impegno_form.html"

    def annulla(self):
        """The page of the commitment."""
        return self.impegno.get_absolute_url()

    def dopo(self, riga):
        """Where one came from."""
        return self.annulla()


class ImpegnoCreateView(RiservataMixin, ImpegnoFormMixin, CreateView):
    """A new commitment, of the own ente or, for who coordinates, of any."""

    permission_required = "incontri.add_impegno"
    model = Impegno
    form_class = ImpegnoForm
    extra_context = {"titolo": "Nuovo impegno"}

    def annulla(self):
        """The ledger."""
        return reverse("impegni:impegno-list")


class ImpegnoUpdateView(DiImpegnoMixin, ImpegnoFormMixin, UpdateView):
    """Who keeps a commitment, and its words where no minutes tell them."""

    permesso = "incontri.change_impegno"
    form_class = ImpegnoForm
    extra_context = {"titolo": "Modifica l'impegno"}


class RevisioneCreateView(DiImpegnoMixin, ImpegnoFormMixin, UpdateView):
    """What is said of a commitment between two meetings."""

    permesso = "incontri.rivedi_impegno"
    form_class = RevisioneForm
    extra_context = {"titolo": "A che punto è"}
