"""What is worked out once per content version, and kept in this process."""

from collections.abc import Callable, Hashable
from typing import Any, ClassVar

from tavolo.base.contenuto import versione


class Memoria:
    """Values by key, all of one content version: a change of the content makes it forget them."""

    TUTTE: ClassVar[list["Memoria"]] = []

    def __init__(self, massimo: int = 1000):
        self.massimo = massimo
        self.versione = -1
        self.valori: dict[Hashable, Any] = {}
        self.TUTTE.append(self)

    def prendi(self, chiave: Hashable, calcola: Callable[[], Any], quando: int | None = None) -> Any:
        """The value of `chiave`, worked out if it is not there; `quando`: the version, if one has just read it."""
        # The version is read before the content: what is newer than its number is worked out again too early, never late.
        adesso = versione() if quando is None else quando
        if adesso != self.versione:
            self.versione, self.valori = adesso, {}
        valori = self.valori
        if chiave not in valori:
            if len(valori) >= self.massimo:
                valori.clear()
            valori[chiave] = calcola()
        return valori[chiave]

    def svuota(self) -> None:
        """Forget everything."""
        self.versione, self.valori = -1, {}


def dimentica() -> None:
    """Empty every memory of this process: where the database has gone back, as at the end of a test."""
    for memoria in Memoria.TUTTE:
        memoria.svuota()
