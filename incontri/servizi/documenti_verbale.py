"""The documents an approval keeps, until `incontri.stampa.verbale` makes them."""

from typing import Any

from django.utils.html import format_html


def html(dati: dict[str, Any], rettifiche: Any = ()) -> str:
    """The document for the screen."""
    return format_html("<!doctype html><title>{}</title>", dati["incontro"]["titolo"])


def pdf(dati: dict[str, Any], rettifiche: Any = ()) -> bytes:
    """The document for paper."""
    return html(dati).encode()
