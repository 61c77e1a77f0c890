"""The page of the Tavolo: what it is, who is in it, how it came about."""

from django.views.generic import TemplateView

from referenti.models import Ente, Protocollo, Seggio, Tappa


class TavoloView(TemplateView):
    """`/tavolo/`: network, seats, protocols, path."""

    template_name = "referenti/tavolo.html"

    def get_context_data(self, **kwargs):
        """Enti by kind, seats by part of the Tavolo with how many are held, protocols, stages."""
        aree = Seggio.objects.attivi().in_aree()
        seggi = [seggio for _area, del_gruppo in aree for seggio in del_gruppo]
        return super().get_context_data(**kwargs) | {
            "gruppi": Ente.objects.della_rete().in_gruppi(),
            "aree": aree,
            "seggi_coperti": sum(seggio.coperto for seggio in seggi),
            "seggi_totali": len(seggi),
            "protocolli": Protocollo.objects.prefetch_related("articoli", "sottoscrizioni__ente"),
            "tappe": Tappa.objects.all(),
        }
