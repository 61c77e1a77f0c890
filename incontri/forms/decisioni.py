"""How the decisions of the meetings are offered to who chooses the one that approves something."""

from collections.abc import Iterable
from datetime import date

from incontri.models import Voce


def in_gruppi(decisioni: Iterable[Voce], da: date, *, vuoto: str) -> list:
    """The choices of a select: the decisions of the meetings held since `da`, when there was something to approve; the others.

    `decisioni` come with their point and meeting, the newest first.
    """
    recenti: list[tuple[str, str]] = []
    di_prima: list[tuple[str, str]] = []
    for voce in decisioni:
        giorno = voce.punto.incontro.giorno
        gruppo = recenti if giorno is None or giorno >= da else di_prima
        gruppo.append((str(voce.pk), f"{voce.punto.incontro.con_data}: {' '.join(voce.testo.split())[:120]}"))
    quando = f"Degli incontri dal {da:%d/%m/%Y}"
    gruppi = [(quando, recenti), ("Di incontri di prima", di_prima)]
    return [("", vuoto), *((nome, righe) for nome, righe in gruppi if righe)]
