"""The grid need × feasibility as the pages draw it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from incontri.grafici.griglia import griglia, tabella
from incontri.models import Proposta
from incontri.servizi.proposte.tabellone import valutate

TITOLO = "Le proposte: quanto servono, quanto si possono fare"


def disegni(proposte: Iterable[Proposta], pagina: Callable[[Proposta], str]) -> dict[str, Any] | None:
    """What `includes/grafico_griglia.html` draws: the narrow drawing, the wide one, the lines of the table.

    `pagina` gives the address each proposal is read at.
    None for no proposal; only `da_valutare`, how many, while none can be placed: an empty grid tells nothing.
    """
    proposte = list(proposte)
    pagine = {str(una.pk): pagina(una) for una in proposte}
    tutte = valutate(proposte)
    if not tutte:
        return None
    if all(una.n is None or una.fattibilita is None for una in tutte):
        return {"da_valutare": len(tutte)}
    return {
        "stretta": griglia(TITOLO, tutte),
        "larga": griglia(TITOLO, tutte, larga=True),
        "righe": [replace(riga, url=pagine[riga.chiave]) for riga in tabella(tutte)],
    }
