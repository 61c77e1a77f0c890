"""Meetings: the list, the page of one, its form."""

from copy import copy
from itertools import groupby
from operator import attrgetter

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, DetailView, ListView, TemplateView, UpdateView

from incontri.forms.incontri import FiltriIncontriForm, IncontroForm, NuovoIncontroForm
from incontri.models import Incontro, ModelloIncontro
from incontri.servizi.modelli import pianifica
from incontri.servizi.modifiche import NonModificabile, apri_per_modifica
from incontri.servizi.quorum import quorum
from incontri.views.accesso import DiIncontroMixin
from incontri.views.allegati import allegati_di_incontro
from incontri.views.bisogni_in_incontro import bisogni_nati_in
from incontri.views.ciclo import tappe
from incontri.views.contese import ConfrontoMixin
from incontri.views.convocate import convocazioni_del_dettaglio
from incontri.views.impegni_aperti import impegni_della_pagina
from incontri.views.istanze_in_incontro import istanze_di_incontro
from incontri.views.passi import prossimo_passo
from tavolo.base.concorrenza import VersioneSuperata
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin

GRUPPI = {0: "In programma", 1: "Ancora senza data", 2: "Passati e annullati"}


class IncontroListView(RiservataMixin, PaginaTollerante, ListView):
    """All meetings, the next ones first, with filters."""

    paginate_by = 20

    def get_queryset(self):
        """The meetings this person may read that match the filters."""
        self.filtri = FiltriIncontriForm(self.request.GET)
        incontri = Incontro.objects.visibili_a(self.request.user).in_fila().prefetch_related("temi")
        return self.filtri.filtra(incontri.annotate(quanti_punti=Count("punti", distinct=True)))

    def get_context_data(self, **kwargs):
        """The list, its filters and whether one may add a meeting."""
        contesto = super().get_context_data(
            filtri=self.filtri,
            filtrato=any(self.request.GET.get(nome) for nome in self.filtri.fields),
            puo_creare=self.request.user.has_perm("incontri.add_incontro"),
            **kwargs,
        )
        per_gruppo = groupby(contesto["object_list"], key=attrgetter("gruppo"))
        return contesto | {"gruppi": [(GRUPPI[gruppo], list(incontri)) for gruppo, incontri in per_gruppo]}


class IncontroDetailView(DiIncontroMixin, DetailView):
    """One meeting: when and where, agenda, attendance, minutes, and what to do next."""

    def get_object(self):
        """The meeting of the address."""
        return self.incontro

    def get_context_data(self, **kwargs):
        """Everything of the meeting, and what this person may do with it."""
        incontro, utente = self.incontro, self.request.user
        verbale = getattr(incontro, "verbale", None)
        punti = list(incontro.punti.all())
        presenze = list(incontro.presenze.in_fila())
        puo_cambiare = utente.has_perm("incontri.change_incontro", incontro)
        fermo = incontro.annullato or (verbale is not None and not verbale.si_scrive)
        return super().get_context_data(
            punti=punti,
            presenze=presenze,
            per_ente=incontro.presenze.per_ente() if presenze else [],
            quorum=quorum(incontro) if presenze else None,
            verbale=verbale,
            tappe=tappe(verbale) if verbale else [],
            puo_leggere_verbale=verbale is not None and utente.has_perm("incontri.view_verbale", verbale),
            puo_iniziare=verbale is None and incontro.si_verbalizza and utente.has_perm("incontri.add_verbale"),
            passo=prossimo_passo(incontro, utente, verbale=verbale, punti=len(punti), presenze=len(presenze)),
            si_modifica=puo_cambiare and not fermo,
            azioni=incontro.azioni_per(utente),
            **convocazioni_del_dettaglio(incontro, utente),
            **impegni_della_pagina(incontro, punti, utente),
            **allegati_di_incontro(incontro, utente),
            **istanze_di_incontro(incontro, utente, punti),
            **bisogni_nati_in(incontro, utente),
            **kwargs,
        )


class IncontroCreateView(RiservataMixin, CreateView):
    """A new meeting, from a template (`?modello=`) or without."""

    permission_required = "incontri.add_incontro"
    model = Incontro
    form_class = NuovoIncontroForm
    extra_context = {"titolo": "Nuovo incontro"}

    @cached_property
    def modelli(self):
        """The templates to choose from."""
        return list(ModelloIncontro.objects.filter(attivo=True))

    @cached_property
    def modello(self):
        """The template chosen, or None."""
        return next((m for m in self.modelli if m.slug == self.request.GET.get("modello")), None)

    def get_form_kwargs(self):
        """The template fills the form."""
        return super().get_form_kwargs() | {"modello": self.modello}

    def get_context_data(self, **kwargs):
        """The templates to choose from."""
        return super().get_context_data(modelli=self.modelli, modello=self.modello, **kwargs)

    def get_form(self, form_class=None):
        """The form, with the way back to the list."""
        form = super().get_form(form_class)
        form.annulla, form.azione = reverse("incontri:incontro-list"), "Crea l'incontro"
        return form

    def form_valid(self, form):
        """Sign the meeting, and give it the agenda of its template."""
        form.instance.autore = self.request.user
        risposta = super().form_valid(form)
        if form.cleaned_data["modello"]:
            pianifica(self.object, form.cleaned_data["modello"], autore=self.request.user)
        return risposta


class IncontroUpdateView(DiIncontroMixin, ConfrontoMixin, UpdateView):
    """A change to a meeting."""

    permesso = "incontri.change_incontro"
    modifica = True
    form_class = IncontroForm
    extra_context = {"titolo": "Modifica l'incontro"}

    def get_object(self):
        """The meeting of the address: a copy, for the form writes on it what is typed."""
        return copy(self.incontro)

    def get_form(self, form_class=None):
        """The form, with the way back to the meeting."""
        form = super().get_form(form_class)
        form.annulla = self.incontro.get_absolute_url()
        return form

    def form_valid(self, form):
        """Save, unless the meeting stands still or someone else has saved it meanwhile."""
        try:
            apri_per_modifica(self.incontro)
            return super().form_valid(form)
        except NonModificabile as fermo:
            form.add_error(None, str(fermo))
            return self.form_invalid(form)
        except VersioneSuperata as superata:
            return self.a_confronto(form, superata)


class IncontroAnnullaView(DiIncontroMixin, TemplateView):
    """Asks whether the meeting is really to be cancelled."""

    permesso = "incontri.change_incontro"
    template_name = "incontri/incontro_annulla.html"

    def get(self, request, *args, **kwargs):
        """The question, unless there is nothing to cancel."""
        impedimento = self.incontro.impedimento(self.incontro.passaggio("annulla"))
        if impedimento:
            return self.torna(impedimento)
        return super().get(request, *args, **kwargs)
