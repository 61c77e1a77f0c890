"""Convening a meeting: who is called, what each will read, what is missing; and telling who is called what changed."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import FormView, TemplateView

from incontri.forms.convocazioni import OspiteForm
from incontri.models import Convocazione, StatoIncontro
from incontri.servizi import spedizioni
from incontri.servizi.convocazioni import (
    OspiteNonPossibile,
    aggiungi_ospite,
    convoca,
    da_chiamare,
    togli_ospite,
)
from incontri.servizi.modifiche import NonModificabile
from incontri.views.accesso import DiIncontroMixin, incontro_per, verbo
from tavolo.base.indirizzi import portale
from tavolo.base.stati import PassaggioNonPossibile

SENZA_LINK = "[qui l'indirizzo per rispondere, diverso per ogni persona]"


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class ConvocazioneView(DiIncontroMixin, TemplateView):
    """The preview before convening; afterwards who was reached and who was not. POST convenes and sends."""

    permesso = "incontri.change_incontro"
    template_name = "incontri/convocazione.html"

    def get_context_data(self, **kwargs):
        """To whom, which text, what is missing."""
        incontro = self.incontro
        salvate = list(incontro.convocazioni.in_fila())
        da_convocare = incontro.stato == StatoIncontro.PIANIFICATO
        righe = salvate
        if da_convocare:
            righe = da_chiamare(incontro) + [r for r in salvate if not r.seggio_id]
        for riga in righe:
            riga.incontro = incontro
        raggiungibili = [r for r in righe if r.email]
        oggetto, testo = (
            spedizioni.lettera(raggiungibili[0], base=portale(self.request), link=SENZA_LINK)
            if raggiungibili
            else ("", "")
        )
        return super().get_context_data(
            righe=righe,
            raggiungibili=raggiungibili,
            oggetto=oggetto,
            testo=testo,
            da_convocare=da_convocare,
            impedimento=_impedimento(incontro) if da_convocare else "",
            senza_odg=not incontro.punti.exists(),
            da_avvisare=set(spedizioni.da_avvisare(incontro).values_list("pk", flat=True)),
            da_ricordare=spedizioni.da_ricordare(incontro).count(),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """Convene, then send: the mails that do not leave are on this page, to try again."""
        try:
            convoca(self.incontro, autore=request.user)
        except PassaggioNonPossibile as impossibile:
            messages.error(request, str(impossibile))
            return redirect("incontri:convocazione", pk=self.incontro.pk)
        messages.success(request, "L'incontro è convocato.")
        racconta(request, spedizioni.avvisa(self.incontro, autore=request.user, base=portale(request)))
        return redirect("incontri:convocazione", pk=self.incontro.pk)


def _impedimento(incontro):
    return "" if incontro.inizio else "Per convocare l'incontro indica prima la data e l'ora di inizio."


def racconta(request, esito):
    """Say who was written to and who could not be."""
    if esito.partite:
        quante = len(esito.partite)
        messages.success(request, "Una e-mail mandata." if quante == 1 else f"{quante} e-mail mandate.")
    if esito.fallite:
        chi = ", ".join(nome for nome, _ in esito.fallite)
        messages.error(
            request,
            f"Non abbiamo potuto scrivere a: {chi} ({esito.fallite[0][1]}). L'incontro è salvato: puoi riprovare da qui.",
        )


@transaction.non_atomic_requests
@verbo
def convocazione_avvisa(request, pk):
    """Write to who does not know the meeting as it stands: after a change, or where a mail did not leave."""
    return _manda(request, pk, spedizioni.avvisa)


@transaction.non_atomic_requests
@verbo
def convocazione_ricorda(request, pk):
    """Write again to who has not answered."""
    return _manda(request, pk, spedizioni.ricorda)


def _manda(request, pk, manda):
    incontro = incontro_per(request.user, pk, "incontri.change_incontro")
    esito = manda(incontro, autore=request.user, base=portale(request))
    if not (esito.partite or esito.fallite):
        messages.info(request, "Non c'è nessuno a cui scrivere adesso.")
    racconta(request, esito)
    return redirect("incontri:convocazione", pk=pk)


class OspiteView(DiIncontroMixin, FormView):
    """A guest to call."""

    permesso = "incontri.change_incontro"
    modifica = True
    form_class = OspiteForm
    template_name = "incontri/ospite_form.html"

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = reverse("incontri:convocazione", args=[self.incontro.pk])
        return form

    def form_valid(self, form):
        """Add the guest; the mail leaves with the others, or when it is asked for."""
        try:
            aggiungi_ospite(self.incontro, **form.cleaned_data, autore=self.request.user)
        except (OspiteNonPossibile, NonModificabile) as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(self.request, "Ospite aggiunto.")
        return redirect(form.annulla)


@verbo
def ospite_togli(request, pk, ospite):
    """Take away a guest nobody has written to yet."""
    incontro = incontro_per(request.user, pk, "incontri.change_incontro")
    riga = get_object_or_404(Convocazione, incontro=incontro, pk=ospite)
    try:
        togli_ospite(riga, autore=request.user)
    except OspiteNonPossibile as impossibile:
        messages.error(request, str(impossibile))
    return redirect("incontri:convocazione", pk=pk)
