"""Many needs in order, each with all its numbers, and which places would not stand without one ente."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from incontri.priorita.accordo import Accordo, accordo
from incontri.priorita.dati import PESI, DatiBisogno, Pesi, Popolazioni
from incontri.priorita.formule import (
    Copertura,
    Diffusione,
    copertura,
    diffusione,
    gravita_per_comune,
    indice_di_bisogno,
    priorita,
    totale_senza_risposta,
)
from incontri.priorita.statistica import mediana

SPOSTAMENTO = 2  # a place that moves by more is fragile (the reference's rule)


class Parte(StrEnum):
    """The parts of the ranking, in the order in which they stand."""

    DA_RILEVARE = "copertura-da-rilevare"
    ORDINATA = "ordinata"
    NON_VALUTATA = "non-valutata"


@dataclass(frozen=True)
class Valutazione:
    """All the numbers of one need: medians G and E, g_k by comune, D, N, C, P, people left out, agreement."""

    chiave: str
    nome: str
    gravita: Fraction | None
    equita: Fraction | None
    per_comune: dict[str, Fraction]
    diffusione: Diffusione
    n: Fraction | None
    copertura: Copertura
    p: Fraction | None
    senza_risposta: int | None
    accordo: Accordo
    versione: str

    @property
    def parte(self) -> Parte:
        """Where in the ranking it stands."""
        if self.n is None:
            return Parte.NON_VALUTATA
        return Parte.DA_RILEVARE if self.p is None else Parte.ORDINATA


@dataclass(frozen=True)
class Posto:
    """A need at its place.

    `posizione` is the line it stands on, from 1; `posto` its place in its part, shared by who has the same numbers (1, 2, 2,
    4), None if it was not scored. `spostamento` is how far the place moves at most when one ente is left out, None if it
    could not be scored any more.
    """

    posizione: int
    posto: int | None
    valutazione: Valutazione
    spostamento: int | None = 0
    fragile: bool = False


def valuta(bisogno: DatiBisogno, popolazioni: Popolazioni, *, aventi_diritto: int, pesi: Pesi = PESI) -> Valutazione:
    """The numbers of one need; raises ValueError if a comune that was scored is not of the territory."""
    gravita = mediana(voto.gravita for voto in bisogno.voti)
    equita = mediana(voto.equita for voto in bisogno.voti)
    per_comune = gravita_per_comune(bisogno.voti)
    spread = diffusione(per_comune, popolazioni)
    n = indice_di_bisogno(spread.valore, gravita, equita, pesi)
    quanta = copertura(bisogno.fabbisogni, popolazioni)
    return Valutazione(
        chiave=bisogno.chiave,
        nome=bisogno.nome,
        gravita=gravita,
        equita=equita,
        per_comune=per_comune,
        diffusione=spread,
        n=n,
        copertura=quanta,
        p=priorita(n, quanta.valore),
        senza_risposta=totale_senza_risposta(bisogno.fabbisogni),
        accordo=accordo(bisogno.voti, aventi_diritto),
        versione=pesi.versione,
    )


def _meriti(valutazione: Valutazione) -> tuple[Fraction, ...]:
    """What decides the place, highest first: P then N, or N alone where P is unknown."""
    return tuple(-valore for valore in (valutazione.p, valutazione.n) if valore is not None)


def ordina(valutazioni: Iterable[Valutazione]) -> list[Posto]:
    """The needs in order: first those whose coverage is to be found out, by N; then by P; last those not scored.

    The tie rule: with the same P the higher N comes first; with the same P and the same N they share the place, and the
    name (then the key) only says which line comes first. Nothing is rounded before.
    """
    parti = list(Parte)
    ordinate = sorted(
        valutazioni, key=lambda v: (parti.index(v.parte), _meriti(v), v.nome.casefold(), v.nome, v.chiave)
    )
    posti: list[Posto] = []
    inizio = 0
    for numero, valutazione in enumerate(ordinate):
        prima = posti[-1] if posti else None
        if prima is None or prima.valutazione.parte != valutazione.parte:
            inizio, prima = numero, None
        if valutazione.parte == Parte.NON_VALUTATA:
            posto = None
        elif prima and _meriti(prima.valutazione) == _meriti(valutazione):
            posto = prima.posto
        else:
            posto = numero - inizio + 1
        posti.append(Posto(numero + 1, posto, valutazione))
    return posti


def senza_ente(bisogno: DatiBisogno, ente: str) -> DatiBisogno:
    """The need as if `ente` had not voted."""
    return replace(bisogno, voti=tuple(voto for voto in bisogno.voti if voto.ente != ente))


def _posti(valutazioni: Iterable[Valutazione]) -> dict[str, int | None]:
    return {riga.valutazione.chiave: riga.posto for riga in ordina(valutazioni)}


def graduatoria(
    bisogni: Sequence[DatiBisogno], popolazioni: Popolazioni, *, aventi_diritto: int, pesi: Pesi = PESI
) -> list[Posto]:
    """The ranking of `ordina`, with what is fragile: leaving one ente out moves the place by more than 2 (the reference's
    rule, a leave-one-out check), or leaves the need without its numbers.

    Raises ValueError if two needs have the same key, or a comune is not of the territory.
    """
    valutate = {
        bisogno.chiave: valuta(bisogno, popolazioni, aventi_diritto=aventi_diritto, pesi=pesi) for bisogno in bisogni
    }
    if len(valutate) < len(bisogni):
        raise ValueError("Due bisogni hanno la stessa chiave.")
    posti = ordina(valutate.values())
    spostamenti: dict[str, int | None] = dict.fromkeys(valutate, 0)
    for ente in sorted({voto.ente for bisogno in bisogni for voto in bisogno.voti}):
        senza = dict(valutate)
        for bisogno in bisogni:
            ridotto = senza_ente(bisogno, ente)
            if len(ridotto.voti) < len(bisogno.voti):
                senza[bisogno.chiave] = valuta(ridotto, popolazioni, aventi_diritto=aventi_diritto, pesi=pesi)
        nuovi = _posti(senza.values())
        for riga in posti:
            chiave = riga.valutazione.chiave
            finora, nuovo = spostamenti[chiave], nuovi[chiave]
            if riga.posto is None or finora is None:
                continue
            spostamenti[chiave] = None if nuovo is None else max(finora, abs(nuovo - riga.posto))
    return [
        replace(riga, spostamento=mosso, fragile=riga.posto is not None and (mosso is None or mosso > SPOSTAMENTO))
        for riga in posti
        for mosso in (spostamenti[riga.valutazione.chiave],)
    ]
