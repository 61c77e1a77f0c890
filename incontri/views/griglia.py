"""The grid need × feasibility as the pages draw it."""

from collections.abc import Iterable
from typing import Any

from incontri.grafici.griglia import griglia, tabella
from incontri.models import Proposta
from incontri.servizi.proposte.tabellone import valutate

TITOLO = "Le proposte: quanto servono, quanto si possono fare"


def disegni(proposte: Iterable[Proposta]) -> dict[str, Any] | None:
    """What `includes/grafico_griglia.html` draws: the narrow drawing, the wide one, the lines of the table.

    None for no proposal; only `da_valutare`, how many, while none can be placed: an empty grid tells nothing.
    """
    tutte = valutate(proposte)
    if not tutte:
        return None
    if all(una.n is None or una.fattibilita is None for una in tutte):
        return {"da_valutare": len(tutte)}
    return {
        "stretta": griglia(TITOLO, tutte),
        "larga": griglia(TITOLO, tutte, larga=True),
        "righe": tabella(tutte),
    }
