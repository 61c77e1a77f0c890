"""The materials of a good practice: files, kept and served as every attachment."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from incontri.models import BuonaPrassi
from incontri.servizi.prassi.revisione import perche_ferma
from incontri.views.allegati import AllegatiView, pagina_di
from tavolo.base.riservata import RiservataMixin


def allegati_di_prassi(prassi, utente):
    """What `incontri/includes/allegati.html` shows of a good practice, for this person."""
    puo = utente.has_perm("incontri.change_buonaprassi", prassi) and not perche_ferma(prassi, utente)
    return {
        "allegati": list(prassi.allegati.all()),
        "si_allega": puo,
        "con_che_cosa": "con la buona prassi",
        "dove_si_allega": pagina_di(prassi),
    }


class AllegatiPrassiView(RiservataMixin, AllegatiView):
    """The materials of a good practice."""

    con_che_cosa = "insieme alla buona prassi"

    @cached_property
    def prassi(self):
        """The good practice of the address."""
        righe = BuonaPrassi.objects.visibili_a(self.request.user).select_related("ente")
        return get_object_or_404(righe, pk=self.kwargs["pk"])

    def oggetto(self):
        """The same, for the page."""
        return self.prassi

    def di_chi(self):
        """Whose the new ones are."""
        return {"prassi": self.prassi}

    def puo_scrivere(self):
        """Whether this person may attach."""
        return self.request.user.has_perm("incontri.change_buonaprassi", self.prassi)

    def elenco(self):
        """What the include shows."""
        return allegati_di_prassi(self.prassi, self.request.user)
