"""Needs in the reserved area: the page of one, correcting it."""

from copy import copy

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import DetailView, UpdateView

from incontri.forms.bisogni import BisognoForm
from incontri.models import Bisogno, BuonaPrassi, Proposta
from incontri.servizi.bisogni.evidenze import giudizio_di
from incontri.servizi.bisogni.nascita import BisognoNonPossibile
from incontri.servizi.bisogni.storia import storia_di
from incontri.servizi.copertura.celle import riga_di
from incontri.servizi.rilevazioni.lettura import ultima_di
from incontri.views.contese import ScritturaMixin
from tavolo.base.riservata import RiservataMixin


class DiBisognoMixin(RiservataMixin):
    """A page about one need: 404 if the person may not read it, 403 without `permesso` on it."""

    permesso = "incontri.view_bisogno"

    @cached_property
    def bisogno(self):
        """The need of the address."""
        righe = Bisogno.objects.visibili_a(self.request.user).select_related("tema", "unito_a", "autore")
        bisogno = get_object_or_404(righe, pk=self.kwargs["pk"])
        if not self.request.user.has_perm(self.permesso, bisogno):
            raise PermissionDenied
        return bisogno

    def get_object(self):
        """The need: a copy, for forms write on it what is typed."""
        return copy(self.bisogno)


class BisognoDetailView(DiBisognoMixin, DetailView):
    """One need: what happens, to whom, where; what shows it, where it was heard, what answers it, its story."""

    context_object_name = "bisogno"
    template_name = "incontri/bisogno_detail.html"

    def get_context_data(self, **kwargs):
        """The need with what hangs on it, and what this person may do."""
        bisogno, utente = self.object, self.request.user
        return super().get_context_data(
            evidenze=list(bisogno.evidenze.select_related("comune", "indicatore")),
            giudizio=giudizio_di(bisogno),
            origini=self._origini(),
            riga_copertura=riga_di(bisogno),
            punteggio=ultima_di(bisogno) if utente.has_perm("incontri.leggi_rilevazioni") else None,
            uniti=list(bisogno.uniti.all()),
            proposte=list(Proposta.objects.visibili_a(utente).filter(bisogni=bisogno).select_related("capofila")),
            puo_proporre=bisogno.unito_a is None and utente.has_perm("incontri.add_proposta"),
            azioni=bisogno.azioni_per(utente),
            puo_scrivere=bisogno.unito_a is None and utente.has_perm("incontri.change_bisogno", bisogno),
            puo_unire=utente.has_perm("incontri.unisci_bisogni", bisogno),
            e_pubblico=Bisogno.objects.pubblici().filter(pk=bisogno.pk).exists(),
            storia=storia_di(bisogno),
            prassi=list(BuonaPrassi.objects.visibili_a(utente).filter(bisogni=bisogno).select_related("ente")),
            **kwargs,
        )

    def _origini(self):
        """Where it was heard; of an entry its words only for who may read the minutes."""
        legati = ("voce__punto__incontro__verbale", "segnalazione__risorsa", "portata_da", "autore")
        righe = list(self.object.origini.select_related(*legati))
        for riga in righe:
            verbale = getattr(riga.voce.punto.incontro, "verbale", None) if riga.voce else None
            riga.si_legge = verbale is not None and self.request.user.has_perm("incontri.view_verbale", verbale)
        return righe


class BisognoFormMixin(ScritturaMixin):
    """The form of a need: signed by who sends it, given back beside the other text where two met."""

    template_name = "incontri/bisogno_form.html"
    form_class = BisognoForm
    impossibili = BisognoNonPossibile


class BisognoUpdateView(DiBisognoMixin, BisognoFormMixin, UpdateView):
    """The words of a need, its theme, whom it is about and where."""

    permesso = "incontri.change_bisogno"
    extra_context = {"titolo": "Modifica il bisogno"}

    def annulla(self):
        """The page of the need."""
        return self.bisogno.get_absolute_url()
