"""Observations on shared minutes: to write one, to decide one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from incontri.forms.osservazioni import DecisioneForm, OsservazioneForm
from incontri.models import StatoOsservazione, StatoVerbale
from incontri.servizi.modifiche import NonModificabile
from incontri.servizi.osservazioni import ACCOLTA, NonSiOsserva, decidi_osservazione, osserva, perche_non_si_osserva
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.indirizzi import portale
from tavolo.base.stati import PassaggioNonPossibile


class OsservazioneCreateView(DiVerbaleMixin, FormView):
    """A new observation, for the own ente; who coordinates may write it for another one, and after the deadline."""

    form_class = OsservazioneForm
    template_name = "incontri/osservazione_form.html"

    @cached_property
    def verbale(self):
        """The minutes, if this person may observe on them at all."""
        verbale = super().verbale
        if not self.request.user.has_perm("incontri.osserva", verbale):
            raise PermissionDenied
        return verbale

    @property
    def coordina(self):
        """Whether this person chooses the ente, and has no deadline."""
        return self.request.user.has_perm("incontri.osserva_in_ritardo")

    def get(self, request, *args, **kwargs):
        """The form, unless the minutes take no observations now."""
        if perche := perche_non_si_osserva(self.verbale, in_ritardo=self.coordina):
            messages.error(request, perche)
            return redirect(self.verbale)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """The points to choose among, the one the person comes from chosen."""
        return super().get_form_kwargs() | {
            "punti": self.verbale.incontro.punti.all(),
            "sceglie_ente": self.coordina,
            "initial": {"punto": _chiave(self.request.GET.get("punto", "")), "ente": self.request.user.ente_id},
        }

    def get_form(self, form_class=None):
        """The form, with the way back to the minutes."""
        form = super().get_form(form_class)
        form.annulla = self.verbale.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """The minutes, for the deadline."""
        return super().get_context_data(verbale=self.verbale, **kwargs)

    def form_valid(self, form):
        """Save it; what is not possible any more gives the text back."""
        dati = form.cleaned_data
        try:
            osserva(
                self.verbale,
                ente=dati.get("ente") or self.request.user.ente,
                testo=dati["testo"],
                punto=dati["punto"],
                in_ritardo=self.coordina,
                autore=self.request.user,
            )
        except NonSiOsserva as chiuso:
            form.add_error(None, str(chiuso))
            return self.form_invalid(form)
        messages.success(self.request, "Osservazione mandata. Quando sarà decisa ti scriviamo una e-mail.")
        return redirect(self.verbale)


class OsservazioneDecidiView(DiVerbaleMixin, FormView):
    """Accept or refuse an observation, with the reason."""

    form_class = DecisioneForm
    template_name = "incontri/osservazione_decidi.html"

    @cached_property
    def osservazione(self):
        """The observation of the address, if this person may decide it."""
        righe = self.verbale.osservazioni.select_related("ente", "punto", "autore")
        osservazione = get_object_or_404(righe, pk=self.kwargs["osservazione"])
        if not self.request.user.has_perm("incontri.decidi_osservazione", osservazione):
            raise PermissionDenied
        return osservazione

    def get(self, request, *args, **kwargs):
        """The form, unless it was decided already."""
        osservazione = self.osservazione
        if osservazione.stato != StatoOsservazione.APERTA or self.verbale.fermo:
            messages.info(request, "Questa osservazione non è più da decidere.")
            return redirect(self.verbale)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """Whether the minutes are to be taken back to correct them."""
        si_riprende = self.verbale.stato == StatoVerbale.CONDIVISO
        return super().get_form_kwargs() | {"si_riprende": si_riprende, "initial": {"riprendi": True}}

    def get_form(self, form_class=None):
        """The form, with the way back to the minutes."""
        form = super().get_form(form_class)
        form.annulla = self.verbale.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """The minutes and the observation."""
        return super().get_context_data(verbale=self.verbale, osservazione=self.osservazione, **kwargs)

    def form_valid(self, form):
        """Decide; accepted with the box ticked, go and write the point."""
        dati, osservazione = form.cleaned_data, self.osservazione
        try:
            decidi_osservazione(
                osservazione,
                dati["decisione"],
                motivo=dati["motivo"],
                riprendi=dati.get("riprendi", False),
                base=portale(self.request),
                autore=self.request.user,
            )
        except (PassaggioNonPossibile, NonModificabile) as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(self.request, f"Osservazione {osservazione.get_stato_display().lower()}.")
        if dati["decisione"] == ACCOLTA and dati.get("riprendi"):
            if osservazione.punto_id:
                return redirect("incontri:voce-update", pk=self.kwargs["pk"], punto=osservazione.punto_id)
            return redirect("incontri:verbale-scrivi", pk=self.kwargs["pk"])
        return redirect(self.verbale)


def _chiave(testo):
    try:
        return UUID(testo)
    except ValueError:
        return None
