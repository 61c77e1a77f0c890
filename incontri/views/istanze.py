"""Instances: sending one, the page of one with what is written under it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import DetailView, FormView

from incontri.forms.istanze import IstanzaForm, MessaggioForm
from incontri.models import Istanza, StatoIstanza, TipoVoce, Voce
from incontri.servizi.avvisi_istanze import indirizzi_di, referenti_di
from incontri.servizi.controllo_file import FileRifiutato
from incontri.servizi.istanze import (
    IstanzaNonPossibile,
    chiudi,
    invia_istanza,
    prendi_in_carico,
    riapri,
    rispondi,
    scrivi_messaggio,
)
from incontri.servizi.modifiche import NonModificabile
from incontri.views.allegati import allegati_di_istanza
from incontri.views.ciclo import DOPO, FATTA, ORA, Tappa
from referenti.models import Ente
from tavolo.base import riservata
from tavolo.base.riservata import RiservataMixin
from tavolo.base.stati import PassaggioNonPossibile

verbo = riservata.verbo(lambda chiavi: reverse("istanze:istanza-detail", args=[chiavi["pk"]]))
# The passages that need no words; the answer is written in the page.
VERBI = {"prendi-in-carico": prendi_in_carico, "chiudi": chiudi, "riapri": riapri}


class IstanzaCreateView(RiservataMixin, FormView):
    """A new instance, by itself or from an entry of the minutes (`?voce=`)."""

    permission_required = "incontri.add_istanza"
    form_class = IstanzaForm
    template_name = "incontri/istanza_form.html"

    @cached_property
    def voce(self):
        """The entry it comes from, of minutes this person may write; None without one."""
        if not (chiave := self.request.GET.get("voce")):
            return None
        voci = Voce.objects.select_related("punto__incontro__verbale")
        voce = get_object_or_404(voci, pk=_uuid(chiave), tipo=TipoVoce.ISTANZA)
        verbale = getattr(voce.punto.incontro, "verbale", None)
        if verbale is None or not self.request.user.has_perm("incontri.change_verbale", verbale):
            raise Http404("Questa voce non c'è.")
        return voce

    def get(self, request, *args, **kwargs):
        """The form; for an entry whose instance was sent, that one."""
        if self.voce and (gia := Istanza.objects.filter(voce=self.voce).first()):
            messages.info(request, "L'istanza di questa voce è già stata inviata: eccola.")
            return redirect(gia)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        """The words of the entry, the recipient of the address."""
        iniziali = {}
        if self.voce:
            righe = self.voce.testo.strip().splitlines()
            iniziali = {"oggetto": righe[0].lstrip("#*-> ")[:160] if righe else "", "testo": self.voce.testo}
        if destinatario := Ente.objects.filter(slug=self.request.GET.get("a", "")).first():
            iniziali["destinatario"] = destinatario.pk
        return iniziali

    def get_form_kwargs(self):
        """Who sends."""
        return super().get_form_kwargs() | {"utente": self.request.user}

    def get_form(self, form_class=None):
        """The form, with the way back to where one came from."""
        form = super().get_form(form_class)
        form.annulla = self._indietro()
        return form

    def _indietro(self):
        if not self.voce:
            return reverse("istanze:istanza-list")
        return reverse("incontri:verbale-detail", args=[self.voce.punto.incontro_id])

    def get_context_data(self, **kwargs):
        """The entry it comes from."""
        return super().get_context_data(voce=self.voce, **kwargs)

    def form_valid(self, form):
        """Send, unless somebody has sent the instance of this entry meanwhile."""
        dati = form.cleaned_data
        valori = {nome: dati[nome] for nome in ("oggetto", "testo", "destinatario", "mittente", "scadenza", "chiave")}
        try:
            istanza = invia_istanza(**valori, voce=self.voce, autore=self.request.user, file=dati["allegati"])
        except (IstanzaNonPossibile, FileRifiutato) as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(self.request, f"Istanza inviata a {istanza.destinatario.nome_corto}.")
        return redirect(istanza)


class IstanzaDetailView(RiservataMixin, DetailView):
    """One instance: how far it is, what was written, the files; below, the answer or a message to write."""

    context_object_name = "istanza"

    def get_queryset(self):
        """Those the person may read."""
        righe = Istanza.objects.visibili_a(self.request.user)
        return righe.select_related("destinatario__padre", "mittente", "voce__punto__incontro", "autore")

    def get_context_data(self, **kwargs):
        """The conversation, and what this person may do."""
        istanza, utente = self.object, self.request.user
        puo_scrivere = utente.has_perm("incontri.scrivi_istanza", istanza) and istanza.stato != StatoIstanza.CHIUSA
        storia = _storia(istanza)
        contesto = super().get_context_data(
            messaggi=list(istanza.messaggi.select_related("ente", "discussa_in")),
            da_discutere=Istanza.objects.da_discutere().filter(pk=istanza.pk).exists(),
            tappe=_tappe(istanza, storia),
            storia=storia,
            azioni=[a for a in istanza.azioni_per(utente) if a.nome in VERBI],
            persone=referenti_di(istanza.destinatario),
            arriva=bool(indirizzi_di(istanza.destinatario)),
            verbale=self._verbale(),
            puo_scrivere=puo_scrivere,
            **allegati_di_istanza(istanza, utente),
            **kwargs,
        )
        if puo_scrivere:
            contesto.setdefault("form", self.modulo())
        return contesto

    def _verbale(self):
        """The minutes of the entry it comes from, if this person may read them."""
        voce = self.object.voce
        verbale = getattr(voce.punto.incontro, "verbale", None) if voce else None
        return verbale if verbale and self.request.user.has_perm("incontri.view_verbale", verbale) else None

    def modulo(self, *dati):
        """The form of the message, with the answer's button for who may answer now."""
        risponde = self.object.aperta and self.request.user.has_perm("incontri.rispondi_istanza", self.object)
        return MessaggioForm(*dati, puo_rispondere=risponde)

    def post(self, request, *args, **kwargs):
        """Write the answer or the message; whatever stops it, the words come back."""
        self.object = istanza = self.get_object()
        risposta = request.POST.get("azione") == "rispondi"
        if not request.user.has_perm("incontri.rispondi_istanza" if risposta else "incontri.scrivi_istanza", istanza):
            raise PermissionDenied
        form, stato = self.modulo(request.POST, request.FILES), 200
        if form.is_valid():
            dati = form.cleaned_data
            scrivi = rispondi if risposta else scrivi_messaggio
            try:
                scrivi(istanza, testo=dati["testo"], autore=request.user, chiave=dati["chiave"], file=dati["allegati"])
                messages.success(request, "Risposta inviata." if risposta else "Messaggio inviato.")
                return redirect(istanza)
            except FileRifiutato as rifiutato:
                form.add_error("allegati", str(rifiutato))
            except (PassaggioNonPossibile, NonModificabile) as impossibile:
                form.add_error(None, f"{impossibile} Quello che hai scritto è ancora qui.")
                stato = 409
            self.object = self.get_object()
        return self.render_to_response(self.get_context_data(form=form), status=stato)


@verbo
def istanza_passaggio(request, pk, nome):
    """Take charge of an instance, close it, open it again."""
    istanza = get_object_or_404(
        Istanza.objects.visibili_a(request.user).select_related("destinatario", "mittente"), pk=pk
    )
    if nome not in VERBI:
        raise Http404("Questo passaggio non esiste.")
    if not request.user.has_perm(istanza.passaggio(nome).permesso, istanza):
        raise PermissionDenied
    try:
        VERBI[nome](istanza, autore=request.user)
    except PassaggioNonPossibile as impossibile:
        messages.error(request, str(impossibile))
    else:
        messages.success(request, f"Fatto: ora lo stato è «{istanza.get_stato_display()}».")
    return redirect(istanza)


def _tappe(istanza, storia):
    """The states in their order, as the steps of the minutes: each with its day once gone through, none that was skipped."""
    fila = [s.label for s in StatoIstanza]
    quando = {}
    for momento, _, stato in storia:
        # Opened again: what came after is still to come.
        quando = {nome: m for nome, m in quando.items() if fila.index(nome) < fila.index(stato)} | {stato: momento}
    qui = istanza.get_stato_display()
    come = dict.fromkeys(quando, FATTA) | {qui: ORA}
    restano = [nome for nome in fila if nome in come or fila.index(nome) > fila.index(qui)]
    return [Tappa(nome, come.get(nome, DOPO), quando.get(nome)) for nome in restano]


def _storia(istanza):
    """When its state changed and by whom, the oldest first."""
    passaggi, prima = [], None
    for riga in istanza.storia.select_related("history_user").order_by("history_date"):
        if riga.stato != prima:
            passaggi.append((riga.history_date, riga.history_user, riga.get_stato_display()))
            prima = riga.stato
    return passaggi


def _uuid(testo):
    try:
        return UUID(testo)
    except ValueError:
        raise Http404("Questa voce non c'è.") from None
