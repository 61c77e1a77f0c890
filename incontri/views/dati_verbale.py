"""How the meeting went, written with its minutes."""

from copy import copy

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.views.generic import TemplateView

from incontri.forms.dati_verbale import OrariVerbaleForm, PresiedeForm
from incontri.servizi.modifiche import NonModificabile, apri_per_modifica
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.concorrenza import VersioneSuperata


class DatiVerbaleView(DiVerbaleMixin, TemplateView):
    """When the meeting really began and ended, who chaired it: two rows, saved together."""

    permesso = "incontri.change_verbale"
    modifica = True
    template_name = "incontri/verbale_dati.html"

    def moduli(self, dati=None):
        """The forms of the page, on copies: a form writes on its row what is typed."""
        return [
            OrariVerbaleForm(dati, instance=copy(self.verbale), prefix="verbale"),
            PresiedeForm(dati, instance=copy(self.verbale.incontro), prefix="incontro"),
        ]

    def get_context_data(self, **kwargs):
        """The forms as they are saved, unless the request sent others."""
        kwargs.setdefault("moduli", self.moduli())
        return super().get_context_data(verbale=self.verbale, **kwargs)

    def post(self, request, *args, **kwargs):
        """Save both or neither."""
        moduli, stato, contesa = self.moduli(request.POST), 200, {}
        if all(modulo.is_valid() for modulo in moduli):
            try:
                self.salva(moduli)
                messages.success(request, "Dati dell'incontro salvati.")
                return redirect(self.verbale)
            except NonModificabile as fermo:
                messages.error(request, str(fermo))
                stato = 409
            except VersioneSuperata as superata:
                salvate, stato = superata.salvate, 409
                moduli = [m.riaperto(salvate[m.instance.pk]) if m.instance.pk in salvate else m for m in moduli]
                contesi = [m for m in moduli if m.instance.pk in salvate]
                contesa = {
                    "confronto": [riga for m in contesi for riga in m.confronto()],
                    "accolti": [campo for m in contesi for campo in m.accolti],
                }
        return self.render_to_response(self.get_context_data(moduli=moduli, **contesa), status=stato)

    def salva(self, moduli):
        """Write the rows, unless the meeting stands still or someone else has saved one of them meanwhile."""
        superate = {}
        with transaction.atomic():
            apri_per_modifica(self.verbale.incontro)
            for modulo in moduli:
                try:
                    modulo.save()
                except VersioneSuperata as superata:
                    superate |= superata.salvate
            if superate:
                raise VersioneSuperata(superate)
