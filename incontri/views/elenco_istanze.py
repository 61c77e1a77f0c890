"""The list of the instances."""

from django.db.models import Case, Count, F, Value, When
from django.views.generic import ListView

from incontri.forms.istanze import FiltriIstanzeForm
from incontri.models import APERTE, Istanza, StatoIstanza
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin


class IstanzaListView(RiservataMixin, PaginaTollerante, ListView):
    """All instances, those that wait first, with filters and how many there are in each state."""

    paginate_by = 20

    def get_queryset(self):
        """The instances that match the filters: open ones by their deadline, then the others, the newest first."""
        self.filtri = FiltriIstanzeForm(self.request.GET)
        tutte = Istanza.objects.visibili_a(self.request.user)
        trovate = self.filtri.filtra(tutte, stato=False)
        self.conteggi = dict(trovate.order_by().values_list("stato").annotate(quante=Count("pk")))
        gruppo = Case(When(stato__in=APERTE, then=Value(0)), default=Value(1))
        scadenza = Case(When(stato__in=APERTE, then=F("scadenza")))
        in_fila = self.filtri.filtra(tutte).annotate(gruppo=gruppo)
        in_fila = in_fila.order_by("gruppo", scadenza.asc(nulls_last=True), "-creato", "uuid")
        return in_fila.select_related("destinatario__padre", "mittente")

    def get_context_data(self, **kwargs):
        """The list, its filters, the counts, and whether one may send."""
        scelto = self.filtri.cleaned_data.get("stato", "")
        stati = [(codice, nome, self.conteggi.get(codice, 0)) for codice, nome in StatoIstanza.choices]
        return super().get_context_data(
            filtri=self.filtri,
            filtrato=any(self.request.GET.get(nome) for nome in self.filtri.fields),
            stati=[("", "Tutte", sum(self.conteggi.values())), *stati],
            scelto=scelto,
            resto=self._senza_stato(),
            puo_inviare=self.request.user.has_perm("incontri.add_istanza"),
            **kwargs,
        )

    def _senza_stato(self):
        domanda = self.request.GET.copy()
        for nome in ("stato", "page"):
            domanda.pop(nome, None)
        return domanda.urlencode()
