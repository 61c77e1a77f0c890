"""What everybody reads of a scoring round once it is published: the ranking, and where it was approved."""

from django.views.generic import DetailView

from incontri.models import Bisogno, Rilevazione, StatoVerbale
from incontri.servizi.rilevazioni import lettura
from incontri.views.voti import graduatoria_csv


class DiRilevazionePubblicaMixin:
    """A page about a published round; 404 before."""

    def get_queryset(self):
        """The published rounds."""
        return Rilevazione.objects.pubblicate().select_related("decisione__punto__incontro__verbale")

    def graduatoria(self, rilevazione):
        """The ranking, without the groups that would tell how one ente voted."""
        pubblici = Bisogno.objects.pubblici().filter(rilevazioni=rilevazione)
        return lettura.righe(rilevazione, pubblici, pubblico=True)


class RilevazionePubblicaView(DiRilevazionePubblicaMixin, DetailView):
    """`/tavolo/rilevazioni/<slug>/`."""

    template_name = "lavoro/rilevazione_detail.html"
    context_object_name = "rilevazione"

    def get_context_data(self, **kwargs):
        """The ranking, how many enti were asked and answered, and the public minutes that approved it where there are."""
        verbale = getattr(self.object.decisione.punto.incontro, "verbale", None)
        incontro = self.object.decisione.punto.incontro
        si_legge = incontro.pubblico and verbale is not None and verbale.stato == StatoVerbale.PUBBLICATO
        return super().get_context_data(
            graduatoria=self.graduatoria(self.object),
            enti=self.object.enti.count(),
            votanti=lettura.votanti(self.object),
            incontro=incontro if si_legge else None,
            **kwargs,
        )


class GraduatoriaPubblicaCsvView(DiRilevazionePubblicaMixin, DetailView):
    """The same as CSV."""

    def render_to_response(self, context, **kwargs):
        """The file."""
        return graduatoria_csv(self.object, self.graduatoria(self.object))
