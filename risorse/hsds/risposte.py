"""Pages, single objects and streams of the API, as Python objects and lines of JSON."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from django.utils import translation

from risorse.hsds.oggetti import ELENCHI, Elenco
from risorse.hsds.parametri import Parametri

PEZZO = 200


def busta(elenco: Elenco, p: Parametri) -> dict[str, Any]:
    """One page in the envelope of HSDS; past the last page it is empty, not an error."""
    if elenco.righe is None:
        tutti = elenco.oggetti(p)
        quanti, contenuti = len(tutti), tutti[(p.page - 1) * p.per_page : p.page * p.per_page]
    else:
        righe = elenco.righe(p)
        quanti = righe.count()
        if p.minimal:
            p.per_page = max(quanti, 1)  # "aim to return all services within one call"
        prima = (p.page - 1) * p.per_page
        chiavi = list(righe.values_list("pk", flat=True)[prima : prima + p.per_page]) if prima < quanti else []
        contenuti = elenco.oggetti(chiavi, p, interi=elenco.interi(p)) if chiavi else []
    pagine = -(-quanti // p.per_page)
    return {
        "total_items": quanti,
        "total_pages": pagine,
        "page_number": p.page,
        "size": len(contenuti),
        "first_page": p.page == 1,
        "last_page": p.page >= pagine,
        "empty": not contenuti,
        "contents": contenuti,
    }


def scheda(elenco: Elenco, chiave: UUID, p: Parametri) -> dict[str, Any] | None:
    """One object with everything; None if the public knows of none."""
    if elenco.righe is None:
        return next((oggetto for oggetto in elenco.oggetti(p) if oggetto["id"] == chiave), None)
    if not elenco.righe(p).filter(pk=chiave).exists():
        return None
    return next(iter(elenco.oggetti([chiave], p, interi=True)), None)


def flusso(elenco: Elenco, p: Parametri) -> Iterator[bytes]:
    """Every object as one line of JSON, read and sent piece by piece: memory does not grow with the list."""
    if elenco.righe is None:
        pezzi: Iterator[list] = iter([elenco.oggetti(p)])
    else:
        chiavi = elenco.righe(p).values_list("pk", flat=True).iterator(chunk_size=PEZZO)
        pezzi = iter(lambda: list(islice(chiavi, PEZZO)), [])
    for pezzo in pezzi:
        with translation.override(p.lang):
            oggetti = pezzo if elenco.righe is None else elenco.oggetti(pezzo, p, interi=elenco.interi(p))
            righe = b"".join(orjson.dumps(oggetto, option=orjson.OPT_APPEND_NEWLINE) for oggetto in oggetti)
        yield righe


__all__ = ["ELENCHI", "busta", "flusso", "scheda"]
