"""The chain: the story of a need, and what is stuck at each stage."""

from django.http import Http404
from django.urls import reverse
from django.views.generic import DetailView, ListView, TemplateView

from incontri.models import Bisogno, Impegno, Proposta
from incontri.servizi.catena.momenti import pagina
from incontri.servizi.catena.percorso import ELENCHI, percorso
from incontri.servizi.catena.storia import storia
from incontri.views.bisogni import DiBisognoMixin
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin


class CatenaView(DiBisognoMixin, DetailView):
    """`/area/bisogni/<pk>/storia/`: from where it was first heard to what changed, in the order of time."""

    context_object_name = "bisogno"
    template_name = "incontri/bisogno_catena.html"

    def get_context_data(self, **kwargs):
        """The story, as this person reads it."""
        return super().get_context_data(storia=storia(self.bisogno, self.request.user), **kwargs)


class DelPercorsoMixin(RiservataMixin):
    """A page about the chain of the whole Tavolo."""

    permission_required = ("tavolo.entra_area", "incontri.view_bisogno")


class PercorsoView(DelPercorsoMixin, TemplateView):
    """`/area/bisogni/percorso/`: how much there is at each stage, and what is stuck."""

    template_name = "incontri/percorso.html"

    def get_context_data(self, **kwargs):
        """The stages with their numbers."""
        conti = percorso(self.request.user)
        fermi = sum(quanti for conto in conti for _fermo, quanti in conto.ferme)
        return super().get_context_data(conti=conti, fermi=fermi, **kwargs)


class PercorsoElencoView(DelPercorsoMixin, PaginaTollerante, ListView):
    """`/area/bisogni/percorso/<quale>/`: the rows of a count; 404 for a count that is not there."""

    template_name = "incontri/percorso_elenco.html"
    paginate_by = 50

    def get_queryset(self):
        """The rows, the oldest first."""
        if self.kwargs["quale"] not in ELENCHI:
            raise Http404("Questo elenco non c'è.")
        self.titolo, self.che_fare, righe = ELENCHI[self.kwargs["quale"]]
        return righe(self.request.user)

    def get_context_data(self, **kwargs):
        """What each row is called, where it leads, what is known of it."""
        contesto = super().get_context_data(**kwargs)
        return contesto | {
            "titolo": self.titolo,
            "che_fare": self.che_fare,
            "righe": [_riga(riga) for riga in contesto["object_list"]],
        }


def _riga(riga):
    """A row of any stage, as the list shows it: words, address, what to know."""
    if isinstance(riga, Bisogno):
        return str(riga), pagina(riga), f"{riga.get_stato_display()}, scritto il {riga.creato:%d/%m/%Y}"
    if isinstance(riga, Proposta):
        return str(riga), pagina(riga), f"{riga.get_stato_display()}, la guida {riga.capofila.nome_corto}"
    if isinstance(riga, Impegno):
        entro = f", entro {riga.entro}" if riga.scadenza else ", senza scadenza"
        return str(riga), pagina(riga), f"{riga.ente.nome_corto}{entro}"
    incontro = riga.punto.incontro
    verbale = reverse("incontri:verbale-detail", args=[incontro.pk])
    return riga.testo, f"{verbale}#voce-{riga.pk}", f"{riga.get_tipo_display()}, {incontro.con_data}"
