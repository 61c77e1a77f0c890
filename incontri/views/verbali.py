"""Minutes: to read, to start, to choose who writes them."""

from copy import copy

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import DetailView, RedirectView, UpdateView

from incontri.forms.verbali import RedattoriForm
from incontri.models import Verbale
from incontri.servizi.modifiche import NonModificabile, apri_per_modifica, controlla_modificabile
from incontri.servizi.verbali import VerbaleGiaIniziato, inizia_verbale
from incontri.views.accesso import incontro_per, verbale_per, verbo
from incontri.views.approvato import riquadro_approvato
from incontri.views.ciclo import vita
from incontri.views.contese import ConfrontoMixin
from incontri.views.impegni_aperti import impegni_della_pagina
from incontri.views.lettura import punti_da_leggere
from tavolo.base.concorrenza import VersioneSuperata
from tavolo.base.riservata import RiservataMixin


class DiVerbaleMixin(RiservataMixin):
    """A page about the minutes of one meeting: 404 if the person may not read them, 403 without `permesso` on them.

    With `modifica` the page is refused, with a word of explanation, while the minutes stand still.
    """

    permesso = "incontri.view_verbale"
    modifica = False

    @cached_property
    def verbale(self):
        """The minutes of the meeting of the address."""
        return verbale_per(self.request.user, self.kwargs["pk"], self.permesso)

    def get_object(self):
        """The same, for the generic views."""
        return self.verbale

    def get(self, request, *args, **kwargs):
        """The page, unless what it changes stands still."""
        return self.fermo() or super().get(request, *args, **kwargs)

    def fermo(self):
        """Back to the minutes, with the reason, if this page changes them and they stand still; None otherwise."""
        if self.modifica:
            try:
                controlla_modificabile(self.verbale.incontro)
            except NonModificabile as motivo:
                messages.info(self.request, str(motivo))
                return redirect(self.verbale)
        return None

    def get_context_data(self, **kwargs):
        """The meeting, for every template."""
        return super().get_context_data(incontro=self.verbale.incontro, **kwargs)


class VerbaleDetailView(DiVerbaleMixin, DetailView):
    """The whole minutes, as a document."""

    context_object_name = "verbale"

    def get_context_data(self, **kwargs):
        """The document, and what this person may do with it."""
        verbale, utente = self.verbale, self.request.user
        incontro = verbale.incontro
        presenze = list(incontro.presenze.in_fila())
        punti = punti_da_leggere(verbale, utente)
        return super().get_context_data(
            punti=punti,
            presenti=[p for p in presenze if p.c_era],
            assenti=[p for p in presenze if not p.c_era],
            redattori=list(verbale.redattori.all()),
            puo_portare=not verbale.si_scrive and utente.has_perm("incontri.add_bisogno"),
            puo_raccontare=not verbale.si_scrive and utente.has_perm("incontri.add_buonaprassi"),
            si_scrive=verbale.si_scrive and utente.has_perm("incontri.change_verbale", verbale),
            puo_scegliere_redattori=verbale.si_scrive and utente.has_perm("incontri.scegli_redattori", verbale),
            **riquadro_approvato(verbale, utente),
            **impegni_della_pagina(incontro, punti, utente),
            **vita(verbale, utente, punti),
            **kwargs,
        )


@verbo
def verbale_inizia(request, pk):
    """Start the minutes of a meeting: the person takes them."""
    incontro = incontro_per(request.user, pk, "incontri.add_verbale")
    try:
        inizia_verbale(incontro, autore=request.user)
    except (VerbaleGiaIniziato, NonModificabile) as impossibile:
        messages.warning(request, str(impossibile))
        return redirect(incontro)
    return redirect("incontri:verbale-scrivi", pk=pk)


class VerbaleScriviView(DiVerbaleMixin, RedirectView):
    """To the first point without text; to the agenda if there is no point at all."""

    permesso = "incontri.change_verbale"
    pattern_name = "incontri:voce-update"

    def get_redirect_url(self, *args, **kwargs):
        """The address of the point to write."""
        punti = self.verbale.incontro.punti
        punto = punti.filter(voci__isnull=True).first() or punti.last()
        if punto is None:
            messages.info(
                self.request, "Prima scrivi almeno un punto dell'ordine del giorno: il verbale segue i punti."
            )
            self.pattern_name = "incontri:odg-update"
            return super().get_redirect_url(pk=kwargs["pk"])
        return super().get_redirect_url(pk=kwargs["pk"], punto=punto.pk)


class _ModuloDelVerbale(DiVerbaleMixin, ConfrontoMixin, UpdateView):
    """A form of the minutes, refused while they stand still; two who save meet both texts."""

    modifica = True
    model = Verbale

    def post(self, request, *args, **kwargs):
        """Save, unless the minutes stand still."""
        return self.fermo() or super().post(request, *args, **kwargs)

    def get_object(self):
        """The minutes of the address: a copy, for the form writes on it what is typed."""
        return copy(self.verbale)

    def get_form(self, form_class=None):
        """The form, with the way back to the minutes."""
        form = super().get_form(form_class)
        form.annulla = self.verbale.get_absolute_url()
        return form

    def form_valid(self, form):
        """Save, unless someone else has saved or shared the minutes meanwhile."""
        try:
            with transaction.atomic():
                apri_per_modifica(self.verbale.incontro)
                return super().form_valid(form)
        except NonModificabile as fermo:
            form.add_error(None, str(fermo))
            return self.form_invalid(form)
        except VersioneSuperata as superata:
            return self.a_confronto(form, superata)


class RedattoriView(_ModuloDelVerbale):
    """Who writes the minutes together with who takes them; who coordinates also says who takes them."""

    permesso = "incontri.scegli_redattori"
    form_class = RedattoriForm
    template_name = "incontri/verbale_form.html"

    def get_form_kwargs(self):
        """Whether this person says who takes the minutes."""
        sceglie = self.request.user.has_perm("incontri.scegli_verbalizzante", self.verbale)
        return super().get_form_kwargs() | {"sceglie_verbalizzante": sceglie}
