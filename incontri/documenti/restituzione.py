"""The figures of a restitution document, from the data its sections keep."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from incontri.grafici.griglia import griglia
from incontri.grafici.matrice import RigaMatrice, matrice
from incontri.grafici.svg import alternativa, autonomo
from incontri.priorita.copertura import StatoCella
from incontri.priorita.fattibilita import Proposta


def disegna(figura: Mapping[str, Any]) -> dict[str, str]:
    """A drawing: `svg` as wide as a page, `stretta` for the narrowest screen, `alternativa` what it shows in words, `titolo`.

    Raises KeyError for an unknown kind.
    """
    fai = {"matrice": _matrice, "griglia": _griglia}[figura["tipo"]]
    larga, stretta = fai(figura, larga=True), fai(figura, larga=False)
    return {
        "svg": autonomo(larga),
        "stretta": autonomo(stretta),
        "alternativa": alternativa(larga),
        "titolo": figura["titolo"],
    }


def _matrice(figura: Mapping[str, Any], *, larga: bool) -> Any:
    righe = [
        RigaMatrice(riga["nome"], {comune: StatoCella(stato) for comune, stato in riga["stati"].items()})
        for riga in figura["righe"]
    ]
    return matrice(figura["titolo"], figura["comuni"], righe, larga=larga, nome="restituzione-copertura")


def _griglia(figura: Mapping[str, Any], *, larga: bool) -> Any:
    proposte = [
        Proposta(
            riga["chiave"],
            riga["nome"],
            riga["fattibilita"],
            *(None if riga[nome] is None else Fraction(riga[nome]) for nome in ("n", "p")),
        )
        for riga in figura["righe"]
    ]
    return griglia(figura["titolo"], proposte, larga=larga, nome="restituzione-proposte")
