"""Places, services at places, hours."""

from collections import defaultdict
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from risorse.hsds.chiavi import chiave
from risorse.hsds.righe.comuni import chiuso, piena, primo, righe_contatti, uri
from risorse.models import Accessibilita, TipoContatto, TipoSede

# The provinces of Lombardia and those around it by the first three figures of the ISTAT code.
PROVINCE = {
    "001": "TO", "002": "VC", "003": "NO", "006": "AL", "012": "VA", "013": "CO", "014": "SO", "015": "MI", "016": "BG",
    "017": "BS", "018": "PV", "019": "CR", "020": "MN", "023": "VR", "033": "PC", "034": "PR", "097": "LC", "098": "LO",
    "103": "VB", "108": "MB",
}  # fmt: skip
PROVINCIA = "MI"
GIORNI = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Rome in winter. HSDS has one offset for a schedule that goes on for ever, and takes UTC where there is none.
FUSO = 1


def righe_luoghi(materia) -> dict[str, list[dict]]:
    """The rows of the places, of the services found there, of the hours of both and of the services."""
    righe: dict[str, list[dict]] = defaultdict(list)
    for sede in materia.sedi:
        righe["location"].append(_luogo(materia, sede))
        righe["address"] += _indirizzo(sede)
        righe["accessibility"] += _accesso(materia, sede)
        righe_contatti(materia, "location", sede["uuid"], righe)
    for legame in materia.in_sedi:
        righe["service_at_location"].append(
            piena(
                {
                    "id": legame["uuid"],
                    "service_id": legame["risorsa_id"],
                    "location_id": legame["sede_id"],
                    "description": materia.testi(legame["uuid"], "nota", legame["nota"]),
                }
            )
        )
    if materia.completa:
        righe["schedule"] = _orari(materia)
    return righe


def _luogo(materia, sede: dict) -> dict:
    uuid = sede["uuid"]
    con_punto = sede["latitudine"] is not None
    return piena(
        {
            "id": uuid,
            "location_type": "virtual" if sede["tipo"] == TipoSede.VIRTUALE else "physical",
            "url": uri(primo(materia.contatti.get(uuid, ()), TipoContatto.WEB) or ""),
            "organization_id": sede["ente_id"],
            "name": materia.testi(uuid, "nome", sede["nome"]),
            "description": chiuso(materia, (uuid,)),
            "latitude": float(sede["latitudine"]) if con_punto else None,
            "longitude": float(sede["longitudine"]) if con_punto else None,
        }
    )


def provincia(codice_istat: str) -> str:
    """The two letters of the province of a comune."""
    return PROVINCE.get(codice_istat[:3], PROVINCIA)


def _indirizzo(sede: dict) -> list[dict]:
    if sede["tipo"] == TipoSede.VIRTUALE or not sede["comune__nome"]:
        return []
    return [
        {
            "id": chiave("indirizzo", sede["uuid"]),
            "location_id": sede["uuid"],
            "address_1": sede["indirizzo"] or sede["nome"],
            "city": sede["comune__nome"],
            "state_province": provincia(sede["comune__codice_istat"]),
            # required even where nobody has written it down
            "postal_code": sede["cap"] or sede["comune__cap"],
            "country": "IT",
            "address_type": "physical",
        }
    ]


def _accesso(materia, sede: dict) -> list[dict]:
    nota = materia.testi(sede["uuid"], "accessibilita_nota", sede["accessibilita_nota"])
    if sede["accessibilita"] == Accessibilita.NON_NOTA and not nota:
        return []
    return [
        piena(
            {
                "id": chiave("accesso", sede["uuid"]),
                "location_id": sede["uuid"],
                "description": str(Accessibilita(sede["accessibilita"]).label),
                "details": nota,
            }
        )
    ]


def _orari(materia) -> list[dict]:
    """One row for the days on which an owner keeps the same hours."""
    gruppi: dict[tuple, list[dict]] = defaultdict(list)
    ospitati = {sede["uuid"] for sede in materia.sedi} | {legame["uuid"] for legame in materia.in_sedi}
    for orario in materia.orari:
        padrone = orario["risorsa_id"] or orario["in_sede_id"] or orario["sede_id"]
        if orario["risorsa_id"] or padrone in ospitati:
            gruppi[_firma(orario)].append(orario)
    return [_orario(materia, firma, orari) for firma, orari in gruppi.items()]


def _firma(orario: dict) -> tuple[Any, ...]:
    return tuple(orario[nome] for nome in orario if nome not in ("giorno", "uuid"))


def _orario(materia, firma: tuple, orari: list[dict]) -> dict:
    primo_orario = orari[0]
    return piena(
        {
            "id": chiave("orario", *firma),
            "service_id": primo_orario["risorsa_id"],
            "location_id": primo_orario["sede_id"],
            "service_at_location_id": primo_orario["in_sede_id"],
            "valid_from": primo_orario["valido_dal"],
            "valid_to": primo_orario["valido_al"],
            "timezone": FUSO,
            "wkst": "MO",
            "freq": "WEEKLY",
            "byday": ",".join(dict.fromkeys(GIORNI[orario["giorno"] - 1] for orario in orari)),
            "opens_at": ora(primo_orario["dalle"]),
            "closes_at": ora(primo_orario["alle"]),
            "attending_type": _("Solo su appuntamento") if primo_orario["su_appuntamento"] else None,
            "notes": materia.testi(primo_orario["uuid"], "nota", primo_orario["nota"]),
        }
    )


def ora(valore: time) -> str:
    """An hour as HH:MM."""
    return f"{valore:%H:%M}"
