"""Declarations of coverage: the list, writing one, correcting it, taking it away."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from incontri.forms.copertura import CoperturaForm
from incontri.models import Bisogno, Copertura
from incontri.servizi.copertura.parole import dette
from incontri.views.contese import ScritturaMixin
from referenti.models import Comune
from risorse.models import Risorsa
from tavolo.base.concorrenza import VersioneSuperata, timbro, togli
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin

LEGATI = ("bisogno", "ente", "comune", "risorsa", "autore")


def casella(dichiarazione):
    """The cell a declaration is about."""
    return reverse("bisogni:copertura-cella", args=[dichiarazione.bisogno_id, dichiarazione.comune.slug])


class DichiarazioneListView(RiservataMixin, PaginaTollerante, ListView):
    """All declarations; `?mie=1` those of the own ente."""

    permission_required = ("tavolo.entra_area", "incontri.view_copertura")
    template_name = "incontri/dichiarazione_list.html"
    paginate_by = 50

    def get_queryset(self):
        """The declarations, need by need."""
        righe = Copertura.objects.select_related(*LEGATI, "ente__padre")
        self.mie = "mie" in self.request.GET and self.request.user.ente_id is not None
        if self.mie:
            righe = righe.dell_ente(self.request.user.ente_id)
        return righe.order_by(
            "bisogno__titolo", "bisogno", "comune__ordine", "ente__ordine", "ente__denominazione", "pk"
        )

    def get_context_data(self, **kwargs):
        """The declarations with which of them this person corrects, and which do not count and why."""
        contesto, utente = super().get_context_data(**kwargs), self.request.user
        oggi = timezone.localdate()
        verificate = set(
            Risorsa.objects.verificate()
            .filter(pk__in=[riga.risorsa_id for riga in contesto["object_list"] if riga.risorsa_id])
            .values_list("pk", flat=True)
        )
        for riga in contesto["object_list"]:
            riga.si_cambia = utente.has_perm("incontri.change_copertura", riga)
            riga.finita = riga.al is not None and riga.al < oggi
            riga.futura = riga.dal is not None and riga.dal > oggi
            riga.senza_servizio = riga.risorsa_id is not None and riga.risorsa_id not in verificate
        return contesto | {
            "dichiarazioni": dette(contesto["object_list"]),
            "mie": self.mie,
            "ente_mio": utente.ente,
            "puo_dichiarare": utente.has_perm("incontri.add_copertura"),
        }


class DiDichiarazioneMixin(RiservataMixin):
    """A page about one declaration: 403 without `permesso` on it."""

    permission_required = ("tavolo.entra_area", "incontri.view_copertura")
    permesso = "incontri.change_copertura"

    @cached_property
    def dichiarazione(self):
        """The declaration of the address."""
        riga = get_object_or_404(Copertura.objects.select_related(*LEGATI, "ente__padre"), pk=self.kwargs["pk"])
        if not self.request.user.has_perm(self.permesso, riga):
            raise PermissionDenied
        return riga

    def get_object(self):
        """The declaration: a copy, for forms write on it what is typed."""
        return copy(self.dichiarazione)


class DichiarazioneFormMixin(ScritturaMixin):
    """The form of a declaration: signed by who sends it, given back beside the other text where two met."""

    template_name = "incontri/dichiarazione_form.html"
    form_class = CoperturaForm
    salvato = "Salvata: la casella è aggiornata."

    def dopo(self, riga):
        """Back to its cell."""
        return casella(riga)


class DichiarazioneCreateView(RiservataMixin, DichiarazioneFormMixin, CreateView):
    """A new declaration; `?bisogno=` and `?comune=` say where one comes from."""

    permission_required = ("tavolo.entra_area", "incontri.add_copertura")
    model = Copertura
    extra_context = {"titolo": "Dichiara che cosa fate"}

    @cached_property
    def da_dove(self):
        """The need and the comune of the address, where they are there."""
        chiave, slug = (self.request.GET.get(nome, "") for nome in ("bisogno", "comune"))
        bisogno = Bisogno.objects.vivi().filter(slug=chiave).first()
        return bisogno, Comune.objects.dell_ambito().filter(slug=slug).first()

    def get_initial(self):
        """The need and the comune already chosen."""
        bisogno, comune = self.da_dove
        return {"bisogno": bisogno, "comune": comune}

    def annulla(self):
        """The cell one comes from, or the matrix."""
        bisogno, comune = self.da_dove
        if bisogno and comune:
            return reverse("bisogni:copertura-cella", args=[bisogno.pk, comune.slug])
        return reverse("bisogni:copertura")


class DichiarazioneUpdateView(DiDichiarazioneMixin, DichiarazioneFormMixin, UpdateView):
    """A declaration to correct."""

    extra_context = {"titolo": "Correggi la dichiarazione"}

    def post(self, request, *args, **kwargs):
        """Save; where someone has taken the declaration away meanwhile, what was typed comes back as a new one (409)."""
        if self.has_permission() and not Copertura.objects.filter(pk=kwargs["pk"]).exists():
            form = CoperturaForm(request.POST, utente=request.user)
            form.indirizzo = reverse("bisogni:dichiarazione-create")
            form.annulla = reverse("bisogni:copertura")
            form.add_error(
                None, "Un'altra persona ha tolto questa dichiarazione. Se serve ancora, salvala: ne nasce una nuova."
            )
            return render(request, self.template_name, {"form": form, "titolo": "Dichiara che cosa fate"}, status=409)
        return super().post(request, *args, **kwargs)

    def annulla(self):
        """Its cell."""
        return casella(self.dichiarazione)


class DichiarazioneDeleteView(DiDichiarazioneMixin, DetailView):
    """The page that asks whether to take a declaration away, and does."""

    permesso = "incontri.delete_copertura"
    context_object_name = "dichiarazione"
    template_name = "incontri/dichiarazione_togli.html"

    def get_context_data(self, **kwargs):
        """The declaration, its mark, the way back."""
        riga = self.dichiarazione
        return super().get_context_data(timbro=timbro(riga), casella=casella(riga), **kwargs)

    def post(self, request, **kwargs):
        """Take it away; where someone has changed it meanwhile the page asks again (409)."""
        riga = self.dichiarazione
        try:
            togli(riga, versione=request.POST.get("timbro", ""), autore=request.user)
        except VersioneSuperata:
            self.object = riga
            return self.render_to_response(self.get_context_data(cambiato=True), status=409)
        messages.success(request, "Tolta: la casella è aggiornata.")
        return redirect(casella(riga))
