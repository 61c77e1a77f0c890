"""What everybody reads about the needs: those of a scoring round whose results are published."""

from django.db.models import Prefetch
from django.shortcuts import redirect
from django.views.generic import DetailView, ListView

from incontri.forms.filtri_bisogni import FiltriBisogniPubbliciForm
from incontri.models import Bisogno, BuonaPrassi, Evidenza, Proposta
from incontri.servizi.bisogni.evidenze import giudizio_di
from incontri.servizi.bisogni.unioni import capo
from incontri.servizi.catena.storia import storia
from incontri.servizi.copertura.celle import riga_di
from incontri.servizi.rilevazioni.lettura import ultima_di
from tavolo.base.paginazione import PaginaTollerante


class BisognoPubblicoListView(PaginaTollerante, ListView):
    """`/tavolo/bisogni/`: the public needs, with filters."""

    template_name = "lavoro/bisogno_list.html"
    paginate_by = 50

    def get_queryset(self):
        """The public needs that match the filters, theme by theme."""
        pubblici = Bisogno.objects.pubblici()
        self.filtri = FiltriBisogniPubbliciForm(self.request.GET, bisogni=pubblici)
        righe = self.filtri.in_ogni_stato(pubblici).select_related("tema")
        evidenze = Prefetch("evidenze", Evidenza.objects.order_by())
        return righe.prefetch_related("comuni", "destinatari", evidenze).order_by(
            "tema__ordine", "tema__nome", "titolo", "uuid"
        )

    def get_context_data(self, **kwargs):
        """The list and its filters."""
        contesto = super().get_context_data(**kwargs)
        return contesto | {
            "righe": [(bisogno, giudizio_di(bisogno)) for bisogno in contesto["object_list"]],
            "filtri": self.filtri,
            "filtrato": any(self.request.GET.get(nome) for nome in self.filtri.fields),
        }


class BisognoPubblicoView(DetailView):
    """`/tavolo/bisogni/<slug>/`: one public need; 404 until its round is published."""

    template_name = "lavoro/bisogno_detail.html"
    context_object_name = "bisogno"

    def get(self, request, *args, **kwargs):
        """The page; of a need merged into a public one since it was public, the page of that one."""
        unito = Bisogno.objects.filter(slug=kwargs["slug"], unito_a__isnull=False).first()
        if unito is not None and unito.rilevazioni.pubblicate().exists():
            resta = capo(unito)
            if Bisogno.objects.pubblici().filter(pk=resta.pk).exists():
                return redirect(resta.pagina_pubblica)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """The public needs."""
        return Bisogno.objects.pubblici().select_related("tema").prefetch_related("comuni", "destinatari", "evidenze")

    def get_context_data(self, **kwargs):
        """The need, what shows it and how far it can be relied on."""
        return super().get_context_data(
            evidenze=list(self.object.evidenze.select_related("comune")),
            giudizio=giudizio_di(self.object),
            riga_copertura=riga_di(self.object, solo_pubblicate=True),
            storia=storia(self.object),
            proposte=list(Proposta.objects.pubbliche().filter(bisogni=self.object).select_related("capofila")),
            punteggio=ultima_di(self.object, pubblico=True),
            prassi=list(BuonaPrassi.objects.pubblicate().filter(bisogni=self.object).select_related("ente")),
            **kwargs,
        )
