"""What the figures say when they stand side by side: which of them can be compared, and what is missing.

Pure functions of figures already read. Two figures are compared only if the same source counted both at the same date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from referenti.models import Comune, Indicatore, Unita
from referenti.models.indicatore import PRINCIPALI

Fonte = tuple[str, str]


@dataclass(frozen=True)
class Cella:
    """What is known of a comune about one thing, and the number of its source; both None where nothing is."""

    indicatore: Indicatore | None = None
    fonte: int | None = None


@dataclass(frozen=True)
class Quadro:
    """The table of what is known per comune: titles of the columns, rows, sources (one figure stands for each)."""

    colonne: list[str]
    righe: list[tuple[Comune, list[Cella]]]
    fonti: list[Indicatore]


def fonte_di(indicatore: Indicatore) -> Fonte:
    """Who counted, and when."""
    return indicatore.fonte, indicatore.riferimento


def serie(indicatori: Sequence[Indicatore], voce: str) -> list[Indicatore]:
    """The figures per comune about `voce` that compare: those of the source and date covering most comuni, then latest."""
    per_fonte: dict[Fonte, list[Indicatore]] = {}
    for indicatore in indicatori:
        if indicatore.voce == voce and indicatore.comune_id:
            per_fonte.setdefault(fonte_di(indicatore), []).append(indicatore)
    return max(per_fonte.values(), key=lambda righe: (len(righe), righe[0].riferimento), default=[])


def confronto(indicatori: Sequence[Indicatore], voce: str) -> list[Indicatore]:
    """The Ambito and the comuni in the figures about `voce` of one source and date; empty if there is nothing to compare."""
    for ambito in indicatori:
        if ambito.voce == voce and ambito.comune_id is None:
            comuni = [i for i in indicatori if i.voce == voce and i.comune_id and fonte_di(i) == fonte_di(ambito)]
            if comuni:
                return [ambito, *comuni]
    return []


def somma(righe: Sequence[Indicatore], comuni: Sequence[Comune]) -> Decimal | None:
    """The total of a series, if it has every one of `comuni`: a partial sum would pass for the whole."""
    if not comuni or {riga.comune_id for riga in righe} != {comune.pk for comune in comuni}:
        return None
    return sum((riga.valore for riga in righe), Decimal(0))


def per_comune(
    indicatori: Sequence[Indicatore], comuni: Sequence[Comune], tranne: Sequence[Indicatore]
) -> list[tuple[Comune, list[Indicatore]]]:
    """The comuni of which something is known besides `tranne`, each with its figures."""
    gruppi = [(c, [i for i in indicatori if i.comune_id == c.pk and i not in tranne]) for c in comuni]
    return [(comune, suoi) for comune, suoi in gruppi if suoi]


def quadro(indicatori: Sequence[Indicatore], comuni: Sequence[Comune]) -> Quadro:
    """Everything known per comune, one column per thing that is counted in people or in a hundred, gaps included."""
    voci = [voce for voce in PRINCIPALI if any(i.voce == voce and i.unita != Unita.NUMERO for i in indicatori)]
    serie_per_voce = [serie(indicatori, voce) for voce in voci]
    fonti: dict[Fonte, Indicatore] = {}
    for riga in (riga for righe in serie_per_voce for riga in righe):
        fonti.setdefault(fonte_di(riga), riga)
    numeri = {fonte: numero for numero, fonte in enumerate(fonti, start=1)}
    righe = []
    for comune in comuni:
        celle = []
        for una_serie in serie_per_voce:
            suo = next((i for i in una_serie if i.comune_id == comune.pk), None)
            celle.append(Cella(suo, numeri[fonte_di(suo)]) if suo else Cella())
        righe.append((comune, celle))
    return Quadro([str(voce.label) for voce in voci], righe, list(fonti.values()))
