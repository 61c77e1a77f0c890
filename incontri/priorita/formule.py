"""The formulas of one need: spread, need, coverage, priority, people left out; what a comune lacks over many needs.

They are our synthesis, version `Pesi.versione`, of the sources each docstring names. "Non so" and what was not counted are
None all along: a result that would need them is None too, never a guess.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from incontri.priorita.dati import ACUTO, GRAVE, PESI, Fabbisogno, Pesi, Popolazioni, Voto, esatto
from incontri.priorita.statistica import mediana


class TipoCopertura(StrEnum):
    """How a coverage is known."""

    CONTATO = "contato"
    STIMA = "stima"
    IGNOTA = "ignota"


@dataclass(frozen=True)
class Diffusione:
    """The spread D, over how many of the comuni; which scored ones are left out because their population is unknown."""

    valore: Fraction | None
    valutati: int
    comuni: int
    senza_popolazione: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copertura:
    """A coverage from 0 to 1, None where unknown, and how it is known; for the whole need, over how many comuni."""

    valore: Fraction | None
    tipo: TipoCopertura
    comuni: int = 1


@dataclass(frozen=True)
class ProfiloComune:
    """How grave the gravest need of a comune is, and how many are grave (≥3) and acute (≥4) of those scored there."""

    massimo: Fraction | None
    gravi: int
    acuti: int
    valutati: int


def gravita_per_comune(voti: Iterable[Voto]) -> dict[str, Fraction]:
    """g_k, the median of the votes for each comune; a comune nobody scored is not there."""
    raccolti = defaultdict(list)
    for voto in voti:
        for comune, valore in voto.per_comune.items():
            raccolti[comune].append(valore)
    mediane = {comune: mediana(raccolti[comune]) for comune in sorted(raccolti)}
    return {comune: valore for comune, valore in mediane.items() if valore is not None}


def diffusione(gravita: Mapping[str, Fraction], popolazioni: Popolazioni) -> Diffusione:
    """D = 1 + 4·Σ pop_k·[g_k ≥ 3] / Σ pop_k over the scored comuni: 1 nobody lives where it is grave, 5 everybody.

    Ours; that from 3 on people are in need is MSNI's (R package humind, add_msni). D is None if no comune was scored.
    Raises ValueError if a scored comune is not of the territory.
    """
    estranei = sorted(set(gravita) - set(popolazioni))
    if estranei:
        raise ValueError(f"Comuni che non sono del territorio: {', '.join(estranei)}.")
    contati = {comune: abitanti for comune in gravita if (abitanti := popolazioni[comune])}
    senza = tuple(sorted(set(gravita) - set(contati)))
    if not contati:
        return Diffusione(None, 0, len(popolazioni), senza)
    dove_grave = sum(abitanti for comune, abitanti in contati.items() if gravita[comune] >= GRAVE)
    return Diffusione(1 + Fraction(4 * dove_grave, sum(contati.values())), len(contati), len(popolazioni), senza)


def indice_di_bisogno(d: Fraction | None, g: Fraction | None, e: Fraction | None, pesi: Pesi = PESI) -> Fraction | None:
    """N = 100·((w_D·D + w_G·G + w_E·E)/(w_D+w_G+w_E) − 1)/4, from 0 to 100; with the weights 1, 2, 1 it is (D+2G+E)/4.

    A weighted sum of size and seriousness as in BPR = (A+B)·C/3 (uic.edu, ph440 bpr), with inequity as in PAHO-Hanlon
    (PMC6611209). None if something that weighs is unknown. Check: D=4, G=4, E=3 → 68.75.
    """
    somma = Fraction(0)
    for peso, valore in ((pesi.d, d), (pesi.g, g), (pesi.e, e)):
        if not peso:
            continue
        if valore is None:
            return None
        somma += peso * valore
    return 100 * (somma / pesi.totale - 1) / 4


def copertura_comune(fabbisogno: Fabbisogno) -> Copertura:
    """c_k = min(1, REA_k / INN_k), "contato"; without both counts the declared share, "stima"; else None, "ignota".

    Statuses in need and reached: HAPI; that for a service the size of a problem is the lack of coverage: PAHO-Hanlon. Where
    nobody is counted in need there is no share of them: "ignota".
    """
    if fabbisogno.in_bisogno == 0:
        return Copertura(None, TipoCopertura.IGNOTA)
    if fabbisogno.in_bisogno is not None and fabbisogno.raggiunti is not None:
        return Copertura(min(Fraction(1), Fraction(fabbisogno.raggiunti, fabbisogno.in_bisogno)), TipoCopertura.CONTATO)
    if fabbisogno.quota_dichiarata is not None:
        return Copertura(esatto(fabbisogno.quota_dichiarata), TipoCopertura.STIMA)
    return Copertura(None, TipoCopertura.IGNOTA)


def copertura(fabbisogni: Iterable[Fabbisogno], popolazioni: Popolazioni) -> Copertura:
    """C = Σ INN_k·c_k / Σ INN_k over the comuni whose c_k is known; weighted by population if one of them has no INN.

    Two units are never added: it is people in need for all, or inhabitants for all (then a comune of unknown population is
    left out). "Contato" only if every c_k is; None, "ignota", if no comune is left.
    """
    note = [(fabbisogno, copertura_comune(fabbisogno)) for fabbisogno in fabbisogni]
    note = [(fabbisogno, quota) for fabbisogno, quota in note if quota.valore is not None]
    contate = all(fabbisogno.in_bisogno for fabbisogno, _quota in note)
    peso, somma, tipi = 0, Fraction(0), []
    for fabbisogno, quota in note:
        persone = fabbisogno.in_bisogno if contate else popolazioni.get(fabbisogno.comune)
        if persone and quota.valore is not None:
            peso += persone
            somma += persone * quota.valore
            tipi.append(quota.tipo)
    if not peso:
        return Copertura(None, TipoCopertura.IGNOTA, 0)
    tipo = TipoCopertura.CONTATO if set(tipi) == {TipoCopertura.CONTATO} else TipoCopertura.STIMA
    return Copertura(somma / peso, tipo, len(tipi))


def priorita(n: Fraction | None, c: Fraction | None) -> Fraction | None:
    """P = N·(1 − C), the need that nobody answers; None if N or C is unknown ("copertura da rilevare").

    Ours, after PAHO-Hanlon (PMC6611209 and its table 2). Check: N=68.75, C=.25 → 51.5625.
    """
    return None if n is None or c is None else n * (1 - c)


def persone_senza_risposta(fabbisogno: Fabbisogno) -> int | None:
    """max(0, INN − REA); None unless both were counted."""
    if fabbisogno.in_bisogno is None or fabbisogno.raggiunti is None:
        return None
    return max(0, fabbisogno.in_bisogno - fabbisogno.raggiunti)


def totale_senza_risposta(fabbisogni: Iterable[Fabbisogno]) -> int | None:
    """The people left out in the comuni where both numbers were counted, so at least those; None if nowhere."""
    contati = [persone for f in fabbisogni if (persone := persone_senza_risposta(f)) is not None]
    return sum(contati) if contati else None


def quota_di_piu_enti(quote: Iterable[Fraction | None]) -> Fraction | None:
    """The share of a comune where several enti declared one: the highest, because they may reach the same people (ours)."""
    return max((esatto(quota) for quota in quote if quota is not None), default=None)


def profilo_comune(gravita: Iterable[Fraction | None]) -> ProfiloComune:
    """Of the g_k of one comune over many needs: the highest, and how many from 3 and from 4 on.

    MSNI takes the maximum across sectors, not the mean, and counts the needs (R package humind, add_msni).
    """
    note = [valore for valore in gravita if valore is not None]
    return ProfiloComune(
        massimo=max(note, default=None),
        gravi=sum(valore >= GRAVE for valore in note),
        acuti=sum(valore >= ACUTO for valore in note),
        valutati=len(note),
    )
