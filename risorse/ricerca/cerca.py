"""The search: from what a person writes to the services that answer, and what the page must say about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from risorse.models import Risorsa
from risorse.models.schede import RisorsaQuerySet
from risorse.ricerca.argomenti import argomenti_che_ne_parlano
from risorse.ricerca.memoria import Memoria
from risorse.ricerca.motore import Domanda, Gruppo, Termine, Trovata, prepara_il_piano, righe
from risorse.ricerca.parole import parole, radice
from risorse.ricerca.schedario import Schedario, elementi, schedario_di_oggi
from risorse.ricerca.sinonimi import con_sinonimi, sinonimi_di_oggi, steli
from risorse.ricerca.vocabolario import Vocabolario, italiana, per_esteso, vocabolario_di_oggi
from tavolo.base.contenuto import versione

_intese, _trovate = Memoria(), Memoria(massimo=100)
_SCRITTA = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Intesa:
    """What a text was understood to ask: None asks for nothing that can be looked for.

    `corretta` is the text with the mistyped words put right, empty if none was; `almeno_una` says that no card has
    all the words, and that cards with some of them are given instead; `sinonimi` are the meanings looked for besides.
    """

    domanda: Domanda | None
    corretta: str = ""
    almeno_una: bool = False
    sinonimi: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trovate:
    """The services that answer, as sets of `schedario`: `tutte`, and those that answer better, most telling first."""

    tutte: int
    migliori: tuple[int, ...] = ()

    def in_ordine(self, quali: int, locali: int = 0) -> Iterator[int]:
        """The places of a set, best first, then those of the set `locali`, then by name: the same on both engines."""
        gradini = (*self.migliori, locali) if locali else self.migliori
        for gradino in range(2 ** len(gradini)):
            gruppo = quali
            for numero, buone in enumerate(gradini):
                # From the best step down: all of them, then without the least telling, and so on.
                manca = gradino >> (len(gradini) - 1 - numero) & 1
                gruppo &= ~buone if manca else buone
            yield from elementi(gruppo)


def trova(intesa: Intesa, quando: int | None = None) -> Trovate:
    """The offered services that answer; kept per content version, since every page and filter asks again."""
    quando = versione() if quando is None else quando
    schedario = schedario_di_oggi(quando)
    if intesa.domanda is None:
        return Trovate(0)
    return _trovate.prendi(
        (intesa.domanda, timezone.localdate()), lambda: _cerca(intesa.domanda, schedario, quando), quando
    )


def cerca(risorse: RisorsaQuerySet, intesa: Intesa) -> RisorsaQuerySet:
    """The services among these that answer, in the order they had: for lists that are not sorted by relevance."""
    if intesa.domanda is None:
        return risorse.none()
    prepara_il_piano()
    return risorse.filter(Trovata(intesa.domanda))


def dimentica_trovate() -> None:
    """Look again for what was found before: to measure a search and not a memory."""
    _trovate.svuota()


def _cerca(chiesta: Domanda, schedario: Schedario, quando: int) -> Trovate:
    trovate = righe(chiesta)
    migliori = list(map(schedario.dei_testi, trovate.migliori))
    if not chiesta.una_basta:
        # A topic that is called so tells more than words scattered over name and themes, less than the whole name.
        intera, in_parte = argomenti_che_ne_parlano(chiesta, quando)
        migliori[-2:-2] = [schedario.con_una("categoria", intera), schedario.con_una("categoria", in_parte)]
    return Trovate(schedario.dei_testi(trovate.tutte), tuple(migliori))


def intendi(testo: str, *, esatta: bool = False, quando: int | None = None) -> Intesa:
    """How to look for `testo`: with the coordinator's synonyms and with what is forgiven; `esatta`: with neither.

    If no card has every word, an unknown word counts as the beginning of a known one, else as the nearest one; if
    there is still no card with all of them, any word will do. Kept per content version.
    """
    quando = versione() if quando is None else quando
    chiave = (" ".join(testo.split()), esatta, get_language())
    return _intese.prendi(chiave, lambda: _intendi(testo, esatta, quando), quando)


def _intendi(testo: str, esatta: bool, quando: int) -> Intesa:
    chiesti = steli(testo)
    if not chiesti:
        return Intesa(None)
    if esatta:
        return Intesa(Domanda(tuple(((Termine(stelo),),) for stelo in chiesti)))
    gruppi, significati = con_sinonimi(chiesti, quando)
    intera = Domanda(tuple(gruppi))
    if _qualcuna(intera):
        return Intesa(intera, sinonimi=tuple(significati))
    vocabolario = vocabolario_di_oggi(quando)
    corrette: dict[str, str] = {}
    noti = [noto for gruppo in gruppi if (noto := _noto(gruppo, vocabolario, corrette, quando))]
    corretta = _riscrivi(testo, corrette, quando) if corrette else ""
    if corrette:
        significati = con_sinonimi(tuple(corrette.get(stelo, stelo) for stelo in chiesti), quando)[1]
    perdonata = Domanda(tuple(noti))
    if len(noti) == len(gruppi) and _qualcuna(perdonata):
        return Intesa(perdonata, corretta, sinonimi=tuple(significati))
    alcune = Domanda(tuple(noti), una_basta=True)
    if len(gruppi) > 1 and noti and _qualcuna(alcune):
        return Intesa(alcune, corretta, almeno_una=True, sinonimi=tuple(significati))
    return Intesa(intera, sinonimi=tuple(significati))


def _qualcuna(intera: Domanda) -> bool:
    prepara_il_piano()
    return Risorsa.objects.attive().filter(Trovata(intera)).exists()


def _noto(gruppo: Gruppo, vocabolario: Vocabolario, corrette: dict[str, str], quando: int) -> Gruppo | None:
    """The group as far as the cards know it: its words, else what they begin, else the nearest; noted in `corrette`."""
    if any(all(vocabolario.ha(termine.radice) for termine in senso) for senso in gruppo):
        return gruppo
    stelo = gruppo[0][0].radice
    if len(gruppo[0]) > 1:
        return None
    if vocabolario.comincia(stelo):
        return ((Termine(stelo, prefisso=True),),)
    # On an Italian page an Italian word was probably meant; on the others, one of any language.
    vicino = vocabolario.piu_vicino(stelo, lambda altro: get_language() != "it" or italiana(altro, quando))
    if not vicino:
        return None
    corrette[stelo] = vicino
    return con_sinonimi((vicino,), quando)[0][0]


def _riscrivi(testo: str, corrette: dict[str, str], quando: int) -> str:
    """The person's own text with the words put right."""

    def giusta(trovata: re.Match) -> str:
        scritta = trovata.group()
        stelo = next((radice(parola) for parola in parole(scritta)), "")
        if stelo not in corrette:
            return scritta
        voce = sinonimi_di_oggi(quando).get((corrette[stelo],))
        return voce.parola if voce else per_esteso(corrette[stelo], quando)

    return _SCRITTA.sub(giusta, testo)
