"""The search: from what a person writes to the services that answer, and what the page must say about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from risorse.models import Risorsa, Sinonimo
from risorse.models.schede import RisorsaQuerySet
from risorse.ricerca.memoria import Memoria
from risorse.ricerca.motore import Domanda, Gruppo, Termine, Trovata, prepara_il_piano, righe
from risorse.ricerca.parole import domanda, parole, radice
from risorse.ricerca.schedario import Schedario, elementi, schedario_di_oggi
from risorse.ricerca.vocabolario import Vocabolario, per_esteso, vocabolario_di_oggi
from tavolo.base.contenuto import versione

_sinonimi, _intese, _trovate = Memoria(), Memoria(), Memoria(massimo=100)
_SCRITTA = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Intesa:
    """What a text was understood to ask: None asks for nothing that can be looked for.

    `corretta` is the text with the mistyped words put right, empty if none was; `almeno_una` says that no card has
    all the words, and that cards with some of them are given instead.
    """

    domanda: Domanda | None
    corretta: str = ""
    almeno_una: bool = False


@dataclass(frozen=True)
class Trovate:
    """The services that answer, as sets of `schedario`: `tutte`, and those that answer better, most telling first."""

    tutte: int
    migliori: tuple[int, ...] = ()

    def in_ordine(self, quali: int) -> Iterator[int]:
        """The places of a set, best first, then by name: the same on both engines, which have no say in it.

        A name with all the words weighs 4, name and themes 2, one word in the name 1.
        """
        for gradino in range(2 ** len(self.migliori)):
            gruppo = quali
            for numero, buone in enumerate(self.migliori):
                # From the best step down: all three, then without the least telling, and so on.
                manca = gradino >> (len(self.migliori) - 1 - numero) & 1
                gruppo &= ~buone if manca else buone
            yield from elementi(gruppo)


def trova(intesa: Intesa, quando: int | None = None) -> Trovate:
    """The offered services that answer; kept per content version, since every page and filter asks again."""
    quando = versione() if quando is None else quando
    schedario = schedario_di_oggi(quando)
    if intesa.domanda is None:
        return Trovate(0)
    return _trovate.prendi((intesa.domanda, timezone.localdate()), lambda: _cerca(intesa.domanda, schedario), quando)


def cerca(risorse: RisorsaQuerySet, intesa: Intesa) -> RisorsaQuerySet:
    """The services among these that answer, in the order they had: for lists that are not sorted by relevance."""
    if intesa.domanda is None:
        return risorse.none()
    prepara_il_piano()
    return risorse.filter(Trovata(intesa.domanda))


def dimentica_trovate() -> None:
    """Look again for what was found before: to measure a search and not a memory."""
    _trovate.svuota()


def _cerca(chiesta: Domanda, schedario: Schedario) -> Trovate:
    trovate, migliori = righe(chiesta)
    return Trovate(schedario.dei_testi(trovate), tuple(map(schedario.dei_testi, migliori)))


def intendi(testo: str, *, esatta: bool = False, quando: int | None = None) -> Intesa:
    """How to look for `testo`: with the coordinator's synonyms, and, unless `esatta`, with what is forgiven.

    If no card has every word, an unknown word counts as the beginning of a known one, else as the nearest one; if
    there is still no card with all of them, any word will do. Kept per content version.
    """
    quando = versione() if quando is None else quando
    return _intese.prendi((" ".join(testo.split()), esatta), lambda: _intendi(testo, esatta, quando), quando)


def _intendi(testo: str, esatta: bool, quando: int) -> Intesa:
    chieste = domanda(testo)
    if not chieste:
        return Intesa(None)
    gruppi = _con_sinonimi([stelo for _, stelo in chieste], quando)
    intera = Domanda(tuple(gruppi))
    if esatta or _qualcuna(intera):
        return Intesa(intera)
    vocabolario = vocabolario_di_oggi(quando)
    corrette: dict[str, str] = {}
    noti = [noto for gruppo in gruppi if (noto := _noto(gruppo, vocabolario, corrette))]
    corretta = _riscrivi(testo, corrette, quando) if corrette else ""
    perdonata = Domanda(tuple(noti))
    if len(noti) == len(gruppi) and _qualcuna(perdonata):
        return Intesa(perdonata, corretta)
    alcune = Domanda(tuple(noti), una_basta=True)
    if len(gruppi) > 1 and noti and _qualcuna(alcune):
        return Intesa(alcune, corretta, almeno_una=True)
    return Intesa(intera)


def _qualcuna(intera: Domanda) -> bool:
    prepara_il_piano()
    return Risorsa.objects.attive().filter(Trovata(intera)).exists()


def _noto(gruppo: Gruppo, vocabolario: Vocabolario, corrette: dict[str, str]) -> Gruppo | None:
    """The group as far as the cards know it: its words, else what they begin, else the nearest; noted in `corrette`."""
    if any(all(vocabolario.ha(termine.radice) for termine in senso) for senso in gruppo):
        return gruppo
    stelo = gruppo[0][0].radice
    if len(gruppo[0]) > 1:
        return None
    if vocabolario.comincia(stelo):
        return ((Termine(stelo, prefisso=True),),)
    vicino = vocabolario.piu_vicino(stelo)
    if not vicino:
        return None
    corrette[stelo] = vicino
    return ((Termine(vicino),),)


def _con_sinonimi(steli: list[str], quando: int) -> list[Gruppo]:
    """One group for each word, or for words that together have a synonym; the words themselves come first."""
    significati = _sinonimi.prendi("sinonimi", _leggi_sinonimi, quando)
    gruppi: list[Gruppo] = []
    da = 0
    while da < len(steli):
        fine = next((f for f in range(len(steli), da, -1) if tuple(steli[da:f]) in significati), da + 1)
        proprie = tuple(steli[da:fine])
        sensi = (proprie, *significati.get(proprie, ()))
        gruppi.append(tuple(tuple(map(Termine, senso)) for senso in dict.fromkeys(sensi)))
        da = fine
    return gruppi


def _leggi_sinonimi() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return {
        _steli(parola): tuple(filter(None, map(_steli, significati.split(","))))
        for parola, significati in Sinonimo.objects.values_list("parola", "significati")
    }


def _steli(testo: str) -> tuple[str, ...]:
    return tuple(stelo for _, stelo in domanda(testo))


def _riscrivi(testo: str, corrette: dict[str, str], quando: int) -> str:
    """The person's own text with the words put right."""

    def giusta(trovata: re.Match) -> str:
        scritta = trovata.group()
        stelo = next((radice(parola) for parola in parole(scritta)), "")
        return per_esteso(corrette[stelo], quando) if stelo in corrette else scritta

    return _SCRITTA.sub(giusta, testo)
