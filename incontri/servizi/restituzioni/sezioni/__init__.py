"""The sections of a restitution document, one module each: `compila(contesto)` gives its text, sources, tables, figure."""

from incontri.models import GenereSezione
from incontri.servizi.restituzioni.sezioni import (
    bisogni,
    copertura,
    impegni,
    incontri,
    metodo,
    passi,
    prassi,
    proposte,
    risorse,
    territorio,
)

# In the order of `GenereSezione`, which is that of the document.
SEZIONI = {
    GenereSezione.TERRITORIO: territorio.compila,
    GenereSezione.METODO: metodo.compila,
    GenereSezione.INCONTRI: incontri.compila,
    GenereSezione.BISOGNI: bisogni.compila,
    GenereSezione.COPERTURA: copertura.compila,
    GenereSezione.RISORSE: risorse.compila,
    GenereSezione.PRASSI: prassi.compila,
    GenereSezione.PROPOSTE: proposte.compila,
    GenereSezione.IMPEGNI: impegni.compila,
    GenereSezione.PASSI: passi.compila,
}
