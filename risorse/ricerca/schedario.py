"""The offered services of one content version, in memory: which answer to each filter, counted in no query at all.

A set of services is a whole number: bit n is the nth service by name. Intersecting two sets of 100,000 takes
microseconds, so that every option of every filter can carry its count; the price is paid once per content version and
process (benchmarks/pagine_grandi.py measures it).
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from math import cos, hypot, radians
from operator import or_
from uuid import UUID

from django.utils import timezone

from referenti.models import Comune
from risorse.models import (
    Accessibilita,
    AreaServita,
    Costo,
    LinguaParlata,
    Risorsa,
    RisorsaInSede,
    TestoRicerca,
    TipoSede,
)
from risorse.ricerca.memoria import Memoria
from risorse.ricerca.parole import piane
from tavolo.base.mappa import KM_PER_GRADO

ETA_MASSIMA = 120
_memoria = Memoria()


@dataclass
class Schedario:
    """`chiavi[n]` is the nth service; `opzioni[filtro, valore]` the set of those that answer to one choice."""

    chiavi: list[UUID]
    tutte: int
    opzioni: dict[tuple[str, str], int]
    eta: list[tuple[int, int]]
    punti: dict[int, list[tuple[float, float]]]
    per_testo: dict[int, int]
    _per_eta: dict[int, int] = field(default_factory=dict)

    def con(self, filtro: str, valore: str) -> int:
        """The services that answer to a choice."""
        return self.opzioni.get((filtro, valore), 0)

    def con_una(self, filtro: str, valori: Iterable[str]) -> int:
        """The services that answer to any of these choices."""
        return reduce(or_, (self.con(filtro, valore) for valore in valori), 0)

    def adatte_a(self, eta: int) -> int:
        """The services for who is this old; one without limits is for everybody."""
        if eta not in self._per_eta:
            posti = (posto for posto, (da, a) in enumerate(self.eta) if da <= eta <= a)
            self._per_eta[eta] = insieme(posti, len(self.chiavi))
        return self._per_eta[eta]

    def di(self, chiavi: Iterable[UUID]) -> int:
        """The set of these services, as far as they are offered."""
        cercate = set(chiavi)
        return insieme((posto for posto, chiave in enumerate(self.chiavi) if chiave in cercate), len(self.chiavi))

    def che_servono(self, comune: Comune) -> dict[str, int]:
        """The services for who lives there, by the territory they serve: its own, the Ambito's, the nation's."""
        return {
            AreaServita.COMUNI: self.con("comune", comune.slug),
            AreaServita.AMBITO: self.con("area", AreaServita.AMBITO) if comune.nell_ambito else 0,
            AreaServita.NAZIONALE: self.con("area", AreaServita.NAZIONALE),
        }

    def valori(self, filtro: str) -> list[str]:
        """The values of a filter that some service answers to."""
        return [valore for nome, valore in self.opzioni if nome == filtro]

    def quante(self, filtro: str, valori: Iterable[str], tra: int | None = None) -> dict[str, int]:
        """How many services (of the set `tra`, else all) answer to each of these values."""
        tra = self.tutte if tra is None else tra
        return {valore: (self.con(filtro, valore) & tra).bit_count() for valore in valori}

    def prime(self, quali: int, quante: int) -> list[UUID]:
        """The keys of the first services of a set, by name."""
        return [self.chiavi[posto] for posto in islice(elementi(quali), quante)]

    def dei_testi(self, righe: Iterable[int]) -> int:
        """The set of the services whose rows of stems have these numbers."""
        posti = map(self.per_testo.get, righe)
        return insieme((posto for posto in posti if posto is not None), len(self.chiavi))

    def per_distanza(self, quali: int, latitudine: float, longitudine: float) -> list[tuple[int, float | None]]:
        """The services of a set from the nearest on, each with its kilometres; those in no known place come last.

        As the crow flies to the nearest of its places (`tavolo.base.mappa.distanza_km`, the same approximation).
        """
        restringi = cos(radians(latitudine))

        def km(posto: int) -> float | None:
            punti = self.punti.get(posto)
            if not punti:
                return None
            return KM_PER_GRADO * min(hypot((lon - longitudine) * restringi, lat - latitudine) for lat, lon in punti)

        distanze = [(posto, km(posto)) for posto in elementi(quali)]
        return sorted(distanze, key=lambda d: (d[1] is None, d[1] or 0, d[0]))


def insieme(posti: Iterable[int], quanti: int) -> int:
    """The set of these places among `quanti`."""
    ottetti = bytearray(quanti // 8 + 1)
    for posto in posti:
        ottetti[posto >> 3] |= 1 << (posto & 7)
    return int.from_bytes(ottetti, "little")


def elementi(quali: int) -> Iterator[int]:
    """The places of a set, in order."""
    for numero, ottetto in enumerate(quali.to_bytes((quali.bit_length() + 7) // 8, "little")):
        while ottetto:
            basso = ottetto & -ottetto
            yield (numero << 3) + basso.bit_length() - 1
            ottetto ^= basso


def schedario_di_oggi(quando: int | None = None) -> Schedario:
    """The services offered today, as of the present content version."""
    return _memoria.prendi(timezone.localdate(), _leggi, quando)


def _leggi() -> Schedario:
    campi = ("pk", "nome", "tipo", "costo", "area_servita", "esempio", "eta_minima", "eta_massima")
    offerte = Risorsa.objects.attive().order_by().values_list(*campi)
    righe = sorted(offerte, key=lambda riga: (piane(riga[1]), riga[1], riga[0]))
    posto = {riga[0]: numero for numero, riga in enumerate(righe)}
    luoghi = [luogo for luogo in _luoghi() if luogo[0] in posto]
    gruppi: dict[tuple[str, str], array] = {}
    for filtro, valore, chiave in (*_di_ogni_riga(righe), *_dei_legami(), *_delle_lingue(), *_dei_luoghi(luoghi)):
        if chiave in posto:
            gruppi.setdefault((filtro, valore), array("L")).append(posto[chiave])
    testi = TestoRicerca.objects.order_by().values_list("pk", "risorsa")
    return Schedario(
        chiavi=list(posto),
        tutte=(1 << len(righe)) - 1,
        opzioni={scelta: insieme(posti, len(righe)) for scelta, posti in gruppi.items()},
        eta=[(da or 0, ETA_MASSIMA if a is None else a) for *_, da, a in righe],
        punti=_punti(luoghi, posto),
        per_testo={numero: posto[chiave] for numero, chiave in testi if chiave in posto},
    )


Scelte = Iterator[tuple[str, str, UUID]]


def _di_ogni_riga(righe: Iterable[tuple]) -> Scelte:
    for chiave, _, tipo, costo, area, esempio, *_ in righe:
        yield "tipo", tipo, chiave
        yield "area", area, chiave
        if esempio:
            yield "esempio", "on", chiave
        if costo == Costo.GRATUITO:
            yield "gratis", "on", chiave
        if area != AreaServita.COMUNI:
            yield "comune", "", chiave


def _dei_legami() -> Scelte:
    """What each service is bound to, as the filters name it."""
    for filtro, campo, termine in (
        ("categoria", "categorie", "categoria"),
        ("destinatari", "destinatari", "destinatari"),
        ("comune", "comuni_serviti", "comune"),
        ("accesso", "modalita", "modalitaaccesso"),
    ):
        ponte = getattr(Risorsa, campo).through.objects.order_by()
        for chiave, valore in ponte.values_list("risorsa", f"{termine}__slug"):
            yield filtro, valore, chiave


def _delle_lingue() -> Scelte:
    parlate = LinguaParlata.objects.order_by().values_list("risorsa", "lingua__codice", "con_mediatore")
    for chiave, codice, con_mediatore in parlate:
        yield "lingua", codice, chiave
        if con_mediatore:
            yield "mediatore", codice, chiave
            yield "mediatore", "", chiave


def _dei_luoghi(luoghi: Iterable[tuple]) -> Scelte:
    for chiave, accessibilita, tipo, latitudine, *_ in luoghi:
        if accessibilita == Accessibilita.SI:
            yield "accessibile", "on", chiave
        if tipo == TipoSede.FISICA and latitudine is not None:
            yield "mappa", "on", chiave


def _luoghi() -> Iterable[tuple]:
    """The confirmed places of the services: whether one gets in, their kind, their point, the middle of their comune."""
    return RisorsaInSede.objects.filter(sede__da_verificare=False).order_by().values_list(
        "risorsa", "sede__accessibilita", "sede__tipo", "sede__latitudine", "sede__longitudine",
        "sede__comune__latitudine", "sede__comune__longitudine",
    )  # fmt: skip


def _punti(luoghi: Iterable[tuple], posto: dict[UUID, int]) -> dict[int, list[tuple[float, float]]]:
    """Where each service is, as far as its places say it: by place, or in the middle of the comune."""
    punti: dict[int, list[tuple[float, float]]] = {}
    for chiave, _, _, lat, lon, lat_comune, lon_comune in luoghi:
        latitudine, longitudine = (lat, lon) if lat is not None else (lat_comune, lon_comune)
        if latitudine is not None:
            punti.setdefault(posto[chiave], []).append((float(latitudine), float(longitudine)))
    return punti
