"""A sheet as PDF and as a web page of its own."""

import base64
import hashlib
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from incontri.stampa.foglio import Foglio
from tavolo.base import documenti

# What carries no day of its own is made on this one, so that its bytes do not change.
SENZA_GIORNO = datetime(2022, 1, 1, tzinfo=timezone.get_default_timezone())


def pdf(foglio: Foglio) -> bytes:
    """The sheet as PDF/A-2a and PDF/UA-1, always the same bytes for the same sheet.

    Raises `tavolo.base.documenti.DocumentoNonRiuscito` if typst cannot set it.
    """
    momento = foglio.momento or SENZA_GIORNO
    return documenti.pdf("documenti/foglio.typ", foglio.piano(), norme=documenti.DA_CONSERVARE, momento=momento)


def html(foglio: Foglio) -> str:
    """The sheet as an HTML document that asks nothing of anybody: its style is in it, it has no script."""
    with translation.override("it"):
        return render_to_string("incontri/stampa/foglio.html", foglio.piano() | {"stile": _stile()})


@lru_cache(maxsize=1)
def _stile() -> str:
    return (settings.RADICE / "templates" / "documenti" / "foglio.css").read_text(encoding="utf-8")


def sicurezza(documento: str) -> str:
    """The content security policy to serve an HTML document of ours with: nothing but the style that is in it."""
    dentro = documento.partition("<style>")[2].partition("</style>")[0]
    impronta = base64.b64encode(hashlib.sha256(dentro.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{impronta}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
