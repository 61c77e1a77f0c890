"""The page of a comune, and what it has about one thing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView

from referenti.models import Comune, Seggio, TipoEnte
from risorse.models import AreaServita, Categoria, Risorsa
from tavolo.base.mappa import disegna, distanza_km

IN_EVIDENZA, VICINI_MASSIMI = 6, 3


@dataclass(frozen=True)
class Gruppo:
    """The services of a category (None: of no category yet) on the page of a comune: the first few, and how many."""

    categoria: Categoria | None
    servizi: list[Risorsa]
    quanti: int


@dataclass(frozen=True)
class Vicino:
    """Another comune that has what this one has not: how many services, how far."""

    comune: Comune
    quanti: int
    km: float


def conta_per_categoria(servizi: Iterable[Risorsa]) -> Counter:
    """How many of the services are about each category: {category's key: number}."""
    return Counter(categoria.pk for risorsa in servizi for categoria in risorsa.categorie.all())


def raggruppa(servizi: Iterable[Risorsa]) -> list[Gruppo]:
    """The services by category, in the order of the categories; each once, under the first of its own."""
    gruppi: dict[Categoria | None, list[Risorsa]] = {}
    for risorsa in servizi:
        gruppi.setdefault(next(iter(risorsa.categorie.all()), None), []).append(risorsa)
    ordinate = sorted(gruppi, key=lambda c: (c is None, c and (c.ordine, c.nome)))
    return [Gruppo(categoria, gruppi[categoria][:IN_EVIDENZA], len(gruppi[categoria])) for categoria in ordinate]


def per_area(servizi: Iterable[Risorsa]) -> dict[str, list[Risorsa]]:
    """The services by the territory they serve: the comune's own, the Ambito's, the nation's."""
    aree: dict[str, list[Risorsa]] = {area: [] for area in AreaServita.values}
    for risorsa in servizi:
        aree[risorsa.area_servita].append(risorsa)
    return {"propri": aree["comuni"], "dell_ambito": aree["ambito"], "nazionali": aree["nazionale"]}


class ComuneDetailView(DetailView):
    """`/comuni/<slug>/`: what serves who lives there."""

    model = Comune
    template_name = "risorse/comune_detail.html"

    def get_context_data(self, **kwargs):
        """The map, every category with its count, the services grouped, the seats at the Tavolo."""
        comune, categorie = self.object, list(Categoria.objects.all())
        servizi = list(Risorsa.objects.attive().che_servono(comune).con_scheda())
        conteggi, aree = conta_per_categoria(servizi), per_area(servizi)
        seggi = Seggio.objects.attivi().filter(ente__comune=comune, ente__tipo=TipoEnte.COMUNE)
        return super().get_context_data(**kwargs) | {
            "mappa": disegna(Comune.objects.dell_ambito()),
            "categorie": [(categoria, conteggi[categoria.pk]) for categoria in categorie],
            "gruppi": raggruppa(aree["propri"]),
            **aree,
            "seggi": seggi.con_copertura(),
            "con_esempi": any(risorsa.esempio for risorsa in servizi),
        }


class ComuneCategoriaView(DetailView):
    """`/comuni/<slug>/<categoria>/`: what serves who lives there and needs this."""

    model = Comune
    template_name = "risorse/comune_categoria.html"

    def get_context_data(self, **kwargs):
        """Own services first, then the Ambito's, then national ones; without own ones, the nearest comuni with some."""
        categoria = get_object_or_404(Categoria, slug=self.kwargs["categoria"])
        risorse = Risorsa.objects.attive().della_categoria(categoria)
        servizi = list(risorse.che_servono(self.object).con_scheda())
        aree = per_area(servizi)
        return super().get_context_data(**kwargs) | {
            "categoria": categoria,
            "quanti": len(servizi),
            **aree,
            "vicini": [] if aree["propri"] else self.vicini(risorse),
            "con_esempi": any(risorsa.esempio for risorsa in servizi),
        }

    def vicini(self, risorse) -> list[Vicino]:
        """The nearest comuni of the Ambito with services of their own among `risorse`."""
        quante = risorse.quante_per_comune()
        altri = Comune.objects.dell_ambito().filter(~Q(pk=self.object.pk), pk__in=quante)
        con_distanza = ((distanza_km(self.object, altro), altro) for altro in altri)
        vicini = [Vicino(altro, quante[altro.pk], km) for km, altro in con_distanza if km is not None]
        return sorted(vicini, key=lambda vicino: vicino.km)[:VICINI_MASSIMI]
