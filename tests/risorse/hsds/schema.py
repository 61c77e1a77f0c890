"""A validator of the part of JSON Schema that our OpenAPI document uses, formats included."""

import re
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from risorse.hsds.openapi import schemi

TIPI = {
    "string": lambda v: isinstance(v, str),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
}
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def formato_buono(formato, valore):
    """Whether the text is what the format asks for."""
    try:
        if formato == "uuid":
            return str(UUID(valore)) == valore
        if formato == "email":
            return validate_email(valore) is None
        if formato == "date-time":
            return bool(RFC3339.fullmatch(valore) and datetime.fromisoformat(valore))
    except (ValueError, ValidationError):
        return False
    return bool(URI.fullmatch(valore))


def errori(valore, schema, dove="$", tutti=None):
    """What in `valore` the schema does not allow, as a list of sentences; null is never allowed."""
    tutti = tutti or schemi()
    if "$ref" in schema:
        schema = tutti[schema["$ref"].rsplit("/", 1)[1]]
    if not TIPI[schema["type"]](valore):
        return [f"{dove}: {valore!r} is not {schema['type']}"]
    trovati = []
    if "enum" in schema and valore not in schema["enum"]:
        trovati.append(f"{dove}: {valore!r} is not one of {schema['enum']}")
    if "format" in schema and not formato_buono(schema["format"], valore):
        trovati.append(f"{dove}: {valore!r} is not {schema['format']}")
    if schema["type"] == "array":
        for posto, uno in enumerate(valore):
            trovati += errori(uno, schema["items"], f"{dove}[{posto}]", tutti)
    if schema["type"] == "object":
        proprieta = schema.get("properties", {})
        trovati += [f"{dove}: {nome} is missing" for nome in schema.get("required", ()) if nome not in valore]
        for nome, uno in valore.items():
            trovati += [f"{dove}.{nome}: null"] if uno is None else []
            trovati += errori(uno, proprieta[nome], f"{dove}.{nome}", tutti) if nome in proprieta else []
    return trovati


def errori_di(tabella, oggetto):
    """What the schema of an object does not allow in it."""
    return errori(oggetto, {"$ref": f"#/components/schemas/{tabella}"})
