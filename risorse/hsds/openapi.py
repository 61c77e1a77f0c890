"""The OpenAPI document of this API: its own words, its own schemas, made of the columns in `tabelle`."""

from typing import Any

from risorse.hsds.lingue import LINGUE
from risorse.hsds.parametri import GIORNI, PER_ELENCO, PER_PAGINA, PER_PAGINA_MASSIMO, PER_SCHEDA, RICERCA_MASSIMA
from risorse.hsds.tabelle import DENTRO, TABELLE, VERSIONE, Colonna

TABELLA_DI = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
LICENZA = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
PROFILO = "https://docs.openreferral.org/en/latest/hsds/overview.html"
_SI_O_NO, _NUMERO, _TESTO, _UUID = (
    {"type": "boolean"},
    {"type": "number"},
    {"type": "string"},
    {"type": "string", "format": "uuid"},
)
_ORA = {"type": "string", "description": "HH:MM"}
_PARAMETRI: dict[str, tuple[dict[str, Any], str]] = {
    "search": (
        {"type": "string", "maxLength": RICERCA_MASSIMA},
        "Words to look for, stems and small typing errors included.",
    ),
    "page": ({"type": "integer", "minimum": 1, "default": 1}, "Page of the list."),
    "per_page": (
        {"type": "integer", "minimum": 1, "maximum": PER_PAGINA_MASSIMO, "default": PER_PAGINA},
        "Rows of a page; more than the maximum gives the maximum.",
    ),
    "format": (
        {"type": "string", "enum": ["json", "ndjson"]},
        "ndjson streams everything, one object a line, no pages.",
    ),
    "taxonomy_term_id": (_UUID, "Only with this term; repeat for several, all of which must apply."),
    "taxonomy_id": (_UUID, "Only with a term of this taxonomy."),
    "organization_id": (_UUID, "Only of this organization."),
    "parent_id": (_UUID, "Only terms below this one; our lists are flat."),
    "modified_after": ({"type": "string", "format": "date-time"}, "Only what changed at or after this moment."),
    "minimal": (_SI_O_NO, "Only id, name, status and moment of the last change, all in one page."),
    "full": (_SI_O_NO, "With everything that hangs on each object."),
    "full_service": (_SI_O_NO, "With everything, the services of each organization included."),
    "top_only": (_SI_O_NO, "Only terms without a parent; our lists are flat."),
    "minimum_age": (_NUMERO, "Only for people of at least this age."),
    "maximum_age": (_NUMERO, "Only for people of at most this age."),
    "day": ({"type": "string", "enum": list(GIORNI)}, "Only what is open on this day of the week."),
    "start_time": (_ORA, "Only what is open after this hour."),
    "end_time": (_ORA, "Only what is open before this hour."),
    "postcode": ({"type": "string", "pattern": "^[0-9]{5}$"}, "Only what serves the comuni with this postcode."),
    "proximity": ({"type": "integer", "minimum": 1}, "With postcode: only what is found within so many metres."),
    "lang": ({"type": "string", "enum": list(LINGUE)}, "Language of the texts, where a translation is up to date."),
}


def _colonna(colonna: Colonna) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": colonna.tipo}
    if colonna.formato:
        schema["format"] = colonna.formato
    if colonna.valori:
        schema["enum"] = list(colonna.valori)
    return schema


def _riferimento(tabella: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{tabella}"}


def schemi() -> dict[str, Any]:
    """A JSON Schema of each object, and of the page of a list."""
    tutti: dict[str, Any] = {}
    for tabella, colonne in TABELLE.items():
        proprieta: dict[str, Any] = {nome: _colonna(colonna) for nome, colonna in colonne.items()}
        for chiave, (sotto, elenco) in DENTRO.get(tabella, {}).items():
            proprieta[chiave] = {"type": "array", "items": _riferimento(sotto)} if elenco else _riferimento(sotto)
        richieste = [nome for nome, colonna in colonne.items() if colonna.richiesta]
        tutti[tabella] = {"type": "object", "properties": proprieta, "required": richieste}
    for nome in ("name", "status"):
        tutti["service_at_location"]["properties"][nome] = tutti["service"]["properties"][nome]
    campi = {"total_items", "total_pages", "page_number", "size"}
    tutti["Page"] = {
        "type": "object",
        "properties": {nome: {"type": "integer"} for nome in sorted(campi)}
        | {nome: {"type": "boolean"} for nome in ("first_page", "last_page", "empty")},
        "required": [*sorted(campi), "first_page", "last_page", "empty", "contents"],
    }
    tutti["Problem"] = {
        "type": "object",
        "properties": {"title": _TESTO, "status": {"type": "integer"}, "detail": _TESTO, "errors": {"type": "object"}},
        "required": ["title", "status", "detail"],
    }
    return tutti


def _parametri(nomi: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"$ref": f"#/components/parameters/{nome}"} for nome in nomi]


def _risponde(schema: dict[str, Any], detto: str) -> dict[str, Any]:
    problema = {"application/problem+json": {"schema": _riferimento("Problem")}}
    return {
        "200": {"description": detto, "content": {"application/json": {"schema": schema}}},
        "304": {"description": "Nothing has changed since the ETag that was sent."},
        "400": {"description": "A parameter cannot be read.", "content": problema},
        "404": {"description": "There is no such object.", "content": problema},
    }


def _percorsi() -> dict[str, Any]:
    percorsi: dict[str, Any] = {
        "/": {"get": {"summary": "What this API is.", "responses": {"200": {"description": "OK"}}}}
    }
    for elenco, tabella in TABELLA_DI.items():
        contenuti = {"properties": {"contents": {"type": "array", "items": _riferimento(tabella)}}}
        percorsi[f"/{elenco}"] = {
            "get": {
                "summary": f"A page of {elenco}.",
                "operationId": f"list_{elenco}",
                "parameters": _parametri(PER_ELENCO[elenco]),
                "responses": _risponde({"allOf": [_riferimento("Page"), contenuti]}, "A page of the list."),
            }
        }
        percorsi[f"/{elenco}/{{id}}"] = {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": _UUID}],
            "get": {
                "summary": f"One of {elenco}, with everything.",
                "operationId": f"get_{tabella}",
                "parameters": _parametri(PER_SCHEDA.get(elenco, ("lang",))),
                "responses": _risponde(_riferimento(tabella), "The object."),
            },
        }
    return percorsi


def documento(radice: str) -> dict[str, Any]:
    """The whole document, for an API whose root is the address `radice`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tavolo Intercultura: servizi (HSDS)",
            "version": VERSIONE,
            "description": "The published services of the directory, as Open Referral HSDS 3.x. Read only, no key.",
            "license": LICENZA,
        },
        "servers": [{"url": radice.rstrip("/")}],
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": _percorsi(),
        "components": {
            "schemas": schemi(),
            "parameters": {
                nome: {"name": nome, "in": "query", "required": False, "description": detto, "schema": schema}
                for nome, (schema, detto) in _PARAMETRI.items()
            },
        },
    }
