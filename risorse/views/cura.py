"""The services that a person keeps true: which, how far each is, what to do with it."""

from django.db.models import Count, Q
from django.views.generic import ListView

from risorse.forms.cura import FiltriCuraForm
from risorse.models import Risorsa, StatoProposta
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin


class RisorsaListView(RiservataMixin, PaginaTollerante, ListView):
    """`/area/servizi/`: the services of one's ente and of its units; all of them for who coordinates."""

    template_name = "cura/risorsa_list.html"
    paginate_by = 30

    def get_queryset(self):
        """The services this person keeps that match the filters, with their open proposals counted."""
        self.filtri = FiltriCuraForm(self.request.GET, risorse=Risorsa.objects.curate_da(self.request.user))
        aperte = Count("proposte", filter=Q(proposte__stato=StatoProposta.APERTA))
        righe = self.filtri.filtra().select_related("ente").annotate(proposte_aperte=aperte)
        # The order of the model does not survive the grouping.
        return righe.order_by("ente__ordine", "ente__denominazione", "nome", "uuid")

    def get_context_data(self, **kwargs):
        """The list, its filters, and whether one may add to it."""
        return super().get_context_data(
            filtri=self.filtri,
            filtrato=any(self.request.GET.get(nome) for nome in self.filtri.fields),
            **kwargs,
        )
