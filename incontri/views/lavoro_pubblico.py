"""What everybody reads about proposals and good practices: those approved by a meeting, those published."""

from operator import attrgetter

from django.db.models import Prefetch
from django.views.generic import DetailView, ListView

from incontri.forms.filtri_prassi import FiltriPrassiPubblicheForm
from incontri.models import Adozione, Bisogno, BuonaPrassi, Incontro, Proposta
from incontri.views.griglia import disegni
from tavolo.base.paginazione import PaginaTollerante


class PropostaPubblicaListView(PaginaTollerante, ListView):
    """`/tavolo/proposte/`: the public proposals and their grid."""

    template_name = "lavoro/proposta_list.html"
    paginate_by = 50

    def get_queryset(self):
        """The public proposals, with their public needs."""
        bisogni = Prefetch("bisogni", Bisogno.objects.pubblici())
        return Proposta.objects.pubbliche().select_related("capofila").prefetch_related(bisogni)

    def get_context_data(self, **kwargs):
        """The list and the grid."""
        contesto = super().get_context_data(**kwargs)
        righe = list(contesto["object_list"])
        vive = self.get_queryset().vive()
        return contesto | {"righe": righe, "griglia": disegni(vive, attrgetter("pagina_pubblica"))}


class PropostaPubblicaView(DetailView):
    """`/tavolo/proposte/<slug>/`: one public proposal."""

    template_name = "lavoro/proposta_detail.html"
    context_object_name = "proposta"

    def get_queryset(self):
        """The public proposals."""
        return Proposta.objects.pubbliche().select_related("capofila")

    def get_context_data(self, **kwargs):
        """The proposal with its public needs, partners, steps and outcomes."""
        proposta = self.object
        decisione = Incontro.objects.pubblici().filter(punti__voci=proposta.decisione_id)
        return super().get_context_data(
            bisogni=list(proposta.bisogni.filter(pk__in=Bisogno.objects.pubblici().order_by().values("pk"))),
            partner=list(proposta.partner.all()),
            passi=list(proposta.passi.select_related("ente")),
            incontro=decisione.first(),
            esiti=list(
                proposta.esiti.filter(
                    evidenza__bisogno__in=Bisogno.objects.pubblici().order_by().values("pk")
                ).select_related("evidenza")
            ),
            **kwargs,
        )


class PrassiPubblicaListView(PaginaTollerante, ListView):
    """`/tavolo/buone-prassi/`: the published good practices, with filters."""

    template_name = "lavoro/prassi_list.html"
    paginate_by = 50

    def get_queryset(self):
        """The published ones that match the filters, with who adopted them."""
        adozioni = Prefetch("adozioni", Adozione.objects.select_related("comune"))
        pubblicate = BuonaPrassi.objects.pubblicate()
        self.filtri = FiltriPrassiPubblicheForm(self.request.GET, prassi=pubblicate, bisogni=Bisogno.objects.pubblici())
        return self.filtri.filtra(pubblicate).select_related("ente").prefetch_related(adozioni)

    def get_context_data(self, **kwargs):
        """The list and its filters."""
        filtrato = any(self.request.GET.get(nome) for nome in self.filtri.fields)
        return super().get_context_data(filtri=self.filtri, filtrato=filtrato, **kwargs)


class PrassiPubblicaView(DetailView):
    """`/tavolo/buone-prassi/<slug>/`: one published good practice."""

    template_name = "lavoro/prassi_detail.html"
    context_object_name = "prassi"

    def get_queryset(self):
        """The published ones."""
        return BuonaPrassi.objects.pubblicate().select_related("ente")

    def get_context_data(self, **kwargs):
        """Who adopted it, the needs everybody reads, the materials for everybody."""
        prassi = self.object
        return super().get_context_data(
            adozioni=list(prassi.adozioni.select_related("comune")),
            bisogni=list(prassi.bisogni.filter(pk__in=Bisogno.objects.pubblici().order_by().values("pk"))),
            temi=list(prassi.temi.all()),
            comuni=list(prassi.comuni.all()),
            materiali=list(prassi.allegati.pubblicati()),
            **kwargs,
        )
