"""Two texts written over the same one: what is different, and one text made of both where they do not touch."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from merge3 import Merge3

# A word, or the blanks between two: put together again they give the text back, letter by letter.
_PEZZO = re.compile(r"\s+|[^\s]+")
_SEGNO = re.compile(r"⟦[^⟧\n]*⟧")
# Above this many words whole lines are compared: the time grows with the square.
_PAROLE = 6000


@dataclass(frozen=True)
class _Tratto:
    """The same stretch of the three texts."""

    base: str
    loro: str
    mio: str

    @property
    def conteso(self) -> bool:
        return self.loro != self.mio and self.base not in (self.loro, self.mio)

    @property
    def unito(self) -> str:
        return self.mio if self.loro == self.base else self.loro


@dataclass(frozen=True)
class Fusione:
    """One text made of two; `conflitti` counts the places where somebody has to choose."""

    testo: str
    conflitti: int


def fondi(base: str, loro: str, mio: str, *, nome: str = "l'altra persona") -> Fusione:
    """Merge two texts written over `base`: what only one of them changed is taken as it is.

    Where both changed the same words both stand, between marks that name who wrote them (see `irrisolto`); where that
    would cut a paragraph to pieces, both versions of it stand whole.
    """
    di_base, suoi, miei = _uguali_pezzi(base, loro, mio)
    nome = nome.replace("⟦", "(").replace("⟧", ")").replace("\n", " ")
    pezzi: list[str] = []
    conflitti = 0
    for paragrafo in _paragrafi(_tratti(di_base, suoi, miei)):
        contesi = [tratto for tratto in paragrafo if tratto.conteso]
        if _a_pezzi(paragrafo, contesi):
            uno = _Tratto(*("".join(getattr(t, di) for t in paragrafo) for di in ("base", "loro", "mio")))
            pezzi.append(f"⟦{nome}:⟧ {uno.loro}\n⟦tu:⟧ {uno.mio} ⟦fine⟧")
            conflitti += 1
            continue
        pezzi += [f"⟦{nome}:⟧ {t.loro} ⟦tu:⟧ {t.mio} ⟦fine⟧" if t.conteso else t.unito for t in paragrafo]
        conflitti += len(contesi)
    return Fusione("".join(pezzi), conflitti)


def irrisolto(testo: str) -> bool:
    """Whether marks of a merge are still in the text."""
    return _SEGNO.search(testo) is not None


def differenze(prima: str, dopo: str) -> SafeString:
    """The text `dopo` as HTML, with what went away from `prima` in `<del>` and what came in in `<ins>`, told to who listens too."""
    vecchi, nuovi = _uguali_pezzi(prima, dopo)
    pezzi = []
    for che, a, b, c, d in _Confronto(None, vecchi, nuovi).get_opcodes():
        if che == "equal":
            pezzi.append(format_html("{}", "".join(nuovi[c:d])))
            continue
        if a < b:
            pezzi.append(_segnato("del", "tolto", vecchi[a:b]))
        if c < d:
            pezzi.append(_segnato("ins", "aggiunto", nuovi[c:d]))
    return format_html_join("", "{}", ((pezzo,) for pezzo in pezzi))


def _tratti(base: list[str], loro: list[str], mio: list[str]) -> Iterator[_Tratto]:
    """The three texts side by side: what is equal in all of them piece by piece, what is not in stretches."""
    confronto: Any = _Confronto
    z = a = b = 0
    for dz, az, da, aa, db, ab in Merge3(base, loro, mio, sequence_matcher=confronto).find_sync_regions():
        diverso = _Tratto("".join(base[z:dz]), "".join(loro[a:da]), "".join(mio[b:db]))
        if diverso != _Tratto("", "", ""):
            yield diverso
        for pezzo in base[dz:az]:
            yield _Tratto(pezzo, pezzo, pezzo)
        z, a, b = az, aa, ab


def _paragrafi(tratti: Iterable[_Tratto]) -> Iterator[list[_Tratto]]:
    """The stretches between two line ends that all three texts have, each with the line end that closes it alone."""
    paragrafo: list[_Tratto] = []
    for tratto in tratti:
        if "\n" in tratto.base and tratto.base == tratto.loro == tratto.mio:
            yield from (paragrafo, [tratto])
            paragrafo = []
        else:
            paragrafo.append(tratto)
    yield paragrafo


def _a_pezzi(paragrafo: list[_Tratto], contesi: list[_Tratto]) -> bool:
    """Whether marks among the words would make it unreadable: several of them, or around more than a third of it."""
    if len(paragrafo) < 2 or not contesi:
        return False
    return len(contesi) > 1 or 3 * _parole(contesi) > _parole(paragrafo)


def _parole(tratti: list[_Tratto]) -> int:
    return max(sum(len(getattr(tratto, di).split()) for tratto in tratti) for di in ("loro", "mio"))


class _Confronto(SequenceMatcher):
    """Python's own, that never leaves frequent words out of account."""

    def __init__(self, isjunk, a, b):
        super().__init__(isjunk, a, b, autojunk=False)


def _segnato(elemento: str, parola: str, pezzi: list[str]) -> SafeString:
    modello = '<{0}><span class="visually-hidden">[{1}: </span>{2}<span class="visually-hidden">]</span></{0}>'
    return format_html(modello, elemento, parola, "".join(pezzi))


def _uguali_pezzi(*testi: str) -> list[list[str]]:
    """The texts in pieces of the same kind: words, or lines where they are long."""
    parole = [_PEZZO.findall(testo) for testo in testi]
    if max(map(len, parole)) <= _PAROLE:
        return parole
    return [testo.splitlines(keepends=True) for testo in testi]
