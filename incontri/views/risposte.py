"""Answering a convocation, in the area and with a signed link, and what to prepare."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from incontri.forms.convocazioni import RispostaForm
from incontri.servizi.convocazioni import RispostaNonPossibile, contro_la_risposta, rispondi
from incontri.servizi.link_risposta import LinkNonValido, apri
from incontri.servizi.rilevazioni.voti import da_votare
from incontri.views.accesso import DiIncontroMixin
from incontri.views.impegni_aperti import impegni_aperti, impegni_della_pagina
from incontri.views.istanze_in_incontro import istanze_di_incontro


def _salva(form, convocazione, autore):
    """Write the answer; the reason why not, for the person, or nothing."""
    try:
        rispondi(convocazione, **form.cleaned_data, autore=autore)
    except RispostaNonPossibile as impossibile:
        form.add_error(None, str(impossibile))
        return False
    return True


class PreparatiView(DiIncontroMixin, TemplateView):
    """Everything to prepare for a meeting, for this person; who is called answers here."""

    template_name = "incontri/incontro_preparati.html"

    @cached_property
    def convocazione(self):
        """The convocation of this person, or None."""
        return self.incontro.convocazioni.in_fila().filter(utente=self.request.user).first()

    def get_context_data(self, **kwargs):
        """Agenda, minutes to approve, commitments of the own ente, answered instances, the answer."""
        utente, incontro = self.request.user, self.incontro
        punti = list(incontro.punti.select_related("verbale_da_approvare__incontro"))
        da_approvare = [p.verbale_da_approvare for p in punti if p.verbale_da_approvare_id]
        del_punto = impegni_della_pagina(incontro, punti, utente)
        aperti = del_punto["impegni_aperti"] if del_punto else impegni_aperti(incontro, utente)
        ente = utente.ente_id
        impegni = [i for i in aperti if ente in (i.ente_id, i.ente.padre_id)] if ente else []
        chiamata, contro = self.convocazione, contro_la_risposta(incontro)
        if chiamata and not contro:
            kwargs.setdefault("form", RispostaForm(convocazione=chiamata))
        return super().get_context_data(
            punti=punti,
            verbali=[(v, utente.has_perm("incontri.view_verbale", v)) for v in da_approvare],
            impegni=impegni,
            **del_punto,
            **istanze_di_incontro(incontro, utente, punti),
            convocazione=chiamata,
            contro=contro,
            da_votare=da_votare(utente),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """Answer."""
        if self.convocazione is None:
            messages.error(request, "Non sei fra chi è convocato a questo incontro.")
            return redirect("incontri:incontro-preparati", pk=self.incontro.pk)
        form = RispostaForm(request.POST, convocazione=self.convocazione)
        if form.is_valid() and _salva(form, self.convocazione, request.user):
            messages.success(request, "Grazie: abbiamo la tua risposta. Puoi cambiarla fino all'incontro.")
            return redirect("incontri:incontro-preparati", pk=self.incontro.pk)
        return self.render_to_response(self.get_context_data(form=form))


@method_decorator(never_cache, name="dispatch")
class RispostaDaLinkView(FormView):
    """`/convocazione/<token>/`: the meeting and the answer, for whoever holds the link; reading it answers nothing."""

    form_class = RispostaForm
    template_name = "convocazione/risposta.html"

    def dispatch(self, request, *args, **kwargs):
        """Open the link first: without it there is nothing to show."""
        try:
            self.convocazione = apri(kwargs["token"])
        except LinkNonValido:
            return render(request, "convocazione/link_non_valido.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        """The form over the answer given so far."""
        return super().get_form_kwargs() | {"convocazione": self.convocazione}

    def get_context_data(self, **kwargs):
        """The meeting, its agenda, and why one cannot answer."""
        incontro = self.convocazione.incontro
        return super().get_context_data(
            convocazione=self.convocazione,
            incontro=incontro,
            punti=incontro.punti.all(),
            contro=contro_la_risposta(incontro),
            **kwargs,
        )

    def form_valid(self, form):
        """Write the answer, and thank."""
        if not _salva(form, self.convocazione, None):
            return self.form_invalid(form)
        messages.success(self.request, "Grazie: abbiamo la tua risposta. Puoi cambiarla fino all'incontro.")
        return redirect("convocazione:risposta", token=self.kwargs["token"])
