"""The sections of a restitution document: writing them, ending a contest, comments and answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from incontri.forms.restituzioni import CommentoForm, ContesaForm, RispostaForm, SezioneForm
from incontri.models import StatoCommento
from incontri.servizi.restituzioni.commenti import commenta, rispondi
from incontri.servizi.restituzioni.penna import SEGNO
from incontri.servizi.restituzioni.testi import proposta_di_fusione, risolvi_contesa, scrivi_sezione
from incontri.views.restituzioni import DiRestituzioneMixin
from tavolo.base import riservatezza
from tavolo.base.concorrenza import VersioneSuperata
from tavolo.base.fusione import differenze, fondi
from tavolo.base.stati import PassaggioNonPossibile


class DiSezioneMixin(DiRestituzioneMixin):
    """A page about one section of the document of the address."""

    permesso = "incontri.change_restituzione"
    modifica = True

    @cached_property
    def sezione(self):
        """The section."""
        return get_object_or_404(self.restituzione.sezioni, genere=self.kwargs["genere"])

    def get_form(self, form_class=None):
        """The form, with the way back to the section."""
        form = super().get_form(form_class)
        form.annulla = self.ritorno
        return form

    @property
    def ritorno(self):
        """The section on the page of its document."""
        return f"{self.restituzione.get_absolute_url()}#sezione-{self.sezione.ordine}"

    def get_context_data(self, **kwargs):
        """The section, with its sources in the order of the text."""
        citate = dict.fromkeys(SEGNO.findall(self.sezione.testo))
        fonti = [(chiave, self.sezione.fonti[chiave]) for chiave in citate if chiave in self.sezione.fonti]
        return super().get_context_data(sezione=self.sezione, fonti=fonti, **kwargs)

    def non_fatto(self, form, perche):
        """The form again, with the reason and everything that was typed."""
        form.add_error(None, str(perche))
        return self.render_to_response(self.get_context_data(form=form), status=409)


class SezioneUpdateView(DiSezioneMixin, FormView):
    """Writing a section; two who write at once meet both texts, and one made of them."""

    form_class = SezioneForm
    template_name = "incontri/sezione_form.html"

    def get_initial(self):
        """The text as it is saved."""
        return {"testo": self.sezione.testo, "versione": str(self.sezione.versione)}

    def form_valid(self, form):
        """Save over the version that was opened."""
        testo, versione = form.cleaned_data["testo"], form.cleaned_data["versione"]
        try:
            self.salva(testo, versione)
        except VersioneSuperata as superata:
            return self.due_testi(form, superata.salvate[self.sezione.pk])
        except PassaggioNonPossibile as impossibile:
            return self.non_fatto(form, impossibile)
        messages.success(self.request, "Salvato.")
        if trovato := riservatezza.in_parole([testo]):
            messages.warning(self.request, f"Guarda meglio il testo che leggeranno tutti: {trovato}.")
        return redirect(self.ritorno)

    def salva(self, testo, versione):
        """Write the text."""
        scrivi_sezione(self.sezione, testo=testo, versione=versione, autore=self.request.user)

    def due_testi(self, form, salvata):
        """The page with what somebody else saved, what was typed, and one text made of both where it is known from what."""
        mio, versione = form.cleaned_data["testo"], form.cleaned_data["versione"]
        vista = salvata and versione.isdecimal() and salvata.storia.filter(versione=int(versione[:9])).first()
        unito = fondi(vista.testo, salvata.testo, mio).testo if vista else mio
        nuovo = self.form_class({"testo": unito, "versione": str(salvata.versione)})
        nuovo.annulla = self.ritorno
        confronto = [("Testo", salvata.testo, mio)]
        return self.render_to_response(self.get_context_data(form=nuovo, confronto=confronto), status=409)


class ContesaView(SezioneUpdateView):
    """A text written by hand and a newer one of the data: what it was, both, and a proposal made of them."""

    form_class = ContesaForm
    template_name = "incontri/sezione_contesa.html"

    def get(self, request, *args, **kwargs):
        """The three texts, unless there is nothing to choose."""
        if not self.sezione.contesa and not self.restituzione.fermo:
            messages.info(request, "In questa sezione non c'è niente da scegliere.")
            return redirect(self.ritorno)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        """The text made of both."""
        return {"testo": proposta_di_fusione(self.sezione).testo, "versione": str(self.sezione.versione)}

    def get_context_data(self, **kwargs):
        """What each changed from the text both come from."""
        sezione = self.sezione
        return super().get_context_data(
            dai_dati=differenze(sezione.compilato, sezione.contesa),
            a_mano=differenze(sezione.compilato, sezione.testo),
            conflitti=proposta_di_fusione(sezione).conflitti,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """One of the two texts whole, by its button, or the one of the form."""
        for nome, testo in (("mio", self.sezione.testo), ("nuovo", self.sezione.contesa)):
            if nome in request.POST and self.sezione.contesa:
                dati = {"testo": testo, "versione": request.POST.get("versione", "")}
                form = self.form_class(dati)
                form.annulla = self.ritorno
                return self.form_valid(form) if form.is_valid() else self.form_invalid(form)
        return super().post(request, *args, **kwargs)

    def salva(self, testo, versione):
        """Write the text, which ends the contest."""
        risolvi_contesa(self.sezione, testo=testo, versione=versione, autore=self.request.user)


class CommentoCreateView(DiSezioneMixin, FormView):
    """What an ente says of a section."""

    permesso = "incontri.commenta_restituzione"
    form_class = CommentoForm
    template_name = "incontri/commento_form.html"

    def form_valid(self, form):
        """Keep it, while comments are taken."""
        try:
            commenta(self.sezione, testo=form.cleaned_data["testo"], autore=self.request.user)
        except PassaggioNonPossibile as impossibile:
            return self.non_fatto(form, impossibile)
        messages.success(self.request, "Commento mandato. La risposta comparirà accanto.")
        return redirect(self.ritorno)


class CommentoRispondiView(DiSezioneMixin, FormView):
    """What came of a comment."""

    permesso = "incontri.view_restituzione"
    form_class = RispostaForm
    template_name = "incontri/commento_rispondi.html"

    @cached_property
    def commento(self):
        """The comment of the address; 403 for who does not write the document."""
        commento = get_object_or_404(
            self.restituzione.commenti().select_related("sezione__restituzione", "ente"), pk=self.kwargs["commento"]
        )
        if not self.request.user.has_perm("incontri.rispondi_commento", commento):
            raise PermissionDenied
        return commento

    @property
    def sezione(self):
        """Its section."""
        return self.commento.sezione

    def get(self, request, *args, **kwargs):
        """The question, unless it was answered."""
        if self.commento.stato == StatoCommento.RISOLTO and not self.restituzione.fermo:
            messages.info(request, "A questo commento qualcuno ha già risposto.")
            return redirect(self.ritorno)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """The comment."""
        return super().get_context_data(commento=self.commento, **kwargs)

    def form_valid(self, form):
        """Answer, unless somebody has."""
        try:
            rispondi(self.commento, risposta=form.cleaned_data["risposta"], autore=self.request.user)
        except PassaggioNonPossibile as impossibile:
            return self.non_fatto(form, impossibile)
        messages.success(self.request, "Risposto: il commento è chiuso.")
        return redirect(self.ritorno)
