"""`/area/servizi/segnalazioni/`: what the public says of the services of one's ente."""

from django.views.generic import ListView

from risorse.models import Segnalazione
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin


class SegnalazioneListView(RiservataMixin, PaginaTollerante, ListView):
    """The reports this person may read, those still to handle first; who sent them stays out."""

    template_name = "cura/segnalazione_list.html"
    paginate_by = 30

    def get_queryset(self):
        """Reports with their cards; "aperta" comes before the other states."""
        righe = Segnalazione.objects.visibili_a(self.request.user).select_related("risorsa__ente")
        return righe.order_by("stato", "-creato", "pk")

    def get_context_data(self, **kwargs):
        """Whether this person may bring what a report says among the needs."""
        return super().get_context_data(puo_portare=self.request.user.has_perm("incontri.add_bisogno"), **kwargs)
