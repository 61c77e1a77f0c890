"""The attendance of a meeting."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.views.generic import TemplateView

from incontri.forms.presenze import PresenzeForm
from incontri.models import EsitoPresenza, ModalitaIncontro
from incontri.servizi.convocazioni import attese_presenze
from incontri.servizi.modifiche import NonModificabile
from incontri.servizi.presenze import registra_presenze, titolari
from incontri.views.accesso import DiIncontroMixin
from referenti.models import Seggio
from tavolo.base.concorrenza import VersioneSuperata


class PresenzeView(DiIncontroMixin, TemplateView):
    """Every seat in one screen, and the guests."""

    permesso = "incontri.change_incontro"
    modifica = True
    template_name = "incontri/presenza_form.html"

    def moduli(self, dati=None):
        """The form of the whole screen: today's seats, and those already recorded that are no longer there."""
        presenze = list(self.incontro.presenze.in_fila())
        seggi = Seggio.objects.filter(Q(attivo=True) | Q(presenze__incontro=self.incontro)).distinct()
        online = self.incontro.modalita == ModalitaIncontro.ONLINE
        self.attese = {} if presenze else attese_presenze(self.incontro)
        return PresenzeForm(
            dati,
            seggi=seggi.select_related("ente"),
            titolari=titolari(self.incontro),
            presenze=presenze,
            esito_ospiti=EsitoPresenza.ONLINE if online else EsitoPresenza.IN_SEDE,
            attese=self.attese,
        )

    def get_context_data(self, **kwargs):
        """The rows as they are saved, unless the request sent others."""
        kwargs.setdefault("moduli", None)
        kwargs["moduli"] = kwargs["moduli"] or self.moduli()
        return super().get_context_data(attese=self.attese, **kwargs)

    def post(self, request, *args, **kwargs):
        """Save every row or none."""
        moduli, stato = self.moduli(request.POST), 200
        if moduli.is_valid():
            try:
                registra_presenze(self.incontro, moduli.righe(), autore=request.user)
                messages.success(request, "Presenze salvate.")
                return redirect(self.incontro)
            except VersioneSuperata as superata:
                moduli.riapri(superata.salvate)
                stato = 409
            except NonModificabile as fermo:
                messages.error(request, str(fermo))
        return self.render_to_response(self.get_context_data(moduli=moduli), status=stato)
