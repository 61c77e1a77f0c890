"""The agenda of a meeting."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from incontri.forms.odg import RIGHE_IN_PIU, RIGHE_VUOTE, odg_formset
from incontri.models import Verbale
from incontri.servizi.modifiche import NonModificabile
from incontri.servizi.odg import OdgNonVuoto, PuntoConTesto, parti_da_odg_tipo, salva_odg
from incontri.views.accesso import DiIncontroMixin, incontro_per, verbo
from tavolo.base.concorrenza import VersioneSuperata


class OdgView(DiIncontroMixin, TemplateView):
    """The points of the agenda as rows: write, add, remove, move."""

    permesso = "incontri.change_incontro"
    modifica = True
    template_name = "incontri/odg_form.html"

    @cached_property
    def verbali(self):
        """The minutes a point of this agenda may ask to approve."""
        return list(Verbale.objects.approvabili_in(self.incontro))

    def get_context_data(self, **kwargs):
        """The rows as they are saved, unless the request sent others."""
        punti = list(self.incontro.punti.all())
        if "righe" not in kwargs:
            vuote = RIGHE_IN_PIU if "righe" in self.request.GET else RIGHE_VUOTE
            kwargs["righe"] = odg_formset(punti=punti, verbali=self.verbali, vuote=vuote)
        return super().get_context_data(vuoto=not punti, **kwargs)

    def post(self, request, *args, **kwargs):
        """Save all the rows or none."""
        righe = odg_formset(request.POST, verbali=self.verbali)
        incontro, stato = self.incontro, 200
        if righe.is_valid():
            try:
                salva_odg(incontro, righe.righe(), autore=request.user)
                return self.avanti("salva_e_aggiungi" in request.POST)
            except VersioneSuperata as superata:
                righe, stato = righe.riaperto(superata.salvate), 409
            except (PuntoConTesto, NonModificabile) as impossibile:
                messages.error(request, str(impossibile))
        return self.render_to_response(self.get_context_data(righe=righe), status=stato)

    def avanti(self, altre_righe):
        """To more empty rows, or back to the meeting."""
        if altre_righe:
            return redirect(reverse("incontri:odg-update", args=[self.incontro.pk]) + "?righe=1")
        messages.success(self.request, "Ordine del giorno salvato.")
        return redirect(self.incontro)


@verbo
def odg_tipo(request, pk):
    """Fill an empty agenda with the points every meeting has."""
    incontro = incontro_per(request.user, pk, "incontri.change_incontro")
    try:
        parti_da_odg_tipo(incontro, autore=request.user)
    except OdgNonVuoto:
        messages.info(request, "L'ordine del giorno ha già dei punti: non abbiamo aggiunto altro.")
    except NonModificabile as fermo:
        messages.error(request, str(fermo))
        return redirect(incontro)
    return redirect("incontri:odg-update", pk=pk)
