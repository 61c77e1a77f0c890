"""Two texts written over the same one: what is different, and one text made of both where they do not touch."""

import re
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
class Fusione:
    """One text made of two; `conflitti` counts the places where somebody has to choose."""

    testo: str
    conflitti: int


def fondi(base: str, loro: str, mio: str, *, nome: str = "l'altra persona") -> Fusione:
    """Merge two texts written over `base`: what only one of them changed is taken as it is.

    Where both changed the same words both stand, between marks that name who wrote them (see `irrisolto`).
    """
    di_base, suoi, miei = _uguali_pezzi(base, loro, mio)
    confronto: Any = _Confronto
    pezzi: list[str] = []
    conflitti = 0
    nome = nome.replace("⟦", "(").replace("⟧", ")").replace("\n", " ")
    for gruppo in Merge3(di_base, suoi, miei, sequence_matcher=confronto).merge_groups():
        if gruppo[0] != "conflict":
            pezzi += gruppo[1]
            continue
        _, _, di_loro, di_me = gruppo
        conflitti += 1
        pezzi += [f"⟦{nome}:⟧ ", *di_loro, " ⟦tu:⟧ ", *di_me, " ⟦fine⟧"]
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
