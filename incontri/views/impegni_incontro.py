"""The open commitments reviewed at a meeting, all in one screen."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.generic import TemplateView

from incontri.forms.impegni_incontro import impegni_formset
from incontri.servizi.impegni import rivedi_nell_incontro
from incontri.servizi.modifiche import NonModificabile
from incontri.views.impegni_aperti import impegni_aperti, impegni_chiesti
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.concorrenza import VersioneSuperata


class RevisioniView(DiVerbaleMixin, TemplateView):
    """One line for each open commitment: how far it is, by when, a note."""

    permesso = "incontri.change_verbale"
    modifica = True
    template_name = "incontri/revisione_form.html"

    def get_context_data(self, **kwargs):
        """The rows as they are saved, unless the request sent others."""
        if "righe" not in kwargs:
            kwargs["righe"] = impegni_formset(impegni=impegni_aperti(self.verbale.incontro, self.request.user))
        return super().get_context_data(verbale=self.verbale, **kwargs)

    def post(self, request, *args, **kwargs):
        """Save all the rows or none."""
        incontro = self.verbale.incontro
        righe, stato = impegni_formset(request.POST), 200
        impegni = impegni_chiesti(incontro, request.user, righe.chiavi)
        righe.accosta(impegni)
        if righe.is_valid():
            try:
                quanti = rivedi_nell_incontro(incontro, righe.righe(), autore=request.user)
            except VersioneSuperata as superata:
                righe, stato = righe.riaperto(superata.salvate).accosta(impegni), 409
            except NonModificabile as fermo:
                messages.error(request, str(fermo))
                stato = 409
            else:
                messages.success(request, _detto(quanti))
                return redirect(self.verbale)
        return self.render_to_response(self.get_context_data(righe=righe), status=stato)


def _detto(quanti):
    if not quanti:
        return "Niente di nuovo da salvare: gli impegni sono com'erano."
    return "Un impegno aggiornato." if quanti == 1 else f"{quanti} impegni aggiornati."
