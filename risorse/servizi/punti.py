"""The points of the map: where services are, and which ones stand at a point."""

from typing import Any

from django.db.models import Count, F, IntegerField, QuerySet
from django.db.models.functions import Cast, Round

from risorse.models import Risorsa, RisorsaInSede, TipoSede

# Degrees are told in whole hundred-thousandths, about a metre: short, exact, and the same number out and in.
PER_GRADO = 100_000


def _intero(campo: str) -> Cast:
    return Cast(Round(F(f"sede__{campo}") * PER_GRADO), IntegerField())


def _in_luoghi(risorse: QuerySet) -> QuerySet:
    return RisorsaInSede.objects.filter(
        risorsa__in=risorse, sede__da_verificare=False, sede__tipo=TipoSede.FISICA, sede__latitudine__isnull=False
    ).annotate(lat=_intero("latitudine"), lon=_intero("longitudine"))


def punti(risorse: QuerySet) -> list[list[int]]:
    """Where these services are: `[latitude, longitude, how many]` of each point, in hundred-thousandths of a degree.

    Each point but the first is told as its difference from the one before, in the order of latitude: small numbers
    that compress well. Services without a confirmed place on the map have no point.
    """
    righe = _in_luoghi(risorse).order_by().values_list("lat", "lon").annotate(Count("risorsa", distinct=True))
    esito, prima = [], (0, 0)
    for lat, lon, quanti in sorted(righe):
        esito.append([lat - prima[0], lon - prima[1], quanti])
        prima = lat, lon
    return esito


def risorse_al_punto(risorse: QuerySet, lat: int, lon: int) -> QuerySet:
    """The services, among these, that stand at the point; coordinates as `punti` tells them."""
    return risorse.filter(pk__in=_in_luoghi(risorse).filter(lat=lat, lon=lon).values("risorsa"))


def confini(comuni: Any) -> dict[str, Any]:
    """The outlines of the comuni as a GeoJSON FeatureCollection (WGS84), named and linked."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": comune.confine,
                "properties": {"nome": comune.nome, "url": comune.get_absolute_url()},
            }
            for comune in comuni
            if comune.confine
        ],
    }


def del_pubblico(categoria: Any = None) -> QuerySet[Risorsa]:
    """The services the map is about: those the public is offered, of one category if it is asked for."""
    risorse = Risorsa.objects.attive()
    return risorse.della_categoria(categoria) if categoria else risorse
