"""Feasibility ranks proposals, never needs: the score of a proposal and its place in the grid need × feasibility."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from incontri.priorita.dati import MASSIMO, MINIMO

N_ALTO, F_ALTA = 50, 3  # the middle of the two scales (ours)


class Casella(StrEnum):
    """The four corners of the grid, and what cannot be placed yet."""

    SUBITO = "subito"
    DA_PREPARARE = "da-preparare"
    SE_CAPITA = "se-capita"
    PIU_AVANTI = "piu-avanti"
    DA_VALUTARE = "da-valutare"


@dataclass(frozen=True)
class Proposta:
    """A proposal as the grid sees it: its feasibility F from 1 to 5, N and P of the needs it answers, None if unknown.

    Raises ValueError on another feasibility.
    """

    chiave: str
    nome: str
    fattibilita: int | None
    n: Fraction | None
    p: Fraction | None

    def __post_init__(self) -> None:
        if self.fattibilita is not None and not MINIMO <= self.fattibilita <= MASSIMO:
            raise ValueError("La fattibilità va da 1 a 5.")


def piu_alto(valori: Iterable[Fraction | None]) -> Fraction | None:
    """N, or P, of a proposal that answers several needs: the highest known (as MSNI does across sectors); None if none is."""
    return max((valore for valore in valori if valore is not None), default=None)


def punteggio(p: Fraction | None, fattibilita: int | None) -> Fraction | None:
    """P·F/5, from 0 to 100; None if one of the two is unknown.

    Feasibility as a factor comes from PEARL, which multiplies BPR in OPR = BPR × PEARL (uic.edu, ph440 bpr); PAHO-Hanlon
    (PMC6611209) keeps it away from the needs, and so do we.
    """
    return None if p is None or fattibilita is None else p * fattibilita / MASSIMO


def casella(n: Fraction | None, fattibilita: int | None) -> Casella:
    """The corner of the grid N × F: N ≥ 50 is a strong need, F ≥ 3 can be done (cut-offs ours)."""
    if n is None or fattibilita is None:
        return Casella.DA_VALUTARE
    if n >= N_ALTO:
        return Casella.SUBITO if fattibilita >= F_ALTA else Casella.DA_PREPARARE
    return Casella.SE_CAPITA if fattibilita >= F_ALTA else Casella.PIU_AVANTI


def ordina(proposte: Iterable[Proposta]) -> list[Proposta]:
    """The proposals by score, then by N, then by name; those without a score at the end, by name."""

    def chiave(proposta: Proposta) -> tuple:
        punti = punteggio(proposta.p, proposta.fattibilita)
        senza = punti is None
        return (senza, -(punti or 0), 0 if senza else -(proposta.n or 0), proposta.nome.casefold(), proposta.chiave)

    return sorted(proposte, key=chiave)
