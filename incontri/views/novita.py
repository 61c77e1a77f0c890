"""What is new, for everybody: the page with its filters, and the Atom feed."""

from datetime import timedelta

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page
from django.views.generic import ListView

from incontri.forms.novita import FiltriNovitaForm
from incontri.servizi.novita import GENERI, novita_dal
from incontri.servizi.novita.una import prefisso_di
from referenti.models import Comune
from tavolo.base.paginazione import PaginaTollerante

# How far back one reads, and how much a feed carries: who follows it comes back more often.
INDIETRO = timedelta(days=365)
NEL_FLUSSO = 60


class NovitaView(PaginaTollerante, ListView):
    """`/tavolo/novita/`: a year of news, the newest first; `?genere=` and `?comune=` choose among them."""

    template_name = "lavoro/novita_list.html"
    paginate_by = 30

    def get_queryset(self):
        """The news that match the filters."""
        self.filtri = FiltriNovitaForm(self.request.GET)
        return novita_dal(timezone.now() - INDIETRO, **self.filtri.scelti)

    def get_context_data(self, **kwargs):
        """Each with the names of its kind and comuni."""
        contesto = super().get_context_data(**kwargs)
        nomi = dict(Comune.objects.values_list("slug", "nome"))
        righe = [(una, GENERI[una.genere].nome, [nomi[c] for c in una.comuni]) for una in contesto["object_list"]]
        return contesto | {
            "righe": righe,
            "filtri": self.filtri,
            "filtrato": any(self.request.GET.get(nome) for nome in self.filtri.fields),
            "prefisso": prefisso_di(get_language()),
        }


class FlussoNovita(Feed):
    """`/novita.atom`: the newest as Atom 1.0 (RFC 4287), in Italian as they were written."""

    feed_type = Atom1Feed
    language = "it"
    title = "Tavolo Intercultura: le novità"
    subtitle = "Incontri, verbali, bisogni, proposte, buone prassi e servizi degli otto comuni dell'Ambito."
    author_name = "Tavolo Intercultura"
    feed_copyright = "CC BY 4.0"

    def link(self):
        """The page that says the same."""
        return reverse("lavoro:novita")

    def items(self):
        """The newest."""
        return novita_dal(timezone.now() - INDIETRO)[:NEL_FLUSSO]

    def item_title(self, item):
        """The kind, then its title; samples say that they are."""
        return f"{GENERI[item.genere].nome}: {item.titolo}{' (esempio)' if item.esempio else ''}"

    def item_description(self, item):
        """The one line."""
        return item.sintesi

    def item_link(self, item):
        """Its page."""
        return item.url

    def item_guid(self, item):
        """A name that stays."""
        return item.urn

    def item_pubdate(self, item):
        """Since when it is so."""
        return item.quando

    def item_updateddate(self, item):
        """The same: what changes is another item."""
        return item.quando

    def item_categories(self, item):
        """Its kind and its comuni."""
        return (item.genere, *item.comuni)


novita_atom = conditional_page(FlussoNovita())
