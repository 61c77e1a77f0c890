"""The story of a need: every moment of the chain, in the order of time."""

from dataclasses import dataclass
from typing import Any

from incontri.models import Bisogno
from incontri.servizi.catena import detto, fatto
from incontri.servizi.catena.momenti import Anello, Momento


@dataclass(frozen=True)
class Storia:
    """The moments from the first to the last, and how many there are of each link of the chain: none is where it stops."""

    momenti: tuple[Momento, ...]
    anelli: tuple[tuple[Anello, int], ...]


def storia(bisogno: Bisogno, utente: Any = None) -> Storia:
    """The story as the person reads it; without a person, as everybody does. A number of queries that does not grow."""
    proposte = fatto.proposte_di(bisogno, utente)
    momenti = [
        *detto.origini(bisogno, utente),
        *detto.stati(bisogno, utente),
        *detto.evidenze(bisogno),
        *detto.valutazioni(bisogno, utente),
        *fatto.proposte(proposte, utente),
        *fatto.impegni(fatto.impegni_di(proposte, utente), utente),
        *fatto.esiti(bisogno, proposte, utente),
    ]
    posti = {anello: numero for numero, anello in enumerate(Anello)}
    in_fila = tuple(sorted(momenti, key=lambda momento: (momento.quando, posti[momento.anello])))
    quanti = {anello: sum(momento.quanti for momento in in_fila if momento.anello == anello) for anello in Anello}
    return Storia(in_fila, tuple(quanti.items()))
