"""The query parameters of the API: read, checked, and refused with a sentence that says what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from risorse.hsds.lingue import LINGUE

PER_PAGINA, PER_PAGINA_MASSIMO = 50, 500
RICERCA_MASSIMA = 200
ETA_MASSIMA = 150
METRI_MASSIMI = 200_000
GIORNI = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SI, _NO = ("true", "1", "yes"), ("false", "0", "no", "")


class ParametriErrati(ValueError):
    """One or more parameters cannot be read; `errori` says which and why."""

    def __init__(self, errori: dict[str, str]):
        self.errori = errori
        super().__init__("; ".join(f"{nome}: {detto}" for nome, detto in errori.items()))


@dataclass
class Parametri:
    """What was asked for; each field by the name of its parameter."""

    search: str = ""
    page: int = 1
    per_page: int = PER_PAGINA
    format: str = "json"
    taxonomy_term_id: list[UUID] = field(default_factory=list)
    taxonomy_id: list[UUID] = field(default_factory=list)
    organization_id: UUID | None = None
    parent_id: UUID | None = None
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    top_only: bool = False
    minimum_age: float | None = None
    maximum_age: float | None = None
    day: str = ""
    start_time: time | None = None
    end_time: time | None = None
    postcode: str = ""
    proximity: int | None = None
    lang: str = settings.LANGUAGE_CODE


def _testo(valore: str) -> str:
    if len(valore) > RICERCA_MASSIMA:
        raise ValueError(_("al massimo %(quanti)s lettere") % {"quanti": RICERCA_MASSIMA})
    return " ".join(valore.split())


def _intero(minimo: int, massimo: int | None = None) -> Callable[[str], int]:
    def leggi(valore: str) -> int:
        if not (valore.isascii() and valore.isdigit()):
            raise ValueError(_("un numero intero, da %(minimo)s in su") % {"minimo": minimo})
        # more figures than any list has rows: past the end is past the end
        numero = int(valore[:18]) if len(valore) <= 18 else 10**18
        if numero < minimo:
            raise ValueError(_("un numero intero, da %(minimo)s in su") % {"minimo": minimo})
        return min(numero, massimo) if massimo else numero

    return leggi


def _eta(valore: str) -> float:
    try:
        numero = float(valore) if len(valore) <= 10 else -1.0
    except ValueError:
        numero = -1.0
    if not 0 <= numero <= ETA_MASSIMA:
        raise ValueError(_("un'età in anni, da 0 a %(massima)s") % {"massima": ETA_MASSIMA})
    return numero


def _uuid(valore: str) -> UUID:
    try:
        return UUID(valore)
    except ValueError as errore:
        raise ValueError(_("un UUID")) from errore


def _booleano(valore: str) -> bool:
    if valore.lower() not in (*_SI, *_NO):
        raise ValueError("true, false")
    return valore.lower() in _SI


def _momento(valore: str) -> datetime:
    try:
        # in an address a + that nobody has encoded comes as a space
        momento = parse_datetime(valore.replace(" ", "+") if "T" in valore else valore)
        giorno = None if momento else parse_date(valore)
    except ValueError:
        momento = giorno = None
    if giorno:
        momento = datetime(giorno.year, giorno.month, giorno.day, tzinfo=UTC)
    if momento is None:
        raise ValueError(_("una data e un'ora ISO 8601, per esempio 2026-03-01T12:00:00Z"))
    momento = momento if momento.tzinfo else momento.replace(tzinfo=UTC)
    try:
        return momento.astimezone(UTC)
    except OverflowError as errore:
        raise ValueError(_("una data e un'ora ISO 8601, per esempio 2026-03-01T12:00:00Z")) from errore


def _ora(valore: str) -> time:
    try:
        return time.fromisoformat(valore).replace(tzinfo=None)
    except ValueError as errore:
        raise ValueError(_("un'ora, per esempio 09:30")) from errore


def _uno_di(*valori: str, forma: Callable[[str], str] = str) -> Callable[[str], str]:
    def leggi(valore: str) -> str:
        if forma(valore) not in valori:
            raise ValueError(", ".join(valori))
        return forma(valore)

    return leggi


def _giorno(valore: str) -> str:
    return _uno_di(*GIORNI)(valore[:2].upper() if valore.isalpha() else valore)


def _cap(valore: str) -> str:
    cap = valore.replace(" ", "")
    if not (cap.isascii() and cap.isdigit() and len(cap) == 5):
        raise ValueError(_("un CAP di cinque cifre"))
    return cap


_LETTORI: dict[str, Callable[[str], Any]] = {
    "search": _testo,
    "page": _intero(1),
    "per_page": _intero(1, PER_PAGINA_MASSIMO),
    "format": _uno_di("json", "ndjson", forma=str.lower),
    "organization_id": _uuid,
    "parent_id": _uuid,
    "modified_after": _momento,
    "minimal": _booleano,
    "full": _booleano,
    "full_service": _booleano,
    "top_only": _booleano,
    "minimum_age": _eta,
    "maximum_age": _eta,
    "day": _giorno,
    "start_time": _ora,
    "end_time": _ora,
    "postcode": _cap,
    "proximity": _intero(1, METRI_MASSIMI),
    "lang": _uno_di(*LINGUE, forma=str.lower),
}
_RIPETUTI = ("taxonomy_term_id", "taxonomy_id")
_VUOTI_BUONI = ("search", "minimal", "full", "full_service", "top_only")
RIPETIZIONI_MASSIME = 10
COMUNI = ("search", "page", "per_page", "format", "lang")
PER_ELENCO = {
    "services": (
        *COMUNI,
        *("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "minimal", "full"),
        *("minimum_age", "maximum_age", "day", "start_time", "end_time", "postcode", "proximity"),
    ),
    "organizations": (*COMUNI, "full", "full_service", "taxonomy_term_id", "taxonomy_id"),
    "service_at_locations": (
        *COMUNI,
        *("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full"),
        *("minimum_age", "maximum_age", "day", "start_time", "end_time", "postcode", "proximity"),
    ),
    "taxonomies": COMUNI,
    "taxonomy_terms": (*COMUNI, "taxonomy_id", "top_only", "parent_id"),
}
PER_SCHEDA = {"services": ("lang",), "organizations": ("lang", "full_service")}


def leggi(domanda: QueryDict, ammessi: tuple[str, ...]) -> Parametri:
    """The parameters of `ammessi` that the address holds, others ignored; raises ParametriErrati, with all the errors."""
    letti: dict[str, Any] = {}
    errori: dict[str, str] = {}
    for nome in ammessi:
        valori = domanda.getlist(nome)
        if not valori or (valori[-1] == "" and nome not in _VUOTI_BUONI):
            continue
        try:
            if nome in _RIPETUTI:
                letti[nome] = [_uuid(valore) for valore in valori[:RIPETIZIONI_MASSIME]]
            else:
                letti[nome] = _LETTORI[nome](_pulito(valori[-1]))
        except ValueError as errore:
            errori[nome] = str(errore)
    if "proximity" in letti and "postcode" not in letti:
        errori.setdefault("proximity", _("serve anche postcode"))
    if errori:
        raise ParametriErrati(errori)
    return Parametri(**letti)


def _pulito(valore: str) -> str:
    if "\x00" in valore:
        raise ValueError(_("contiene un carattere che non si può leggere"))
    return valore.strip()
