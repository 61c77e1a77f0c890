"""Shapes of the charts, and how much room words take.

Colours are attributes, not classes: a drawing is the same on a page, where the content security policy refuses inline
styles, and in a file that has no style sheet. Coordinates are whole numbers, because a decimal comma would break the drawing.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

SCURO, GRIGIO, CHIARO, BIANCO, BLU = "#17324d", "#5b6f82", "#d9dadb", "#ffffff", "#0059b3"

# Widths in hundredths of the size of the letters: a little more than Titillium and Noto Sans take.
_STRETTE, _LARGHE = frozenset("iljtfrI.,:;'’!|()[]·-/ "), frozenset("mwMW%@—…")
_STRETTA, _MEDIA, _ALTA, _LARGA = 38, 60, 72, 100
# What XML 1.0 cannot hold.
_VIETATI = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@dataclass(frozen=True)
class Rettangolo:
    """A rectangle; `trama` is the hatching laid over it."""

    x: int
    y: int
    larghezza: int
    altezza: int
    colore: str = "none"
    bordo: str = "none"
    trama: str = ""
    tipo: ClassVar[str] = "rettangolo"


@dataclass(frozen=True)
class Linea:
    """A straight line."""

    x1: int
    y1: int
    x2: int
    y2: int
    colore: str = CHIARO
    tratteggiata: bool = False
    spessore: int = 1
    tipo: ClassVar[str] = "linea"


@dataclass(frozen=True)
class Cerchio:
    """A circle around its centre."""

    x: int
    y: int
    raggio: int
    colore: str = BIANCO
    bordo: str = "none"
    tipo: ClassVar[str] = "cerchio"


@dataclass(frozen=True)
class Scritta:
    """A line of words on its base line; `ancora` is which of its ends stands at x (start, middle, end)."""

    x: int
    y: int
    testo: str
    corpo: int = 15
    grassetto: bool = False
    ancora: str = "start"
    colore: str = SCURO
    tipo: ClassVar[str] = "scritta"

    def riquadro(self) -> tuple[int, int, int, int]:
        """The room it takes: left, top, right, bottom."""
        larga = larghezza_testo(self.testo, self.corpo)
        sinistra = self.x - {"start": 0, "middle": larga // 2, "end": larga}[self.ancora]
        return sinistra, self.y - self.corpo * 4 // 5, sinistra + larga, self.y + self.corpo // 5


Forma = Rettangolo | Linea | Cerchio | Scritta


@dataclass(frozen=True)
class Disegno:
    """A chart: its shapes from the lowest to the highest, its name and what it shows, for who does not see it.

    `nome` is unique on the page; `dettagli` tell every value in words, one sentence for each line of the chart.
    """

    nome: str
    titolo: str
    descrizione: str
    dettagli: tuple[str, ...]
    larghezza: int
    altezza: int
    forme: tuple[Forma, ...]

    @property
    def testi(self) -> list[Scritta]:
        """The words in it."""
        return [forma for forma in self.forme if isinstance(forma, Scritta)]


def pulito(testo: str) -> str:
    """The words on one line, without the characters XML refuses."""
    return " ".join(_VIETATI.sub("", testo).split())


def larghezza_testo(testo: str, corpo: int) -> int:
    """How many units the words take at most, letters being `corpo` high: an estimate on the safe side."""
    centesimi = 0
    for lettera in testo:
        if lettera in _STRETTE:
            centesimi += _STRETTA
        elif lettera in _LARGHE or ord(lettera) > 0x24F:
            centesimi += _LARGA
        else:
            centesimi += _ALTA if lettera.isupper() else _MEDIA
    return -(-centesimi * corpo // 100)


def a_capo(testo: str, larghezza: int, corpo: int) -> list[str]:
    """The words on as many lines as they need, none wider than `larghezza`; a word wider than a line is cut, nothing is lost."""
    righe: list[str] = []
    for parola in pulito(testo).split():
        if righe and larghezza_testo(f"{righe[-1]} {parola}", corpo) <= larghezza:
            righe[-1] += f" {parola}"
            continue
        righe.append("")
        for lettera in parola:
            if righe[-1] and larghezza_testo(righe[-1] + lettera, corpo) > larghezza:
                righe.append("")
            righe[-1] += lettera
    return righe


def elenco(parole: list[str]) -> str:
    """The words one after the other, as in a sentence: "Bollate, Cesate e Senago"."""
    return " e ".join([", ".join(parole[:-1]), parole[-1]] if len(parole) > 1 else parole)
