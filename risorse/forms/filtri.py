"""What the filters of the list mean: sets of services, counts of every option, one order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils import timezone

from risorse.models import Risorsa
from risorse.ricerca.cerca import Intesa, Trovate, intendi, trova
from risorse.ricerca.schedario import Schedario, elementi, schedario_di_oggi
from risorse.servizi.schede import SchedaPronta, schede_pronte
from tavolo.base.contenuto import versione

# Filters each of whose options has a count, and the field a chosen row is named by.
CONTATI = {
    "categoria": "slug", "comune": "slug", "lingua": "codice", "destinatari": "slug", "accesso": "slug", "tipo": "",
}  # fmt: skip
SPUNTE = ("gratis", "mediatore", "accessibile")


class Selezione:
    """The services that answer to every choice, and how many would if another one were made."""

    def __init__(self, scelte: dict[str, Any]):
        self.quando = versione()
        self.schedario: Schedario = schedario_di_oggi(self.quando)
        self.scelte = scelte
        self.intesa: Intesa | None = None
        self.trovate: Trovate | None = None
        if scelte.get("q"):
            self.intesa = intendi(scelte["q"], esatta=bool(scelte.get("esatta")), quando=self.quando)
            self.trovate = trova(self.intesa, self.quando)
        self.insiemi = dict(self._insiemi())

    def _insiemi(self) -> Iterator[tuple[str, int]]:
        """The set of each choice that was made."""
        if self.trovate is not None:
            yield "q", self.trovate.tutte
        for filtro, chiave in CONTATI.items():
            scelta = self.scelte.get(filtro)
            if scelta:
                yield filtro, self._con(filtro, getattr(scelta, chiave) if chiave else scelta)
        yield from ((filtro, self._con(filtro, "on")) for filtro in SPUNTE if self.scelte.get(filtro))
        if self.scelte.get("eta") is not None:
            yield "eta", self.schedario.adatte_a(self.scelte["eta"])
        if self.scelte.get("aperto"):
            aperte = Risorsa.objects.attive().aperte_a(timezone.now())
            yield "aperto", self.schedario.di(aperte.order_by().values_list("pk", flat=True))

    def _con(self, filtro: str, valore: str) -> int:
        if filtro == "mediatore":
            lingua = self.scelte.get("lingua")
            return self.schedario.con(filtro, lingua.codice if lingua else "")
        if filtro == "comune":
            # Who lives there is served by its own services, by those of the whole Ambito and of the nation.
            return self.schedario.con(filtro, valore) | self.schedario.con(filtro, "")
        return self.schedario.con(filtro, valore)

    def quali(self, senza: Iterable[str] = ()) -> int:
        """The services that answer to every choice but these."""
        quali = self.schedario.tutte
        for filtro, insieme in self.insiemi.items():
            if filtro not in senza:
                quali &= insieme
        return quali

    def quante(self) -> int:
        """How many services answer to every choice."""
        return self.quali().bit_count()

    def conteggi(self, filtro: str) -> dict[str, int]:
        """How many services each option of a filter would leave, the other filters being as they are."""
        # A mediator is asked for in the language that is chosen.
        altre = self.quali((filtro,))
        return {v: (altre & self._con(filtro, v)).bit_count() for v in self.schedario.valori(filtro)}

    def quante_con(self, filtro: str) -> int:
        """How many services a box to tick would leave."""
        return (self.quali((filtro,)) & self._con(filtro, "on")).bit_count()

    def elenco(self, punto: tuple[float, float] | None = None) -> "Elenco":
        """The services in their order: from the nearest to `punto` on, else by relevance, else by name."""
        quali = self.quali()
        if punto is not None:
            vicine = self.schedario.per_distanza(quali, *punto)
            return Elenco(self, len(vicine), lambda: iter(vicine))
        # Of two that answer as well, the one for the comune that was chosen comes before one for all of them.
        comune = self.scelte.get("comune")
        locali = self.schedario.con("comune", comune.slug) if comune else 0

        def posti() -> Iterator[int]:
            return elementi(quali) if self.trovate is None else self.trovate.in_ordine(quali, locali)

        return Elenco(self, quali.bit_count(), lambda: ((posto, None) for posto in posti()))


class Elenco:
    """A list of services for a paginator: counted in memory, drawn a page at a time."""

    def __init__(self, scelta: Selezione, quanti: int, posti: Callable[[], Iterator[tuple[int, float | None]]]):
        self.schedario, self.quando = scelta.schedario, scelta.quando
        self.quanti, self.posti = quanti, posti

    def __len__(self) -> int:
        return self.quanti

    def chiavi(self, quante: int) -> list[UUID]:
        """The keys of the first ones."""
        return [self.schedario.chiavi[posto] for posto, _ in islice(self.posti(), quante)]

    def __getitem__(self, fetta: slice) -> list[SchedaPronta]:
        posti = islice(self.posti(), fetta.start, fetta.stop)
        pagina: dict[UUID, float | None] = {self.schedario.chiavi[posto]: km for posto, km in posti}
        return [replace(scheda, km=pagina[scheda.chiave]) for scheda in schede_pronte(pagina, self.quando)]
