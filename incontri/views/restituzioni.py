"""Restitution documents in the reserved area: the list, one, what it tells of, compiling it again."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from incontri.documenti.restituzione import disegna
from incontri.forms.restituzioni import RestituzioneForm
from incontri.models import Restituzione, StatoCommento
from incontri.servizi.restituzioni.commenti import segna_letto
from incontri.servizi.restituzioni.compilazione import PUBBLICATA, cambiamenti, compila_restituzione
from incontri.servizi.restituzioni.consultazione import avvisa_gli_enti, chiedi_commenti, da_avvisare
from incontri.servizi.restituzioni.vita import dati_di, impedimento_alla_pubblicazione
from incontri.views.contese import ScritturaMixin
from tavolo.base import riservata
from tavolo.base.indirizzi import portale
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin
from tavolo.base.stati import PassaggioNonPossibile, compi

verbo = riservata.verbo(lambda chiavi: reverse("restituzioni:restituzione-detail", args=[chiavi["pk"]]))


def restituzione_per(utente, pk, permesso="incontri.view_restituzione"):
    """The document if this person may read it (404 otherwise) and has `permesso` on it (403 otherwise)."""
    restituzione = get_object_or_404(Restituzione.objects.visibili_a(utente), pk=pk)
    if not utente.has_perm(permesso, restituzione):
        raise PermissionDenied
    return restituzione


class DiRestituzioneMixin(RiservataMixin):
    """A page about one document; with `modifica` it is refused, with a word of explanation, once it is published."""

    permesso = "incontri.view_restituzione"
    modifica = False

    @cached_property
    def restituzione(self):
        """The document of the address."""
        return restituzione_per(self.request.user, self.kwargs["pk"], self.permesso)

    def get_object(self, queryset=None):
        """The document: a copy, for forms write on it what is typed."""
        return copy(self.restituzione)

    def get(self, request, *args, **kwargs):
        """The page, unless it changes what stands still."""
        if self.modifica and self.restituzione.fermo:
            messages.info(request, PUBBLICATA)
            return redirect(self.restituzione)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """The document."""
        return super().get_context_data(restituzione=self.restituzione, **kwargs)


class RestituzioneListView(RiservataMixin, PaginaTollerante, ListView):
    """The documents, the newest period first."""

    permission_required = ("tavolo.entra_area", "incontri.leggi_restituzioni")
    template_name = "incontri/restituzione_list.html"
    paginate_by = 50

    def get_queryset(self):
        """Those this person may open, with how many comments wait."""
        aperti = Count("sezioni__commenti", filter=Q(sezioni__commenti__stato=StatoCommento.APERTO))
        righe = Restituzione.objects.visibili_a(self.request.user).annotate(commenti_aperti=aperti)
        return righe.order_by("-al", "-creato", "uuid")

    def get_context_data(self, **kwargs):
        """The list, and whether one may make a new one."""
        return super().get_context_data(puo_creare=self.request.user.has_perm("incontri.add_restituzione"), **kwargs)


class RestituzioneDetailView(DiRestituzioneMixin, DetailView):
    """The whole document with its comments, what has changed in the data since, what may be done."""

    template_name = "incontri/restituzione_detail.html"

    def get_context_data(self, **kwargs):
        """The sections as they are read, each with its row; who has read it; what this person may do."""
        restituzione, utente = self.restituzione, self.request.user
        dati = dati_di(restituzione, portale=portale(self.request), disegna=disegna)
        sezioni = restituzione.sezioni.prefetch_related("commenti__ente", "commenti__autore").order_by("ordine")
        puo_scrivere = not restituzione.fermo and utente.has_perm("incontri.change_restituzione", restituzione)
        azioni = [azione for azione in restituzione.azioni_per(utente) if azione.nome != "pubblica"]
        puo_pubblicare = not restituzione.fermo and utente.has_perm("incontri.pubblica_restituzione", restituzione)
        letture = list(restituzione.letture.select_related("utente", "ente"))
        return super().get_context_data(
            dati=dati,
            sezioni=list(zip(dati["sezioni"], sezioni, strict=False)),
            cambiamenti=cambiamenti(restituzione) if puo_scrivere or restituzione.fermo else [],
            puo_scrivere=puo_scrivere,
            puo_commentare=restituzione.si_commenta and utente.has_perm("incontri.commenta_restituzione"),
            puo_pubblicare=puo_pubblicare,
            da_avvisare=[avviso.ente for avviso in da_avvisare(restituzione)] if puo_pubblicare else [],
            impedimento=impedimento_alla_pubblicazione(restituzione) if puo_pubblicare else "",
            azioni=azioni,
            letture=letture,
            letto=any(lettura.utente_id == utente.pk for lettura in letture),
            **kwargs,
        )


class RestituzioneFormMixin(ScritturaMixin, RiservataMixin):
    """The form of what a document tells of."""

    template_name = "incontri/restituzione_form.html"
    form_class = RestituzioneForm


class RestituzioneCreateView(RestituzioneFormMixin, CreateView):
    """A new document: it is compiled at once."""

    permission_required = ("tavolo.entra_area", "incontri.add_restituzione")
    extra_context = {"titolo": "Nuovo documento di restituzione"}

    def annulla(self):
        """The list."""
        return reverse("restituzioni:restituzione-list")

    def form_valid(self, form):
        """Save it and compile it."""
        restituzione = form.save()
        compila_restituzione(restituzione, autore=self.request.user)
        messages.success(self.request, "Compilato dai verbali approvati e dai dati. Ora puoi correggere i testi.")
        return redirect(restituzione)


class RestituzioneUpdateView(DiRestituzioneMixin, RestituzioneFormMixin, UpdateView):
    """Period, themes, meetings, who writes."""

    permesso = "incontri.pubblica_restituzione"
    modifica = True
    salvato = "Salvato. Compila di nuovo perché i testi seguano."
    extra_context = {"titolo": "Di che cosa racconta il documento"}

    def annulla(self):
        """Its page."""
        return self.restituzione.get_absolute_url()

    def form_valid(self, form):
        """Save, unless it was published or someone else has saved it meanwhile."""
        return self.non_possibile(form, PUBBLICATA) if self.restituzione.fermo else super().form_valid(form)


@verbo
def restituzione_compila(request, pk):
    """Compile it again, and say what came of it."""
    restituzione = restituzione_per(request.user, pk, "incontri.change_restituzione")
    try:
        conti = compila_restituzione(restituzione, autore=request.user)
    except PassaggioNonPossibile as impossibile:
        messages.error(request, str(impossibile))
        return redirect(restituzione)
    messages.success(request, "Compilato di nuovo: i testi che non avevi toccato seguono i dati.")
    if conti["contese"]:
        messages.warning(request, _da_guardare(restituzione))
    return redirect(restituzione)


def _da_guardare(restituzione):
    """Which sections have a text of the data beside the one written by hand, each leading to where one chooses."""
    righe = [
        (reverse("restituzioni:sezione-contesa", args=[restituzione.pk, sezione.genere]), sezione.get_genere_display())
        for sezione in restituzione.sezioni.contese().order_by("ordine")
    ]
    return format_html(
        "Quello che hai scritto a mano è rimasto. I dati ora dicono altro qui, e puoi scegliere: {}.",
        format_html_join(", ", '<a href="{}">{}</a>', righe),
    )


@verbo
def restituzione_passaggio(request, pk, nome):
    """Out for comments, or back."""
    restituzione = restituzione_per(request.user, pk)
    try:
        passaggio = restituzione.passaggio(nome)
    except KeyError:
        raise Http404("Questo passaggio non esiste.") from None
    if nome == "pubblica":
        raise Http404("Si pubblica dalla sua pagina.")
    if not request.user.has_perm(passaggio.permesso, restituzione):
        raise PermissionDenied
    try:
        if nome == "consulta":
            chiedi_commenti(restituzione, autore=request.user)
            _avvisa(request, restituzione)
        else:
            compi(restituzione, nome, autore=request.user)
    except PassaggioNonPossibile as impossibile:
        messages.error(request, str(impossibile))
    else:
        messages.success(request, f"Fatto: ora il documento è «{restituzione.get_stato_display()}».")
    return redirect(restituzione)


@verbo
def restituzione_avvisa(request, pk):
    """Try again to tell the enti whose mail did not leave."""
    restituzione = restituzione_per(request.user, pk, "incontri.pubblica_restituzione")
    _avvisa(request, restituzione)
    return redirect(restituzione)


def _avvisa(request, restituzione):
    """Mail the enti once the passage is saved for good: it stays, whatever becomes of the mail.

    Who could not be told is named on the page of the document, with a button to try again.
    """
    transaction.on_commit(partial(avvisa_gli_enti, restituzione, base=portale(request)), robust=True)


@verbo
def restituzione_letta(request, pk):
    """Say to have read it."""
    restituzione = restituzione_per(request.user, pk)
    if not restituzione.fermo:
        segna_letto(restituzione, autore=request.user)
        messages.success(request, "Grazie: si vede che l'hai letto.")
    return redirect(restituzione)
