"""What the public reads about the meetings and the themes."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import DetailView, ListView

from incontri.forms.archivio import ArchivioForm
from incontri.models import EsitoDecisione, Incontro, StatoTema, Tema, TipoVoce
from incontri.servizi.pubblicati import verbale_pubblicato
from incontri.stampa import verbale as stampa
from incontri.views.documenti import consegna
from tavolo.base.paginazione import PaginaTollerante

TEMI = (
    (StatoTema.IN_CORSO, gettext_lazy("In corso")),
    (StatoTema.PREVISTO, gettext_lazy("Previsti")),
    (StatoTema.CONCLUSO, gettext_lazy("Conclusi")),
)


class ArchivioView(PaginaTollerante, ListView):
    """`/tavolo/incontri/`: meetings to come, meetings held by year, themes; `?q=` and `?anno=` look among them."""

    queryset = Incontro.objects.pubblici()
    template_name = "incontri/archivio.html"
    paginate_by = 50

    @cached_property
    def cerca(self):
        """What was asked for."""
        return ArchivioForm(self.request.GET)

    def get_queryset(self):
        """The public meetings in the order of the list of the reserved area, with their themes."""
        incontri = super().get_queryset().in_fila().select_related("verbale").prefetch_related("temi")
        return self.cerca.filtra(incontri)

    def get_context_data(self, **kwargs):
        """Meetings by where they are in their life, themes by where the work is."""
        contesto = super().get_context_data(**kwargs)
        incontri, temi = contesto["incontro_list"], list(Tema.objects.all())
        per_stato = [(titolo, [tema for tema in temi if tema.stato == stato]) for stato, titolo in TEMI]
        return contesto | {
            "cerca": self.cerca,
            "cercato": self.cerca.chiesto,
            "gruppi": [
                (_("Prossimi incontri"), [i for i in incontri if i.da_tenere and not i.tenuto]),
                (_("Incontri svolti"), [i for i in incontri if i.tenuto]),
                (_("Incontri annullati"), [i for i in incontri if i.annullato]),
            ],
            "temi": [(titolo, dello_stato) for titolo, dello_stato in per_stato if dello_stato],
        }


class IncontroPubblicoView(DetailView):
    """`/tavolo/incontri/<slug>/`: the published minutes of a meeting; 404 until they are."""

    queryset = Incontro.objects.con_verbale_pubblicato().prefetch_related("temi")
    template_name = "incontri/incontro_pubblico.html"

    def get_context_data(self, **kwargs):
        """The minutes as everybody reads them, the public attachments; what this person may make of an entry."""
        utente = self.request.user
        return super().get_context_data(
            puo_portare=utente.has_perm("incontri.add_bisogno"),
            puo_raccontare=utente.has_perm("incontri.add_buonaprassi"),
            **lettura_pubblica(verbale_pubblicato(self.object)),
            **kwargs,
        )


def lettura_pubblica(pubblicato):
    """What the page of published minutes and its preview are drawn from: the same, so that they show the same."""
    return {
        "pubblicato": pubblicato,
        "verbale": pubblicato.verbale,
        "dati": pubblicato.dati,
        "tipi": dict(TipoVoce.choices),
        "esiti": dict(EsitoDecisione.choices),
        "allegati": list(pubblicato.verbale.incontro.allegati.filter(pubblico=True)),
    }


class VerbalePubblicoView(View):
    """The published minutes as a document."""

    def get(self, request, slug, formato):
        """The file; 404 until they are published."""
        if formato not in ("pdf", "docx", "odt"):
            raise Http404("Questo formato non c'è.")
        incontro = get_object_or_404(Incontro.objects.con_verbale_pubblicato(), slug=slug)
        pubblicato = verbale_pubblicato(incontro)
        scritto = getattr(stampa, formato)(pubblicato.dati, pubblicato.per_stampa)
        return consegna(scritto, formato, f"verbale-{incontro.slug}")
