"""What goes into the formulas: votes, people in need, weights, a need with all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

MINIMO, MASSIMO = 1, 5  # the scale of a vote
GRAVE, ACUTO = 3, 4  # from 3 on people are in need, from 4 on acutely: MSNI (R package humind, add_msni)

# Population of every comune of the territory; None where no figure is known.
Popolazioni = Mapping[str, int | None]


def esatto(valore: int | Decimal | Fraction | str) -> Fraction:
    """The number, exactly. Raises TypeError on a float, which is not the number that was written (0.1 is not 1/10)."""
    if isinstance(valore, float):
        raise TypeError("I numeri delle formule sono esatti: usa int, Decimal o Fraction, non float.")
    return Fraction(valore)


def _controlla_voto(valore: int | None) -> None:
    if valore is None:
        return
    if not isinstance(valore, int) or isinstance(valore, bool) or not MINIMO <= valore <= MASSIMO:
        raise ValueError(f"Un voto è un numero intero da 1 a 5, oppure None per «non so»: {valore!r}.")


@dataclass(frozen=True)
class Voto:
    """What one ente says of one need: 1 to 5, or None for "non so", which is not zero and is never counted.

    Raises ValueError on anything else. `per_comune` holds the comuni the ente serves.
    """

    ente: str
    gruppo: str
    gravita: int | None
    equita: int | None
    per_comune: Mapping[str, int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for valore in (self.gravita, self.equita, *self.per_comune.values()):
            _controlla_voto(valore)


@dataclass(frozen=True)
class Fabbisogno:
    """People in need (INN) and reached (REA) in a comune, each None if not counted; the share declared instead.

    The statuses are those of HAPI (OCHA-DAP/hapi-sqlalchemy-schema, `utils/enums.py`). Raises ValueError on a negative
    count or a share beyond 0 and 1.
    """

    comune: str
    in_bisogno: int | None = None
    raggiunti: int | None = None
    quota_dichiarata: Decimal | Fraction | None = None

    def __post_init__(self) -> None:
        if any(numero is not None and numero < 0 for numero in (self.in_bisogno, self.raggiunti)):
            raise ValueError("Le persone non sono meno di zero.")
        if self.quota_dichiarata is not None and not 0 <= esatto(self.quota_dichiarata) <= 1:
            raise ValueError("La quota dichiarata va da 0 a 1.")


@dataclass(frozen=True)
class Pesi:
    """The weights of spread (D), gravity (G) and equity (E) in N, with the name of their version.

    A round keeps its own (`come_dati`, `da_dati`): new weights never change an old ranking. Raises ValueError on a negative
    weight or on three zeros, TypeError on a float.
    """

    versione: str
    d: Fraction
    g: Fraction
    e: Fraction

    def __post_init__(self) -> None:
        for nome in ("d", "g", "e"):
            object.__setattr__(self, nome, esatto(getattr(self, nome)))
        if min(self.d, self.g, self.e) < 0 or self.totale == 0:
            raise ValueError("I pesi non sono negativi, e almeno uno è maggiore di zero.")

    @property
    def totale(self) -> Fraction:
        """The sum of the three."""
        return self.d + self.g + self.e

    def come_dati(self) -> dict[str, str]:
        """The weights as JSON keeps them, exactly."""
        return {"versione": self.versione, "d": str(self.d), "g": str(self.g), "e": str(self.e)}

    @classmethod
    def da_dati(cls, dati: Mapping[str, Any]) -> Self:
        """The weights that `come_dati` wrote; raises KeyError if one is missing."""
        return cls(dati["versione"], esatto(dati["d"]), esatto(dati["g"]), esatto(dati["e"]))


# Double weight to gravity, as in NACCHO's D = [A+2B]·C (recalled by our reference, not seen in its excerpt).
PESI = Pesi("2026-1", Fraction(1), Fraction(2), Fraction(1))


@dataclass(frozen=True)
class DatiBisogno:
    """A need as the formulas see it: who it is, how the enti scored it, whom the answers reach.

    Raises ValueError if an ente votes twice or a comune stands twice.
    """

    chiave: str
    nome: str
    voti: tuple[Voto, ...] = ()
    fabbisogni: tuple[Fabbisogno, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "voti", tuple(self.voti))
        object.__setattr__(self, "fabbisogni", tuple(self.fabbisogni))
        if len({voto.ente for voto in self.voti}) < len(self.voti):
            raise ValueError(f"Un ente ha votato due volte: {self.nome}.")
        if len({fabbisogno.comune for fabbisogno in self.fabbisogni}) < len(self.fabbisogni):
            raise ValueError(f"Un comune compare due volte: {self.nome}.")
