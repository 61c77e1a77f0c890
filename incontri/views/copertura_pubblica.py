"""The coverage matrix as everybody reads it: the needs of a published round, whose gravity is that of published rounds."""

from django.views.generic import TemplateView

from incontri.forms.filtri_copertura import FiltriCoperturaPubblicaForm
from incontri.models import Bisogno
from incontri.views.copertura import ConCella, ConFigura, ConMatrice, FileCsv, FileSvg


class DiTutti:
    """A page about the public needs."""

    form, pubblica = FiltriCoperturaPubblicaForm, True

    def bisogni(self):
        """The needs the page is about: those still to be answered."""
        return Bisogno.objects.pubblici().vivi()


class CoperturaPubblicaView(DiTutti, ConMatrice, TemplateView):
    """`/tavolo/copertura/`: the public needs in the eight comuni."""

    template_name = "lavoro/copertura_matrice.html"


class CoperturaPubblicaFiguraView(DiTutti, ConFigura, TemplateView):
    """The drawing, to print."""

    template_name = "lavoro/copertura_figura.html"


class CoperturaPubblicaSvgView(DiTutti, FileSvg):
    """The drawing as a file."""


class CoperturaPubblicaCsvView(DiTutti, FileCsv):
    """The table."""


class CoperturaPubblicaCellaView(DiTutti, ConCella, TemplateView):
    """One need in one comune: what the verdict is made of."""

    chiave = "slug"
    template_name = "lavoro/copertura_cella.html"

    def bisogni(self):
        """Needs that are over too: a link to them goes on telling how they stood."""
        return Bisogno.objects.pubblici()
