"""From one state of a need to another, each with its reason."""

from typing import Any

from incontri.models import Bisogno, StatoBisogno
from tavolo.base.stati import PassaggioNonPossibile, compi

# The reason of a version is kept by django-simple-history in a line of this length.
MOTIVO_LUNGO = 100
# The passages nobody understands later without a reason.
CON_MOTIVO = frozenset({"supera", "riapri"})


def porta_avanti(bisogno: Bisogno, nome: str, *, autore: Any, motivo: str = "") -> Bisogno:
    """Bring the need through a passage of its table; `motivo` stays in its history, and on it while it is over.

    Raises PassaggioNonPossibile, with nothing written, if it cannot be done now or wants a reason and has none.
    """
    motivo = motivo.strip()
    if nome in CON_MOTIVO and not motivo:
        raise PassaggioNonPossibile("Scrivi perché: chi lo legge dopo deve poterlo capire.")
    superato = bisogno.passaggio(nome).a == StatoBisogno.SUPERATO
    con_motivo: Any = bisogno
    con_motivo._change_reason = motivo[:MOTIVO_LUNGO]
    try:
        compi(bisogno, nome, autore=autore, valori={"motivo": motivo if superato else ""})
    finally:
        del con_motivo._change_reason
    return bisogno
