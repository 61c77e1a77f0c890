"""How far the enti agree on a need: spread of the votes, who voted, what each group of enti says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from incontri.priorita.dati import Voto
from incontri.priorita.statistica import mediana, scarto_interquartile

CONSENSO, DISCUSSIONE, DISTANZA = 1, 2, 1  # cut-offs of ours; the IQR as measure of consensus: Rayens & Hahn 2000

ANONIMI = 3  # with fewer answers one could tell who said what (ours)


class StatoAccordo(StrEnum):
    """How far the enti agree."""

    CONSENSO = "consenso"
    IN_MEZZO = "in-mezzo"
    DA_DISCUTERE = "da-discutere"
    NON_VALUTABILE = "non-valutabile"


@dataclass(frozen=True)
class Gruppo:
    """What a group of enti says: medians, and how many of them gave a number for gravity and for equity."""

    gravita: Fraction | None
    equita: Fraction | None
    voti_gravita: int
    voti_equita: int


@dataclass(frozen=True)
class Accordo:
    """How far the enti agree on a need.

    `distanti` are the pairs of groups that differ by 1 or more in gravity or in equity, in alphabetical order.
    """

    scarto_gravita: Fraction | None
    scarto_equita: Fraction | None
    stato: StatoAccordo
    votanti: int
    aventi_diritto: int
    provvisorio: bool
    gruppi: Mapping[str, Gruppo]
    distanti: tuple[tuple[str, str], ...]


def stato_accordo(*scarti: Fraction | None) -> StatoAccordo:
    """From the widest IQR: ≤1 consenso, ≥2 da discutere, else in mezzo; "non valutabile" where none is known.

    Delphi with the IQR as measure of consensus: Rayens & Hahn 2000; the cut-offs are ours. Gravity and equity are looked at
    together, because both make N: who agrees on one only, has not agreed.
    """
    noti = [scarto for scarto in scarti if scarto is not None]
    if not noti:
        return StatoAccordo.NON_VALUTABILE
    if max(noti) <= CONSENSO:
        return StatoAccordo.CONSENSO
    return StatoAccordo.DA_DISCUTERE if max(noti) >= DISCUSSIONE else StatoAccordo.IN_MEZZO


def _stato(dagli_scarti: StatoAccordo, votanti: int, distanti: tuple[tuple[str, str], ...]) -> StatoAccordo:
    """What the spread says, kept from saying too much (ours).

    Fewer than ANONIMI enti neither agree nor disagree as a Tavolo; and eight comuni that say the same do not make a consensus
    with the ASST that sees it otherwise.
    """
    if votanti < ANONIMI:
        return StatoAccordo.NON_VALUTABILE
    return StatoAccordo.IN_MEZZO if dagli_scarti == StatoAccordo.CONSENSO and distanti else dagli_scarti


def provvisorio(votanti: int, aventi_diritto: int) -> bool:
    """Whether half the enti or fewer voted: 2·votanti ≤ aventi diritto (the reference's rule)."""
    return 2 * votanti <= aventi_diritto


def per_gruppo(voti: Iterable[Voto]) -> dict[str, Gruppo]:
    """The medians of each group of enti, by name: eight comuni can outvote the one ASST, and here it is seen."""
    raccolti = defaultdict(list)
    for voto in voti:
        raccolti[voto.gruppo].append(voto)
    return {
        nome: Gruppo(
            gravita=mediana(voto.gravita for voto in raccolti[nome]),
            equita=mediana(voto.equita for voto in raccolti[nome]),
            voti_gravita=sum(voto.gravita is not None for voto in raccolti[nome]),
            voti_equita=sum(voto.equita is not None for voto in raccolti[nome]),
        )
        for nome in sorted(raccolti)
    }


def gruppi_distanti(gruppi: Mapping[str, Gruppo]) -> tuple[tuple[str, str], ...]:
    """The pairs of groups whose medians of gravity or of equity differ by 1 or more (the reference's rule)."""

    def lontani(uno: Fraction | None, altro: Fraction | None) -> bool:
        return uno is not None and altro is not None and abs(uno - altro) >= DISTANZA

    return tuple(
        (uno, altro)
        for uno, altro in combinations(sorted(gruppi), 2)
        if lontani(gruppi[uno].gravita, gruppi[altro].gravita) or lontani(gruppi[uno].equita, gruppi[altro].equita)
    )


def accordo(voti: Iterable[Voto], aventi_diritto: int) -> Accordo:
    """All that is to be said of the agreement on one need, among `aventi_diritto` enti called to vote.

    Who voted are those who gave a number: of gravity or of equity, whichever fewer gave ("non so" is not counted).
    """
    voti = list(voti)
    gravita, equita = [voto.gravita for voto in voti], [voto.equita for voto in voti]
    scarti = scarto_interquartile(gravita), scarto_interquartile(equita)
    votanti = min(sum(valore is not None for valore in valori) for valori in (gravita, equita))
    gruppi = per_gruppo(voti)
    distanti = gruppi_distanti(gruppi)
    return Accordo(
        scarto_gravita=scarti[0],
        scarto_equita=scarti[1],
        stato=_stato(stato_accordo(*scarti), votanti, distanti),
        votanti=votanti,
        aventi_diritto=aventi_diritto,
        provvisorio=provvisorio(votanti, aventi_diritto),
        gruppi=gruppi,
        distanti=distanti,
    )
