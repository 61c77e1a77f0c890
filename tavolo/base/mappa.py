"""The map of the Ambito as a drawing of the server: boundaries in degrees become shapes of an SVG."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

LARGHEZZA, MARGINE = 600.0, 8.0
CARATTERI_PER_RIGA, INTERLINEA = 11, 24.0
KM_PER_GRADO = 111.195  # mean Earth radius 6371.0088 km times pi / 180

Punto = tuple[float, float]


@dataclass(frozen=True)
class RigaDiNome:
    """One line of a label and its baseline."""

    testo: str
    y: float


@dataclass(frozen=True)
class Forma:
    """A comune on the map: its outline (empty without a boundary), the point of its name, the number below it."""

    comune: Any
    d: str
    x: float
    y: float
    quanti: int | None = None

    @property
    def righe(self) -> list[RigaDiNome]:
        """The name in short lines around the point, so that neighbours do not overlap on a small screen."""
        testi = textwrap.wrap(self.comune.nome, CARATTERI_PER_RIGA, break_long_words=False)
        testi += [] if self.quanti is None else [str(self.quanti)]
        prima = self.y - INTERLINEA * (len(testi) - 1) / 2
        return [RigaDiNome(testo, round(prima + INTERLINEA * numero, 1)) for numero, testo in enumerate(testi)]


@dataclass(frozen=True)
class Mappa:
    """A drawing: its size and its shapes, in the order of the comuni."""

    larghezza: float
    altezza: float
    forme: tuple[Forma, ...]

    @property
    def view_box(self) -> str:
        """The `viewBox` of the SVG."""
        return f"0 0 {self.larghezza:g} {self.altezza:g}"


def anelli(confine: dict | None) -> Iterator[list[Punto]]:
    """The rings (longitude, latitude) of a GeoJSON Polygon or MultiPolygon; none without a boundary."""
    if not confine:
        return
    poligoni = confine["coordinates"] if confine["type"] == "MultiPolygon" else [confine["coordinates"]]
    for poligono in poligoni:
        for anello in poligono:
            yield [(float(lon), float(lat)) for lon, lat, *_ in anello]


def _centro(comune: Any) -> Punto | None:
    if comune.longitudine is None or comune.latitudine is None:
        return None
    return float(comune.longitudine), float(comune.latitudine)


def _centro_dei(punti: list[Punto]) -> Punto:
    longitudini, latitudini = zip(*punti, strict=True)
    return (min(longitudini) + max(longitudini)) / 2, (min(latitudini) + max(latitudini)) / 2


def disegna(comuni: Iterable[Any], quanti: Mapping[Any, int] | None = None) -> Mappa | None:
    """The drawing of these comuni (with `nome`, `confine`, `latitudine`, `longitudine`); None if none has a place.

    Equirectangular projection with the mean parallel as the standard one, x = R (lon - lon0) cos(lat1),
    y = R (lat1 - lat): J. P. Snyder, "Map Projections: A Working Manual", USGS Professional Paper 1395 (1987),
    p. 91. Over the twenty kilometres of an Ambito the distortion is far below the width of a line.
    A comune without a boundary keeps its point; without a point too, it is left to the list beside the map. `quanti`
    gives the number written below each name.
    """
    contorni = {comune: list(anelli(comune.confine)) for comune in comuni}
    centri: dict[Any, Punto] = {}
    for comune, suoi in contorni.items():
        punti = [punto for anello in suoi for punto in anello]
        centro = _centro(comune) or (_centro_dei(punti) if punti else None)
        if centro:
            centri[comune] = centro
    if not centri:
        return None
    tutti = [*centri.values(), *(punto for suoi in contorni.values() for anello in suoi for punto in anello)]
    ovest, est = min(lon for lon, _ in tutti), max(lon for lon, _ in tutti)
    sud, nord = min(lat for _, lat in tutti), max(lat for _, lat in tutti)
    parallelo = cos(radians((sud + nord) / 2))
    scala = (LARGHEZZA - 2 * MARGINE) / (((est - ovest) * parallelo) or 1.0)

    def proietta(punto: Punto) -> Punto:
        lon, lat = punto
        return round(MARGINE + (lon - ovest) * parallelo * scala, 1), round(MARGINE + (nord - lat) * scala, 1)

    forme = []
    for comune, centro in centri.items():
        tratti = ("M" + "L".join(f"{x:g} {y:g}" for x, y in map(proietta, a)) + "Z" for a in contorni[comune])
        numero = quanti.get(comune, 0) if quanti is not None else None
        forme.append(Forma(comune, "".join(tratti), *proietta(centro), numero))
    return Mappa(LARGHEZZA, round(2 * MARGINE + (nord - sud) * scala, 1), tuple(forme))


def distanza_km(qui: Any, altrove: Any) -> float | None:
    """Kilometres as the crow flies between two centroids, None if one is unknown.

    The same equirectangular approximation: Pythagoras on (Δlon · cos φm, Δlat).
    """
    a, b = _centro(qui), _centro(altrove)
    if a is None or b is None:
        return None
    return KM_PER_GRADO * hypot((a[0] - b[0]) * cos(radians((a[1] + b[1]) / 2)), a[1] - b[1])
