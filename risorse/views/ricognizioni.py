"""The survey of resources: its progress for all, and the page with which an ente answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import ListView, TemplateView

from risorse.models import EnteInRicognizione, EsitoRisposta, Ricognizione, Risorsa
from risorse.servizi.cifre import cifre, servizi_chiesti
from risorse.servizi.proposte import PropostaNonPossibile
from risorse.servizi.ricognizioni import RispostaNonPossibile, concludi, conferma_nella_ricognizione, rispondi
from risorse.servizi.verifiche import ConfermaNonPossibile
from risorse.views.cura import RisorsaCreateView
from risorse.views.proposte import PropostaCreateView, RitiroCreateView
from tavolo.base import riservata
from tavolo.base.riservata import RiservataMixin


def _pagina(chiavi) -> str:
    return reverse("cura:ricognizione-ente", args=[chiavi["slug_ricognizione"], chiavi["ente"]])


verbo = riservata.verbo(_pagina)


def chiamato_per(utente, slug_ricognizione, ente):
    """The call of an ente if this person may see the survey (404) and answers for the ente (403)."""
    chiamati = EnteInRicognizione.objects.filter(ricognizione__in=Ricognizione.objects.visibili_a(utente))
    chiamati = chiamati.select_related("ricognizione", "ente")
    chiamato = get_object_or_404(chiamati, ricognizione__slug=slug_ricognizione, ente__slug=ente)
    if not utente.has_perm("risorse.rispondi_enteinricognizione", chiamato):
        raise PermissionDenied
    return chiamato


class RicognizioneListView(RiservataMixin, ListView):
    """`/area/ricognizioni/`: the surveys, the last first."""

    template_name = "cura/ricognizione_list.html"

    def get_queryset(self):
        """Those this person may read."""
        return Ricognizione.objects.visibili_a(self.request.user)

    def get_context_data(self, **kwargs):
        """Besides the list: whether this person prepares them."""
        return super().get_context_data(puo_creare=self.request.user.has_perm("risorse.add_ricognizione"), **kwargs)


class RicognizioneDetailView(RiservataMixin, TemplateView):
    """`/area/ricognizioni/<slug>/`: how far each ente and each comune is; once closed, the figures that stay."""

    template_name = "cura/ricognizione_detail.html"

    def get_context_data(self, **kwargs):
        """The figures, who is missing, and the calls this person answers."""
        utente = self.request.user
        visibili = Ricognizione.objects.visibili_a(utente)
        ricognizione = get_object_or_404(visibili, slug=self.kwargs["slug_ricognizione"])
        numeri = ricognizione.cifre if ricognizione.chiusa else cifre(ricognizione)
        chiamati = ricognizione.chiamati.select_related("ente", "ricognizione")
        return super().get_context_data(
            ricognizione=ricognizione,
            cifre=numeri,
            mancanti=[ente["nome"] for ente in numeri["enti"] if not ente["concluso_il"]],
            miei=[c for c in chiamati if ricognizione.aperta and _suo(utente, c.ente)],
            puo_cambiare=utente.has_perm("risorse.change_ricognizione", ricognizione),
            **kwargs,
        )


def _suo(utente, ente) -> bool:
    return bool(utente.ente_id) and utente.ente_id in (ente.pk, ente.padre_id)


class DelChiamatoMixin:
    """A page of one ente within a survey."""

    @cached_property
    def chiamato(self):
        """The call of the address."""
        return chiamato_per(self.request.user, self.kwargs["slug_ricognizione"], self.kwargs["ente"])

    def dispatch(self, request, *args, **kwargs):
        """The page, or back to the survey with the reason while it takes no answers."""
        if request.user.has_perm("tavolo.entra_area") and not self.chiamato.ricognizione.aperta:
            messages.info(request, "La ricognizione non è aperta: le risposte non si possono cambiare.")
            return redirect(self.chiamato.ricognizione)
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self):
        """Back to the page of the ente."""
        return self.chiamato.get_absolute_url()

    def get_context_data(self, **kwargs):
        """The call, for every template."""
        return super().get_context_data(chiamato=self.chiamato, ricognizione=self.chiamato.ricognizione, **kwargs)


class RicognizioneEnteView(DelChiamatoMixin, RiservataMixin, TemplateView):
    """`/area/ricognizioni/<slug>/<ente>/`: every service of the ente, each with its answer; then what is missing."""

    template_name = "cura/ricognizione_ente.html"

    def get_context_data(self, **kwargs):
        """The services asked about with what was said of each, those added, how many wait."""
        chiamato = self.chiamato
        chieste = [r.pk for r in servizi_chiesti(chiamato.ricognizione.chiamati.all())[chiamato.pk]]
        risposte = {r.risorsa_id: r for r in chiamato.risposte.select_related("risorsa__ente", "autore")}
        molti = ("categorie", "comuni_serviti", "destinatari", "modalita", "lingue_parlate__lingua", "contatti")
        servizi = Risorsa.objects.filter(pk__in=chieste).select_related("ente").prefetch_related(*molti)
        righe = [(risorsa, risposte.get(risorsa.pk)) for risorsa in servizi]
        gia_fuori = [(r.risorsa, r) for r in risposte.values() if r.risorsa_id not in chieste and not _aggiunta(r)]
        return super().get_context_data(
            righe=righe + gia_fuori,
            aggiunte=[risposta.risorsa for risposta in risposte.values() if _aggiunta(risposta)],
            mancano=sum(risposta is None for _risorsa, risposta in righe),
            risposti=len(righe + gia_fuori) - sum(risposta is None for _risorsa, risposta in righe),
            **kwargs,
        )


def _aggiunta(risposta) -> bool:
    return risposta.esito == EsitoRisposta.AGGIUNTA


class _RispondeMixin(DelChiamatoMixin):
    """A proposal made while answering: an answer too."""

    esito: str

    def proponi(self, form):
        """Answer first, both or none: a survey that was closed meanwhile takes no proposal."""
        try:
            with transaction.atomic():
                rispondi(self.chiamato, self.risorsa, self.esito, autore=self.request.user)
                return super().proponi(form)
        except RispostaNonPossibile as impossibile:
            raise PropostaNonPossibile(str(impossibile)) from impossibile


class RicognizioneCorreggiView(_RispondeMixin, PropostaCreateView):
    """What is not right of a service."""

    esito = EsitoRisposta.CORRETTA


class RicognizioneRitiraView(_RispondeMixin, RitiroCreateView):
    """Why a service is no longer there."""

    esito = EsitoRisposta.RITIRATA


class RicognizioneAggiungiView(DelChiamatoMixin, RisorsaCreateView):
    """A service the portal does not have yet."""

    def get_initial(self):
        """The ente that answers."""
        return {"ente": self.chiamato.ente_id}

    def get_form(self, form_class=None):
        """The form, with the way back to the page of the ente."""
        form = super().get_form(form_class)
        form.annulla = self.chiamato.get_absolute_url()
        return form

    def form_valid(self, form):
        """A draft and an answer, both or none; it goes to who coordinates when the ente has finished."""
        try:
            with transaction.atomic():
                risposta = super().form_valid(form)
                rispondi(self.chiamato, self.object, EsitoRisposta.AGGIUNTA, autore=self.request.user)
        except RispostaNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        return risposta


@verbo
def ricognizione_conferma(request, slug_ricognizione, ente, slug):
    """The service is right as it is."""
    chiamato = chiamato_per(request.user, slug_ricognizione, ente)
    risorsa = get_object_or_404(Risorsa, slug=slug)
    try:
        conferma_nella_ricognizione(chiamato, risorsa, autore=request.user)
    except (RispostaNonPossibile, ConfermaNonPossibile) as impossibile:
        messages.error(request, str(impossibile))
    else:
        messages.success(request, f"Confermato: {risorsa}.")
    return redirect(chiamato)


@verbo
def ricognizione_concludi(request, slug_ricognizione, ente):
    """The ente has finished."""
    chiamato = chiamato_per(request.user, slug_ricognizione, ente)
    try:
        inviate = concludi(chiamato, autore=request.user)
    except RispostaNonPossibile as mancano:
        messages.error(request, str(mancano))
        return redirect(chiamato)
    bozze = f" Servizi nuovi mandati a chi coordina: {inviate}." if inviate else ""
    messages.success(request, f"Grazie: {chiamato.ente} ha finito.{bozze}")
    return redirect(chiamato.ricognizione)
