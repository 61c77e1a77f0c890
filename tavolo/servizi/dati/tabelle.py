"""The tables of the open data (RFC 4180), row by row, in a constant number of queries for every block of rows."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from referenti.models import Ente, Indicatore
from risorse.models import Risorsa, TipoContatto
from tavolo.base.celle import SEPARATORE
from tavolo.base.formati import protetta

BLOCCO = 500
_DELLA_SCHEDA = ("categorie", "destinatari", "comuni_serviti", "modalita", "documenti", "lingue_parlate__lingua")
_CONTATTI = ("contatti", "in_sedi__sede__contatti")

SERVIZI = (
    *("id", "nome", "in_breve", "descrizione", "tipo", "ente", "ente_id", "categorie", "destinatari", "territorio"),
    *("comuni_serviti", "lingue", "costo", "costo_nota", "modalita", "documenti", "requisiti", "eta_minima_anni"),
    *("eta_massima_anni", "orari", "telefoni", "email", "siti", "valido_dal", "valido_al", "verificato_il", "fonte"),
    *("esempio", "indirizzo_pagina"),
)
LUOGHI = (
    *("servizio_id", "servizio", "luogo_id", "luogo", "tipo", "via_e_numero", "cap", "comune", "codice_istat"),
    *("latitudine", "longitudine", "accessibilita", "nota", "esempio"),
)
ENTI = (
    "id",
    "denominazione",
    "tipo",
    "fa_parte_di",
    "comune",
    "ruolo_al_tavolo",
    "dal",
    "al",
    "da_verificare",
    "esempio",
)
INDICATORI = ("voce", "comune", "codice_istat", "valore", "unita", "almeno", "data_di_riferimento", "fonte")


def schede() -> Iterator[Risorsa]:
    """The services the public is offered, each with everything a table says of it, by name."""
    righe = Risorsa.objects.attive().con_orari().prefetch_related(*_DELLA_SCHEDA, *_CONTATTI)
    return righe.order_by("nome", "uuid").iterator(chunk_size=BLOCCO)


def servizi(radice: str) -> Iterator[Iterable[Any]]:
    """One row for each service; `radice` is the address of the portal."""
    for s in schede():
        contatti = _contatti(s)
        yield (
            *(s.pk, s.nome, s.in_breve, s.descrizione, s.tipo, s.ente.denominazione, s.ente_id),
            *(_slug(s.categorie), _slug(s.destinatari), s.area_servita, _slug(s.comuni_serviti)),
            _insieme(dict.fromkeys(p.lingua.codice for p in s.lingue_parlate.all())),
            *(s.costo, s.costo_nota, _slug(s.modalita), _slug(s.documenti), s.requisiti, s.eta_minima, s.eta_massima),
            _insieme(riga for uno in s.orari_in_luoghi for riga in uno.in_righe),
            *(_insieme(contatti[tipo]) for tipo in (TipoContatto.TELEFONO, TipoContatto.EMAIL, TipoContatto.WEB)),
            *(s.valida_dal, s.valida_al, s.verificata_il, s.fonte, s.esempio, radice + s.get_absolute_url()),
        )


def luoghi() -> Iterator[Iterable[Any]]:
    """One row for each confirmed place of each service."""
    for s in schede():
        for in_sede in s.in_sedi_pubbliche:
            sede, comune = in_sede.sede, in_sede.sede.comune
            yield (
                *(s.pk, s.nome, sede.pk, sede.nome, sede.tipo, sede.indirizzo, sede.cap),
                *(comune and comune.nome, comune and comune.codice_istat, sede.latitudine, sede.longitudine),
                *(sede.accessibilita, in_sede.nota, sede.esempio),
            )


def enti() -> Iterator[Iterable[Any]]:
    """One row for each body."""
    for e in Ente.objects.select_related("padre", "comune").iterator(chunk_size=BLOCCO):
        yield (
            *(e.pk, e.denominazione, e.tipo, e.padre and e.padre.denominazione, e.comune and e.comune.nome),
            *(e.ruolo, e.dal, e.al, e.da_verificare, e.esempio),
        )


def indicatori() -> Iterator[Iterable[Any]]:
    """One row for each figure of the territory."""
    for i in Indicatore.objects.del_territorio():
        comune = i.comune
        yield (
            *(i.voce, comune.nome if comune else "Ambito", comune and comune.codice_istat, i.valore, i.unita),
            *(i.almeno, i.riferimento, i.fonte),
        )


def scrivi_csv(intestazione: tuple[str, ...], righe: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """The file, piece by piece: UTF-8, comma, double quotes, CRLF, one header; formulas of spreadsheets disarmed."""
    scrittore: Any = csv.writer(_Eco())
    yield scrittore.writerow(intestazione)
    for riga in righe:
        yield scrittore.writerow([protetta(_cella(valore)) for valore in riga])


class _Eco:
    """A file that gives back what is written to it."""

    write: Callable[[str], bytes] = staticmethod(str.encode)


def _cella(valore: Any) -> str:
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    return "" if valore is None else str(valore)


def _insieme(pezzi: Iterable[str]) -> str:
    return SEPARATORE.join(pezzi)


def _slug(righe: Any) -> str:
    return _insieme(riga.slug for riga in righe.all())


def _contatti(servizio: Risorsa) -> dict[str, list[str]]:
    """Confirmed contacts of the service and of its confirmed places, by type."""
    per_tipo: dict[str, list[str]] = {tipo: [] for tipo in TipoContatto.values}
    delle_sedi = (c for in_sede in servizio.in_sedi_pubbliche for c in in_sede.sede.contatti.all())
    for contatto in [*servizio.contatti.all(), *delle_sedi]:
        if not contatto.da_verificare and contatto.valore not in per_tipo[contatto.tipo]:
            per_tipo[contatto.tipo].append(contatto.valore)
    return per_tipo
