"""The places of the services as GeoJSON (RFC 7946): longitude first, WGS84."""

from collections.abc import Iterator

import orjson

from tavolo.servizi.dati.tabelle import schede


def geojson(radice: str) -> Iterator[bytes]:
    """A FeatureCollection, piece by piece: one feature for each service at each confirmed place with a point."""
    yield b'{"type":"FeatureCollection","features":['
    virgola = b""
    for servizio in schede():
        for in_sede in servizio.in_sedi_pubbliche:
            sede = in_sede.sede
            if sede.latitudine is None:
                continue
            yield virgola + orjson.dumps(
                {
                    "type": "Feature",
                    "id": str(in_sede.pk),
                    "geometry": {"type": "Point", "coordinates": [float(sede.longitudine), float(sede.latitudine)]},
                    "properties": {
                        "servizio_id": str(servizio.pk),
                        "nome": servizio.nome,
                        "ente": servizio.ente.denominazione,
                        "categorie": [categoria.slug for categoria in servizio.categorie.all()],
                        "luogo": sede.nome,
                        "indirizzo": sede.indirizzo,
                        "cap": sede.cap,
                        "comune": sede.comune.nome,
                        "accessibilita": sede.accessibilita,
                        "esempio": servizio.esempio,
                        "pagina": radice + servizio.get_absolute_url(),
                    },
                }
            )
            virgola = b","
    yield b"]}"
