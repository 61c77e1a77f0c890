"""Services and what hangs on them."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from risorse.hsds.chiavi import chiave
from risorse.hsds.righe.comuni import chiuso, piena, primo, righe_contatti, uri
from risorse.hsds.righe.termini import ELENCHI, chiave_tipo
from risorse.models import AreaServita, Costo, StatoRisorsa, TipoContatto

STATI = {
    StatoRisorsa.PUBBLICATA: "active",
    StatoRisorsa.SOSPESA: "temporarily closed",
    StatoRisorsa.ARCHIVIATA: "defunct",
    StatoRisorsa.BOZZA: "inactive",
    StatoRisorsa.IN_REVISIONE: "inactive",
}
VALUTA = "EUR"


def righe_servizi(materia) -> dict[str, list[dict]]:
    """The rows of the services and, when everything is wanted, of all that describes them."""
    righe: dict[str, list[dict]] = defaultdict(list)
    aree = materia.aree()
    for servizio in materia.servizi:
        righe["service"].append(_servizio(materia, servizio))
        if materia.completa:
            righe_contatti(materia, "service", servizio["uuid"], righe)
            righe["language"] += _lingue(materia, servizio)
            righe["cost_option"] += _costo(materia, servizio)
            righe["service_area"] += _aree(servizio, aree.get(servizio["uuid"], ()))
            righe["required_document"] += _documenti(materia, servizio)
            righe["attribute"] += _attributi(materia, servizio)
    return righe


def _servizio(materia, servizio: dict) -> dict:
    uuid, t = servizio["uuid"], materia.testi
    contatti = materia.contatti.get(uuid, ())
    avvisi = [_("Dati di esempio") if servizio["esempio"] else "", chiuso(materia, (uuid, servizio["ente_id"]))]
    return piena(
        {
            "id": uuid,
            "organization_id": servizio["ente_id"],
            "name": t(uuid, "nome", servizio["nome"]),
            "description": descrizione(
                t(uuid, "in_breve", servizio["in_breve"]), t(uuid, "descrizione", servizio["descrizione"])
            ),
            "url": uri(primo(contatti, TipoContatto.WEB) or ""),
            "email": primo(contatti, TipoContatto.EMAIL),
            "status": STATI[servizio["stato"]],
            "interpretation_services": mediazione(materia, materia.lingue.get(uuid, ())),
            "application_process": nomi(materia, "modalita", uuid),
            "fees_description": t(uuid, "costo_nota", servizio["costo_nota"]) or costo_in_parole(servizio["costo"]),
            "eligibility_description": ". ".join(
                filter(None, (nomi(materia, "destinatari", uuid), t(uuid, "requisiti", servizio["requisiti"])))
            ),
            "minimum_age": servizio["eta_minima"],
            "maximum_age": servizio["eta_massima"],
            "assured_date": servizio["verificata_il"],
            "alert": " · ".join(filter(None, avvisi)),
            "last_modified": servizio["aggiornato"],
        }
    )


def descrizione(in_breve: str, intera: str) -> str:
    """The line in brief and the whole text as one, unless the text begins with the line."""
    return intera if intera.startswith(in_breve.rstrip("…")) else f"{in_breve}\n\n{intera}".strip()


def costo_in_parole(costo: str) -> str:
    """What it costs, in words; nothing where it is not known."""
    return "" if costo == Costo.NON_NOTO else str(Costo(costo).label)


def nomi(materia, elenco: str, uuid) -> str:
    """The terms of one list of a service, by their names."""
    termini = materia.termini.get(elenco, {}).get(uuid, ())
    return ", ".join(materia.testi(termine["uuid"], "nome", termine["nome"]) for termine in termini)


def mediazione(materia, lingue: Iterable[dict]) -> str:
    """The languages one speaks with a mediator, and when: HSDS keeps them out of its languages."""
    return "; ".join(
        materia.testi(lingua["lingua_id"], "nome", lingua["lingua__nome"])
        + (f" ({materia.testi(lingua['uuid'], 'quando', lingua['quando'])})" if lingua["quando"] else "")
        for lingua in lingue
        if lingua["con_mediatore"]
    )


def _lingue(materia, servizio: dict) -> list[dict]:
    return [
        piena(
            {
                "id": lingua["uuid"],
                "service_id": servizio["uuid"],
                "name": materia.testi(lingua["lingua_id"], "nome", lingua["lingua__nome"]),
                "code": lingua["lingua__codice"].partition("-")[0],
                "note": materia.testi(lingua["uuid"], "quando", lingua["quando"]),
            }
        )
        for lingua in materia.lingue.get(servizio["uuid"], ())
        if not lingua["con_mediatore"]
    ]


def _costo(materia, servizio: dict) -> list[dict]:
    if servizio["costo"] == Costo.NON_NOTO:
        return []
    gratis = servizio["costo"] == Costo.GRATUITO
    return [
        piena(
            {
                "id": chiave("costo", servizio["uuid"]),
                "service_id": servizio["uuid"],
                "option": costo_in_parole(servizio["costo"]),
                "currency": VALUTA if gratis else None,
                "amount": 0 if gratis else None,
                "amount_description": materia.testi(servizio["uuid"], "costo_nota", servizio["costo_nota"]),
            }
        )
    ]


def _aree(servizio: dict, comuni: Iterable[dict]) -> list[dict]:
    uuid = servizio["uuid"]
    if servizio["area_servita"] != AreaServita.COMUNI:
        nome = str(AreaServita(servizio["area_servita"]).label)
        return [{"id": chiave("area", uuid), "service_id": uuid, "name": nome}]
    return [
        {"id": chiave("area", uuid, comune["uuid"]), "service_id": uuid, "name": comune["nome"]} for comune in comuni
    ]


def _documenti(materia, servizio: dict) -> list[dict]:
    uuid = servizio["uuid"]
    return [
        {
            "id": chiave("documento", uuid, documento["uuid"]),
            "service_id": uuid,
            "document": materia.testi(documento["uuid"], "nome", documento["nome"]),
        }
        for documento in materia.termini["documenti"].get(uuid, ())
    ]


def _attributi(materia, servizio: dict) -> list[dict]:
    uuid = servizio["uuid"]
    termini = [termine["uuid"] for nome in ELENCHI for termine in materia.termini[nome].get(uuid, ())]
    return [
        {
            "id": chiave("attributo", uuid, termine),
            "link_id": uuid,
            "taxonomy_term_id": termine,
            "link_entity": "service",
        }
        for termine in (*termini, chiave_tipo(servizio["tipo"]))
    ]
