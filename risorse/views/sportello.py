"""`/servizi/<slug>/sportello/`: what one shows at the desk, in two languages."""

from django.conf import settings
from django.utils.translation import get_language
from django.views.generic import DetailView

from risorse.models import Risorsa
from risorse.servizi.sportello import per_lo_sportello


class SportelloView(DetailView):
    """The card for the desk: in Italian and in `?lingua=`, else in the language of the page."""

    template_name = "risorse/sportello.html"

    def get_queryset(self):
        """The published cards, with what one has to bring."""
        return Risorsa.objects.pubblicate().select_related("ente").prefetch_related("documenti")

    def get_context_data(self, **kwargs):
        """The sentences in two languages; a language we do not have counts as not asked for."""
        chiesta = self.request.GET.get("lingua", "")
        lingua = chiesta if chiesta in dict(settings.LANGUAGES) else get_language()
        return super().get_context_data(**kwargs) | {"sportello": per_lo_sportello(self.object, lingua)}
