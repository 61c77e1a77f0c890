"""Publishing approved minutes: what the public will read, before it does."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.generic import TemplateView

from incontri.servizi.anteprima import sospetti
from incontri.servizi.pubblicati import anteprima
from incontri.servizi.pubblicazioni import pubblica_verbale
from incontri.views.archivio import lettura_pubblica
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.stati import PassaggioNonPossibile


class PubblicaView(DiVerbaleMixin, TemplateView):
    """The preview, with what looks personal in it, and the button."""

    permesso = "incontri.pubblica_verbale"
    template_name = "incontri/verbale_pubblica.html"

    def get(self, request, *args, **kwargs):
        """The preview, unless there is nothing to publish."""
        if impedimento := self.verbale.impedimento(self.verbale.passaggio("pubblica")):
            messages.error(request, impedimento)
            return redirect(self.verbale)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """What the public will read, and what to look at twice."""
        lettura = lettura_pubblica(anteprima(self.verbale))
        trovati = sospetti(lettura["pubblicato"], lettura["allegati"])
        return super().get_context_data(sospetti=trovati, anteprima=True, **lettura, **kwargs)

    def post(self, request, *args, **kwargs):
        """Publish."""
        try:
            pubblica_verbale(self.verbale, autore=request.user)
        except PassaggioNonPossibile as impossibile:
            messages.error(request, str(impossibile))
        else:
            messages.success(request, "Il verbale è pubblicato: da ora si legge nella pagina pubblica degli incontri.")
        return redirect(self.verbale)
