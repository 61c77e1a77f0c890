"""The page of a comune, and what it has about one thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.shortcuts import get_object_or_404
from django.views.generic import DetailView

from referenti.models import Comune, Seggio, TipoEnte
from risorse.models import AreaServita, Categoria
from risorse.ricerca.schedario import Schedario, schedario_di_oggi
from risorse.servizi.schede import SchedaPronta, schede_pronte
from tavolo.base.contenuto import versione
from tavolo.base.mappa import disegna, distanza_km

# The first of a group, of a territory on the page of a comune, of a territory on the page of one thing.
IN_EVIDENZA, RIGHE_MASSIME, SCHEDE_MASSIME, VICINI_MASSIMI = 6, 12, 20, 3


@dataclass(frozen=True)
class Gruppo:
    """Some services that belong together: the first few, and how many there are; `categoria` None: of none yet."""

    servizi: list[SchedaPronta]
    quanti: int
    categoria: Categoria | None = None

    def __bool__(self):
        return self.quanti > 0

    @property
    def ci_sono_altri(self) -> bool:
        """Whether there are more than the first few."""
        return self.quanti > len(self.servizi)


# A set of services, how many of them to show, the category they are shown under.
Richiesta = tuple[int, int, Categoria | None]


@dataclass(frozen=True)
class Vicino:
    """Another comune that has what this one has not: how many services, how far."""

    comune: Comune
    quanti: int
    km: float


class ServiziDelComune:
    """The services for who lives in a comune, by the territory they serve: sets in memory, drawn a few at a time."""

    def __init__(self, comune: Comune, categoria: Categoria | None = None):
        self.quando = versione()
        self.schedario: Schedario = schedario_di_oggi(self.quando)
        insieme = self.schedario.con("categoria", categoria.slug) if categoria else self.schedario.tutte
        aree = self.schedario.che_servono(comune)
        self.propri, self.dell_ambito, self.nazionali = (
            aree[area] & insieme for area in (AreaServita.COMUNI, AreaServita.AMBITO, AreaServita.NAZIONALE)
        )
        self.tutti = self.propri | self.dell_ambito | self.nazionali

    def gruppi(self, *richieste: Richiesta) -> list[Gruppo]:
        """The first few services of each of these sets, all drawn together."""
        chiavi = [self.schedario.prime(quali, quanti) for quali, quanti, _ in richieste]
        pronte = {scheda.chiave: scheda for scheda in schede_pronte(dict.fromkeys(chain(*chiavi)), self.quando)}
        return [
            Gruppo([pronte[chiave] for chiave in sue if chiave in pronte], quali.bit_count(), categoria)
            for sue, (quali, _, categoria) in zip(chiavi, richieste, strict=True)
        ]

    def per_area(self, quanti: int) -> dict[str, Gruppo]:
        """The first services of each territory."""
        aree = ("propri", "dell_ambito", "nazionali")
        return dict(zip(aree, self.gruppi(*((getattr(self, area), quanti, None) for area in aree)), strict=True))

    def per_categoria(self, categorie: Iterable[Categoria]) -> list[Gruppo]:
        """The comune's own services by category, in the order of the categories; each once, under the first of its own."""
        restano, richieste = self.propri, []
        for categoria in categorie:
            sue = restano & self.schedario.con("categoria", categoria.slug)
            restano &= ~sue
            richieste.append((sue, IN_EVIDENZA, categoria))
        return [gruppo for gruppo in self.gruppi(*richieste, (restano, IN_EVIDENZA, None)) if gruppo]

    @property
    def con_esempi(self) -> bool:
        """Whether any of them is a sample."""
        return bool(self.tutti & self.schedario.con("esempio", "on"))


class ComuneDetailView(DetailView):
    """`/comuni/<slug>/`: what serves who lives there."""

    model = Comune
    template_name = "risorse/comune_detail.html"

    def get_context_data(self, **kwargs):
        """The map, every category with its count, the services grouped, the seats at the Tavolo."""
        comune, categorie = self.object, list(Categoria.objects.all())
        servizi = ServiziDelComune(comune)
        conteggi = servizi.schedario.quante("categoria", [c.slug for c in categorie], servizi.tutti)
        seggi = Seggio.objects.attivi().filter(ente__comune=comune, ente__tipo=TipoEnte.COMUNE)
        return super().get_context_data(**kwargs) | {
            "mappa": disegna(Comune.objects.dell_ambito()),
            "categorie": [(categoria, conteggi[categoria.slug]) for categoria in categorie],
            # The rows first: what they have drawn, the groups find ready.
            **servizi.per_area(RIGHE_MASSIME),
            "gruppi": servizi.per_categoria(categorie),
            "seggi": seggi.con_copertura(),
            "con_esempi": servizi.con_esempi,
        }


class ComuneCategoriaView(DetailView):
    """`/comuni/<slug>/<categoria>/`: what serves who lives there and needs this."""

    model = Comune
    template_name = "risorse/comune_categoria.html"

    def get_context_data(self, **kwargs):
        """Own services first, then the Ambito's, then national ones; without own ones, the nearest comuni with some."""
        categoria = get_object_or_404(Categoria, slug=self.kwargs["categoria"])
        servizi = ServiziDelComune(self.object, categoria)
        return super().get_context_data(**kwargs) | {
            "categoria": categoria,
            "quanti": servizi.tutti.bit_count(),
            **servizi.per_area(SCHEDE_MASSIME),
            "vicini": [] if servizi.propri else self.vicini(servizi.schedario, categoria),
            "con_esempi": servizi.con_esempi,
        }

    def vicini(self, schedario: Schedario, categoria: Categoria) -> list[Vicino]:
        """The nearest comuni of the Ambito with services of their own about this."""
        altri = [comune for comune in Comune.objects.dell_ambito() if comune != self.object]
        quante = schedario.quante("comune", [c.slug for c in altri], schedario.con("categoria", categoria.slug))
        con_distanza = ((distanza_km(self.object, altro), altro) for altro in altri if quante[altro.slug])
        vicini = [Vicino(altro, quante[altro.slug], km) for km, altro in con_distanza if km is not None]
        return sorted(vicini, key=lambda vicino: vicino.km)[:VICINI_MASSIMI]
