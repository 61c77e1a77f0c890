"""The services that a person keeps true: which, how far each is, what to do with it; drafts of new ones."""

from copy import copy

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import CreateView, ListView, UpdateView

from referenti.models import Ente
from risorse.forms.cura import FiltriCuraForm
from risorse.forms.scheda import BozzaForm
from risorse.models import PropostaModifica, Risorsa, StatoProposta
from risorse.views.accesso import DiRisorsaMixin
from tavolo.base.concorrenza import VersioneSuperata
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin
from tavolo.base.stati import PassaggioNonPossibile, compi

ULTIME = 10


class RisorsaListView(RiservataMixin, PaginaTollerante, ListView):
    """`/area/servizi/`: the services of one's ente and of its units; all of them for who coordinates."""

    template_name = "cura/risorsa_list.html"
    paginate_by = 30

    def get_queryset(self):
        """The services this person keeps that match the filters, with their open proposals counted."""
        self.filtri = FiltriCuraForm(self.request.GET, risorse=Risorsa.objects.curate_da(self.request.user))
        aperte = Count("proposte", filter=Q(proposte__stato=StatoProposta.APERTA))
        righe = self.filtri.filtra().select_related("ente").annotate(proposte_aperte=aperte)
        # The order of the model does not survive the grouping.
        return righe.order_by("ente__ordine", "ente__denominazione", "nome", "uuid")

    def get_context_data(self, **kwargs):
        """The list, its filters, the last proposals, and whether one may add to it."""
        utente = self.request.user
        proposte = PropostaModifica.objects.visibili_a(utente).select_related("risorsa", "autore", "ente")
        return super().get_context_data(
            proposte=proposte[:ULTIME],
            puo_proporre=utente.has_perm("risorse.proponi_risorsa"),
            filtri=self.filtri,
            cercato=any(self.request.GET.get(campo.name) for campo in self.filtri.visible_fields()),
            filtrato=any(self.request.GET.get(nome) for nome in self.filtri.fields),
            da_confermare=self.filtri.risorse.con_scadenza().da_confermare().count(),
            **kwargs,
        )


class BozzaMixin:
    """What the two pages of a draft share: the form, signed, over the enti the person writes for."""

    form_class = BozzaForm
    template_name = "cura/bozza_form.html"

    def get_form_kwargs(self):
        """The enti to choose from, and who writes."""
        utente = self.request.user
        enti = (
            Ente.objects.all() if utente.has_perm("risorse.change_risorsa") else Ente.objects.con_unita(utente.ente_id)
        )
        return super().get_form_kwargs() | {"enti": enti, "autore": utente}

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla, form.azione = reverse("cura:risorsa-list"), "Salva la bozza"
        return form

    def get_success_url(self):
        """To the draft itself: it is read again before it is sent."""
        return reverse("cura:risorsa-update", args=[self.object.slug])


class RisorsaCreateView(BozzaMixin, RiservataMixin, CreateView):
    """`/area/servizi/nuovo/`: a service the portal does not have yet, as a draft."""

    permission_required = "risorse.proponi_risorsa"
    model = Risorsa

    def get_initial(self):
        """The person's own ente."""
        return {"ente": self.request.user.ente_id}

    def form_valid(self, form):
        """Sign the draft, and say where what it tells comes from."""
        risorsa = form.instance
        risorsa.autore = risorsa._history_user = self.request.user
        risorsa.fonte = f"Comunicazione di {risorsa.ente}"[:200]
        risorsa.fonte_data = timezone.localdate().isoformat()
        messages.success(self.request, "Bozza salvata. Quando è pronta, mandala a chi coordina.")
        return super().form_valid(form)


class RisorsaUpdateView(BozzaMixin, DiRisorsaMixin, UpdateView):
    """`/area/servizi/<slug>/modifica/`: a card that is not published yet, written directly by its ente."""

    def get(self, request, *args, **kwargs):
        """The form; for a card that is published, the form of proposals."""
        if not self.risorsa.si_scrive:
            return redirect("cura:proposta-create", slug=self.risorsa.slug)
        return super().get(request, *args, **kwargs)

    def get_object(self):
        """The card of the address: a copy, for the form writes on it what is typed."""
        return copy(self.risorsa)

    def form_valid(self, form):
        """Save, unless it was published or someone else has saved it meanwhile."""
        if not self.risorsa.si_scrive:
            form.add_error(None, "Nel frattempo la scheda è stata pubblicata: quello che hai scritto proponilo.")
            return self.form_invalid(form)
        try:
            form.instance._history_user = self.request.user
            risposta = super().form_valid(form)
        except VersioneSuperata as superata:
            nuovo = form.riaperto(superata.salvate[self.risorsa.pk])
            nuovo.annulla, nuovo.azione = form.annulla, form.azione
            contesto = self.get_context_data(form=nuovo, confronto=nuovo.confronto(), accolti=nuovo.accolti)
            return self.render_to_response(contesto, status=409)
        if "invia" in self.request.POST and form.si_invia:
            return self.invia()
        messages.success(self.request, "Salvato.")
        return risposta

    def invia(self):
        """Send what was just saved to who coordinates, to be published."""
        try:
            compi(self.object, "invia-in-revisione", autore=self.request.user)
        except PassaggioNonPossibile as impossibile:
            messages.error(self.request, str(impossibile))
        else:
            messages.success(self.request, f"«{self.object}» è da chi coordina: quando la pubblica, la leggono tutti.")
        return redirect("cura:risorsa-list")
