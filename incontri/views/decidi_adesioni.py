"""What who coordinates does with a request to join: on an agenda, accepted, refused, set aside."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from incontri.forms.adesioni import AccogliForm, DiscussioneForm, PersoneFormSet, RespingiForm, RitiraForm
from incontri.servizi.adesioni.accoglienza import AdesioneNonPossibile, accogli
from incontri.servizi.adesioni.decisioni import decisioni_possibili, impedimento, respingi
from incontri.servizi.adesioni.discussioni import incontri_possibili, metti_all_ordine_del_giorno
from incontri.servizi.adesioni.doppioni import possibili_doppioni
from incontri.servizi.modifiche import NonModificabile
from incontri.views.adesioni import DiRichiestaMixin
from referenti.models import Ente
from referenti.servizi.adesioni import ritira
from tavolo.base.stati import PassaggioNonPossibile


class _AzioneView(DiRichiestaMixin, FormView):
    """A form that does one thing with a request; what stops it stands above what was typed."""

    template_name = "incontri/adesione_azione.html"
    titolo = ""
    impossibili = (PassaggioNonPossibile, NonModificabile)

    def get(self, request, *args, **kwargs):
        """The form, or back to the request with the reason why not."""
        if motivo := self.contro():
            messages.error(request, motivo)
            return redirect(self.richiesta)
        return super().get(request, *args, **kwargs)

    def contro(self):
        """Why there is nothing to do here now."""
        return (
            ""
            if self.richiesta.aspetta
            else f"La richiesta è già chiusa: {self.richiesta.get_stato_display().lower()}."
        )

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = self.richiesta.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """What the page is called."""
        return super().get_context_data(titolo=self.titolo, **kwargs)

    def form_valid(self, form):
        """Do it; 409 with what was typed where it cannot be done any more."""
        try:
            fatto = self.fai(form)
        except self.impossibili as impossibile:
            form.add_error(None, str(impossibile))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, fatto)
        return redirect(self.richiesta)


class DiscussioneCreateView(_AzioneView):
    """Put the request on the agenda of a meeting still to come."""

    form_class = DiscussioneForm
    template_name = "incontri/adesione_discussione.html"
    titolo = "Metti all'ordine del giorno"

    def get_form_kwargs(self):
        """The meetings to choose from."""
        return super().get_form_kwargs() | {"incontri": incontri_possibili(self.richiesta)}

    def fai(self, form):
        """A point of that agenda."""
        incontro = form.cleaned_data["incontro"]
        metti_all_ordine_del_giorno(self.richiesta, incontro, autore=self.request.user, base=self.base)
        return f"La richiesta è nell'ordine del giorno di «{incontro.con_data}». Chi ha chiesto lo sa per e-mail."


class _DecisioneView(_AzioneView):
    """A form that closes a request as a meeting has decided."""

    def contro(self):
        """No decision to stand on, or over already."""
        return super().contro() or impedimento(self.richiesta)

    def get_form_kwargs(self):
        """The decisions to choose from."""
        return super().get_form_kwargs() | {"decisioni": decisioni_possibili(self.richiesta)}


class RespingiView(_DecisioneView):
    """Refuse, as the Tavolo decided, with a reason."""

    form_class = RespingiForm
    titolo = "Non accogliere la richiesta"

    def fai(self, form):
        """Refuse and answer."""
        respingi(self.richiesta, **form.cleaned_data, autore=self.request.user, base=self.base)
        return "Fatto: la risposta parte per e-mail."


class RitiraView(_AzioneView):
    """Set aside a request that needs no decision."""

    form_class = RitiraForm
    titolo = "Segna la richiesta come ritirata"

    def fai(self, form):
        """Over, with its reason."""
        ritira(self.richiesta, autore=self.request.user, motivo=form.cleaned_data["motivo"])
        return "Fatto: la richiesta è chiusa."


class AccogliView(_DecisioneView):
    """Accept in one step: the decision, the ente, the seat, the people to invite."""

    form_class = AccogliForm
    template_name = "incontri/adesione_accogli.html"
    titolo = "Accogli la richiesta"
    impossibili = (PassaggioNonPossibile, AdesioneNonPossibile)

    @cached_property
    def scelto(self):
        """The ente chosen among the doubles (`?ente=`); None for a new one."""
        return Ente.objects.filter(slug=self.request.GET.get("ente", "")).first()

    def get_form_kwargs(self):
        """What the request says, to begin with."""
        return super().get_form_kwargs() | {
            "richiesta": self.richiesta,
            "ente": self.scelto,
        }

    def persone(self):
        """The forms of the people, the contact first."""
        if self.request.method == "POST":
            return PersoneFormSet(self.request.POST, prefix="persone")
        contatto = {nome: getattr(self.richiesta, nome) for nome in ("nome", "cognome", "email")}
        return PersoneFormSet(initial=[contatto], prefix="persone")

    def get_context_data(self, **kwargs):
        """The people, and the enti that may be the same."""
        if "persone" not in kwargs:
            kwargs["persone"] = self.persone()
        return super().get_context_data(doppioni=possibili_doppioni(self.richiesta), scelto=self.scelto, **kwargs)

    def post(self, request, *args, **kwargs):
        """Both forms good, or both back."""
        form, self.gruppo = self.get_form(), self.persone()
        if form.is_valid() and self.gruppo.is_valid():
            return self.form_valid(form)
        return self.render_to_response(self.get_context_data(form=form, persone=self.gruppo))

    def fai(self, form):
        """Ente, seat, accounts, invitations, answer."""
        ente = accogli(
            self.richiesta,
            decisione=form.cleaned_data["decisione"],
            accoglienza=form.accoglienza(self.gruppo.persone()),
            autore=self.request.user,
            base=self.base,
        )
        return f"Benvenuti: {ente} è al Tavolo. Gli inviti e la risposta partono per e-mail."
