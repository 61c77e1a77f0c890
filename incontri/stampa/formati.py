"""A sheet in every format: what the modules of the single documents offer."""

from collections.abc import Callable
from typing import Any

from incontri.stampa import carta
from incontri.stampa import docx as formato_docx
from incontri.stampa import odt as formato_odt
from incontri.stampa.foglio import Foglio

Scrittore = Callable[..., Any]


def in_ogni_formato(foglio: Callable[..., Foglio]) -> tuple[Scrittore, Scrittore, Scrittore, Scrittore]:
    """Of a function that makes a sheet from data, those that write it: `pdf`, `html`, `docx`, `odt`, in this order.

    PDF is PDF/A-2a and PDF/UA-1 (raises `tavolo.base.documenti.DocumentoNonRiuscito` if it cannot be set), HTML a page of
    its own that asks nothing of anybody, DOCX and ODT for word processors; the same data give the same bytes in each.
    """

    def _con(scrivi: Callable[[Foglio], Any]) -> Scrittore:
        return lambda *dati: scrivi(foglio(*dati))

    return _con(carta.pdf), _con(carta.html), _con(formato_docx.docx), _con(formato_odt.odt)
