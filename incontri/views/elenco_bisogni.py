"""The list of the needs."""

from django.db.models import Count, Prefetch
from django.views.generic import ListView

from incontri.forms.filtri_bisogni import FiltriBisogniForm
from incontri.models import VIVI, Bisogno, Evidenza, StatoBisogno
from incontri.servizi.bisogni.evidenze import giudizio_di
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin


class BisognoListView(RiservataMixin, PaginaTollerante, ListView):
    """All needs, theme by theme, with filters and how many there are in each state."""

    permission_required = ("tavolo.entra_area", "incontri.view_bisogno")
    paginate_by = 50

    def get_queryset(self):
        """The needs that match the filters, with what a row shows."""
        self.filtri = FiltriBisogniForm(self.request.GET)
        tutti = Bisogno.objects.visibili_a(self.request.user)
        veri = self.filtri.in_ogni_stato(tutti.veri())
        self.conteggi = dict(veri.order_by().values_list("stato").annotate(quanti=Count("pk", distinct=True)))
        righe = self.filtri.filtra(tutti).select_related("tema", "unito_a")
        evidenze = Prefetch("evidenze", Evidenza.objects.order_by())
        return righe.prefetch_related("comuni", "destinatari", evidenze).order_by(
            "tema__ordine", "tema__nome", "titolo", "uuid"
        )

    def get_context_data(self, **kwargs):
        """The list, its filters, the counts, and whether one may write."""
        contesto = super().get_context_data(**kwargs)
        stati = [(codice, nome, self.conteggi.get(codice, 0)) for codice, nome in StatoBisogno.choices]
        aperti = sum(self.conteggi.get(stato, 0) for stato in VIVI)
        return contesto | {
            "righe": [(bisogno, giudizio_di(bisogno)) for bisogno in contesto["object_list"]],
            "filtri": self.filtri,
            "filtrato": any(self.request.GET.get(nome) for nome in self.filtri.fields),
            "stati": [("", "Aperti", aperti), *stati],
            "scelto": self.filtri.scelto,
            "resto": self._senza_stato(),
            "vede_ricerche": self.request.user.has_perm("risorse.view_ricercavuota"),
            "puo_creare": self.request.user.has_perm("incontri.add_bisogno"),
        }

    def _senza_stato(self):
        domanda = self.request.GET.copy()
        for nome in ("stato", "page"):
            domanda.pop(nome, None)
        return domanda.urlencode()
