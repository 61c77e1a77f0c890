"""The tables of HSDS 3.1: their columns, types and references, and how rows hang into each other in the API.

Written from the published specification (docs.openreferral.org) as facts: one line a column, read below. It is what the OpenAPI
document, the data package and the import all go by.
"""

from dataclasses import dataclass
from functools import cache

VERSIONE = "3.1.3"


@dataclass(frozen=True)
class Colonna:
    """A column: `tipo` is string or number, `formato` a JSON Schema format, `verso` the table it refers to."""

    nome: str
    tipo: str = "string"
    formato: str = ""
    richiesta: bool = False
    richiesta_in_tabella: bool = False
    verso: str = ""
    valori: tuple[str, ...] = ()


# name, then: ! required, !! required in tables only, # number, :format, >table it refers to.
_COLONNE = {
    "organization": "id! name! alternate_name description! email:email website:uri tax_status tax_id year_incorporated# "
    "legal_status logo uri:uri parent_organization_id>organization",
    "program": "id! organization_id!!>organization name! alternate_name description!",
    "service": "id! organization_id!!>organization program_id>program name! alternate_name description url:uri email:email "
    "status! interpretation_services application_process fees_description wait_time fees accreditations "
    "eligibility_description minimum_age# maximum_age# assured_date assurer_email:email licenses alert "
    "last_modified:date-time",
    "location": "id! location_type! url:uri organization_id>organization name alternate_name description transportation "
    "latitude# longitude# external_identifier external_identifier_type",
    "service_at_location": "id! service_id!!>service location_id!!>location description",
    "address": "id! location_id>location attention address_1! address_2 city! region state_province! postal_code! country! "
    "address_type!",
    "contact": "id! organization_id>organization service_id>service service_at_location_id>service_at_location "
    "location_id>location name title department email:email",
    "phone": "id! location_id>location service_id>service organization_id>organization contact_id>contact "
    "service_at_location_id>service_at_location number! extension# type description",
    "schedule": "id! service_id>service location_id>location service_at_location_id>service_at_location valid_from valid_to "
    "dtstart timezone# until count# wkst freq interval# byday byweekno bymonthday byyearday description opens_at closes_at "
    "schedule_link:uri attending_type notes",
    "funding": "id! organization_id>organization service_id>service source",
    "service_area": "id! service_id>service service_at_location_id>service_at_location name description extent extent_type uri",
    "required_document": "id! service_id>service document uri:uri",
    "language": "id! service_id>service location_id>location phone_id>phone name code note",
    "accessibility": "id! location_id>location description details url:uri",
    "cost_option": "id! service_id!!>service valid_from valid_to option currency amount# amount_description",
    "organization_identifier": "id! organization_id!!>organization identifier_scheme identifier_type! identifier!",
    "unit": "id! name! scheme identifier uri:uri",
    "service_capacity": "id! service_id!!>service unit_id!!>unit available!# maximum# description updated!:date-time",
    "url": "id! label url!:uri organization_id>organization service_id>service",
    "taxonomy": "id! name! description! uri:uri version",
    "taxonomy_term": "id! code name! description! parent_id>taxonomy_term taxonomy language taxonomy_id>taxonomy term_uri:uri",
    "attribute": "id! link_id!! taxonomy_term_id!!>taxonomy_term link_type link_entity!! value label",
    "metadata": "id! resource_id!! resource_type!! last_action_date! last_action_type! field_name! previous_value! "
    "replacement_value! updated_by!",
    "meta_table_description": "id! name language character_set",
}
_LUOGO = ("physical", "postal", "virtual")
_VALORI = {
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
    ("location", "location_type"): _LUOGO,
    ("address", "address_type"): _LUOGO,
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}
# The file of each table, where the English plural is not the name and an s.
_FILE = {
    "address": "addresses",
    "accessibility": "accessibility",
    "funding": "funding",
    "metadata": "metadata",
    "service_at_location": "service_at_locations",
    "service_capacity": "service_capacities",
    "taxonomy": "taxonomies",
}
# What hangs below an object of the API: key → table and, when it is one object, "" (with an s it is a list).
DENTRO: dict[str, dict[str, tuple[str, bool]]] = {
    "service": {
        "phones": ("phone", True),
        "schedules": ("schedule", True),
        "service_areas": ("service_area", True),
        "service_at_locations": ("service_at_location", True),
        "languages": ("language", True),
        "organization": ("organization", False),
        "program": ("program", False),
        "funding": ("funding", True),
        "cost_options": ("cost_option", True),
        "required_documents": ("required_document", True),
        "contacts": ("contact", True),
        "additional_urls": ("url", True),
        "attributes": ("attribute", True),
    },
    "service_at_location": {
        "service_areas": ("service_area", True),
        "contacts": ("contact", True),
        "phones": ("phone", True),
        "schedules": ("schedule", True),
        "location": ("location", False),
        "service": ("service", False),
        "attributes": ("attribute", True),
    },
    "location": {
        "languages": ("language", True),
        "addresses": ("address", True),
        "contacts": ("contact", True),
        "accessibility": ("accessibility", True),
        "phones": ("phone", True),
        "schedules": ("schedule", True),
    },
    "organization": {
        "additional_websites": ("url", True),
        "funding": ("funding", True),
        "contacts": ("contact", True),
        "phones": ("phone", True),
        "locations": ("location", True),
        "programs": ("program", True),
        "organization_identifiers": ("organization_identifier", True),
        "services": ("service", True),
    },
    "attribute": {"taxonomy_term": ("taxonomy_term", False)},
    "taxonomy_term": {"taxonomy_detail": ("taxonomy", False)},
}


def _colonna(tabella: str, scritta: str) -> Colonna:
    resto, _, verso = scritta.partition(">")
    resto, _, formato = resto.partition(":")
    nome = resto.rstrip("!#")
    segni = resto[len(nome) :]
    chiave = nome == "id" or bool(verso)
    return Colonna(
        nome=nome,
        tipo="number" if "#" in segni else "string",
        formato=formato or ("uuid" if chiave else ""),
        richiesta="!" in segni and "!!" not in segni,
        richiesta_in_tabella="!!" in segni,
        verso=verso,
        valori=_VALORI.get((tabella, nome), ()),
    )


TABELLE: dict[str, dict[str, Colonna]] = {
    tabella: {colonna.nome: colonna for colonna in (_colonna(tabella, scritta) for scritta in colonne.split())}
    for tabella, colonne in _COLONNE.items()
}


def file_di(tabella: str) -> str:
    """The name of the CSV of a table, known or not."""
    if tabella not in TABELLE:
        return f"{tabella}.csv"
    return f"{_FILE.get(tabella, f'{tabella}s')}.csv"


@cache
def _per_file() -> dict[str, str]:
    nomi = {}
    for tabella in TABELLE:
        nomi |= {tabella: tabella, file_di(tabella).removesuffix(".csv"): tabella, f"{tabella}s": tabella}
    return nomi


def tabella_di(nome_file: str) -> str:
    """The table a CSV holds, by its name, singular or plural; of an unknown one, its name as it is."""
    gambo = nome_file.rsplit("/", 1)[-1].lower().removesuffix(".csv")
    return _per_file().get(gambo, gambo)
