"""The quorum: how many enti were there against how many are wanted. It informs, it never blocks."""

from dataclasses import dataclass

from incontri.models import Incontro


@dataclass(frozen=True)
class Quorum:
    """How many enti were at a meeting and how many were wanted."""

    presenti: int
    servono: int

    @property
    def raggiunto(self) -> bool:
        """Whether they were enough."""
        return self.presenti >= self.servono

    @property
    def mancano(self) -> int:
        """How many enti more were wanted."""
        return max(0, self.servono - self.presenti)


def quorum(incontro: Incontro) -> Quorum | None:
    """The quorum of the meeting; None where none is asked for. One query."""
    if incontro.quorum is None:
        return None
    return Quorum(incontro.presenze.enti_presenti(), incontro.quorum)
