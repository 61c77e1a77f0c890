"""The objects of the API, list by list: from keys to what is sent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from risorse.hsds import elenchi
from risorse.hsds.annida import Nido
from risorse.hsds.parametri import Parametri
from risorse.hsds.pubblici import sedi_di
from risorse.hsds.righe import Materia, Righe, righe_di
from risorse.hsds.righe.servizi import STATI
from risorse.hsds.righe.termini import righe_tassonomie, righe_termini
from risorse.models import Risorsa, RisorsaInSede

Oggetti = list[dict[str, Any]]


def _nido(materia: Materia, p: Parametri, *, termini: bool) -> tuple[Nido, Righe]:
    righe = righe_di(materia)
    if termini:
        righe |= {"taxonomy": righe_tassonomie(), "taxonomy_term": righe_termini(p.lang)}
    return Nido(righe), righe


def _in_ordine(chiavi: Iterable[UUID], oggetti: Oggetti) -> Oggetti:
    per_chiave = {oggetto["id"]: oggetto for oggetto in oggetti}
    return [per_chiave[chiave] for chiave in chiavi if chiave in per_chiave]


def servizi(chiavi: list[UUID], p: Parametri, *, interi: bool) -> Oggetti:
    """Services: with their body only, or with everything."""
    if p.minimal and not interi:
        return minimi(chiavi)
    nido, righe = _nido(Materia(chiavi, completa=interi, lingua=p.lang), p, termini=interi)
    if interi:
        return _in_ordine(chiavi, [nido.intera("service", riga) for riga in righe["service"]])
    return _in_ordine(chiavi, [nido.essenziale(riga, ("organization",)) for riga in righe.get("service", ())])


def minimi(chiavi: list[UUID]) -> Oggetti:
    """Key and moment of the last change, besides the two columns without which the schema refuses a service."""
    righe = Risorsa.objects.filter(pk__in=chiavi).values_list("uuid", "nome", "stato", "aggiornato")
    oggetti = [
        {"id": uuid, "name": nome, "status": STATI[stato], "modified_date": quando, "last_modified": quando}
        for uuid, nome, stato, quando in righe
    ]
    return _in_ordine(chiavi, oggetti)


def enti(chiavi: list[UUID], p: Parametri, *, interi: bool) -> Oggetti:
    """Bodies: alone, with what is theirs, with their services too."""
    if not interi and not p.full_service:
        _, righe = _nido(Materia(enti=chiavi, lingua=p.lang), p, termini=False)
        return _in_ordine(chiavi, righe.get("organization", []))
    offerti = Risorsa.objects.attive().filter(ente__in=chiavi) if p.full_service else ()
    materia = Materia(offerti, completa=True, enti=chiavi, sedi=sedi_di(chiavi), lingua=p.lang)
    nido, righe = _nido(materia, p, termini=p.full_service)
    return _in_ordine(chiavi, [nido.intera("organization", riga) for riga in righe.get("organization", ())])


def in_sedi(chiavi: list[UUID], p: Parametri, *, interi: bool) -> Oggetti:
    """Services at places: with service and place, or with everything.

    The specification's own OpenAPI document checks one of these against the schema of a service, which asks for name and
    status: with both on top it passes as either.
    """
    legami = RisorsaInSede.objects.filter(pk__in=chiavi).values_list("risorsa_id", flat=True)
    nido, righe = _nido(Materia(list(dict.fromkeys(legami)), completa=True, lingua=p.lang), p, termini=interi)
    nomi = {riga["id"]: {"name": riga["name"], "status": riga["status"]} for riga in righe.get("service", ())}
    voluti = set(chiavi)
    oggetti = [
        (nido.intera("service_at_location", riga) if interi else nido.essenziale(riga, ("service", "location")))
        | nomi[riga["service_id"]]
        for riga in righe.get("service_at_location", ())
        if riga["id"] in voluti
    ]
    return _in_ordine(chiavi, oggetti)


def tassonomie(p: Parametri) -> Oggetti:
    """Our taxonomies whose name holds the words looked for."""
    return [riga for riga in righe_tassonomie() if _contiene(riga, p.search)]


def termini(p: Parametri) -> Oggetti:
    """The terms of our taxonomies, which are flat lists: every term is a top one, none has children."""
    if p.parent_id:
        return []
    per_chiave = {riga["id"]: riga for riga in righe_tassonomie()}
    return [
        riga | {"taxonomy_detail": per_chiave[riga["taxonomy_id"]]}
        for riga in righe_termini(p.lang)
        if _contiene(riga, p.search) and all(chiave == riga["taxonomy_id"] for chiave in p.taxonomy_id)
    ]


def _contiene(riga: dict, parole: str) -> bool:
    testo = f"{riga['name']} {riga['description']}".casefold()
    return all(parola.casefold() in testo for parola in parole.split())


@dataclass(frozen=True)
class Elenco:
    """A list of the API: how its rows are chosen, and how they become objects."""

    righe: Callable[[Parametri], QuerySet] | None
    oggetti: Callable[..., Oggetti]

    def interi(self, p: Parametri) -> bool:
        """Whether everything was asked for."""
        return p.full or p.full_service


ELENCHI = {
    "services": Elenco(elenchi.servizi, servizi),
    "organizations": Elenco(elenchi.enti, enti),
    "service_at_locations": Elenco(elenchi.in_sedi, in_sedi),
    "taxonomies": Elenco(None, tassonomie),
    "taxonomy_terms": Elenco(None, termini),
}
