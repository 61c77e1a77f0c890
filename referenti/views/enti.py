"""The public page of a body."""

from django.views.generic import DetailView

from referenti.models import Ente


class EnteDetailView(DetailView):
    """`/tavolo/enti/<slug>/`: what it does, how to reach it, what it offers."""

    queryset = Ente.objects.select_related("padre", "comune")
    template_name = "referenti/ente_detail.html"

    def get_context_data(self, **kwargs):
        """Only what somebody confirmed or published; places, contacts and services come from the layer above."""
        ente = self.object
        risorse = list(ente.risorse.attive())
        sedi = list(ente.sedi.pubbliche().select_related("comune"))
        return super().get_context_data(**kwargs) | {
            "unita": ente.unita.all(),
            "contatti": ente.contatti.pubblici(),
            "sedi": sedi,
            "seggi": ente.seggi.attivi().con_copertura(),
            "risorse": risorse,
            "sottoscrizioni": ente.sottoscrizioni.select_related("protocollo"),
            "con_esempi": ente.esempio or any(riga.esempio for riga in (*risorse, *sedi)),
        }
