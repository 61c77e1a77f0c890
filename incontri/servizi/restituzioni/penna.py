"""How a section is put together: sentences in CommonMark, each with the marks of its sources, tables, the data of a figure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from incontri.servizi.originali import impronta
from incontri.stampa.impronta import canonico
from tavolo.base.testo import piano

# The mark of a source in a text, as footnotes are written in Markdown.
SEGNO = re.compile(r"[ \t]?\[\^([a-z0-9-]{1,60})\]")
_SPECIALI = re.compile(r"([\\`*_\[\]<>])")


@dataclass(frozen=True)
class Fonte:
    """Where a sentence comes from: its key, its name, the path of its page in the portal or an address outside it."""

    chiave: str
    nome: str
    indirizzo: str = ""


@dataclass(frozen=True)
class Compilato:
    """A section as its data give it."""

    testo: str
    fonti: dict[str, dict[str, str]] = field(default_factory=dict)
    tabelle: list[dict[str, Any]] = field(default_factory=list)
    figura: dict[str, Any] = field(default_factory=dict)

    @property
    def impronta(self) -> str:
        """The fingerprint of all that the data say here."""
        return impronta(canonico(asdict(self)))


def riga(testo: str) -> str:
    """What a person wrote, as one line of plain words, with nothing in it that CommonMark would read."""
    return _SPECIALI.sub(r"\\\1", " ".join(piano(testo or "").split()))


def frase(testo: str) -> str:
    """The same, closed by a full stop."""
    detto = riga(testo)
    return detto if not detto or detto[-1] in ".!?…" else f"{detto}."


def elenco(nomi: Iterable[str]) -> str:
    """`a, b e c`."""
    nomi = list(nomi)
    return nomi[0] if len(nomi) == 1 else f"{', '.join(nomi[:-1])} e {nomi[-1]}" if nomi else ""


def quanti(numero: int, uno: str, molti: str) -> str:
    """`1 ente`, `3 enti`."""
    return f"{numero} {uno if numero == 1 else molti}"


class Penna:
    """A section while it is written."""

    def __init__(self) -> None:
        self._pezzi: list[tuple[str, str]] = []
        self._fonti: dict[str, dict[str, str]] = {}
        self._tabelle: list[dict[str, Any]] = []
        self._figura: dict[str, Any] = {}

    def paragrafo(self, testo: str, *fonti: Fonte) -> None:
        """A paragraph, with its sources."""
        self._pezzi.append(("paragrafo", testo + self._segni(fonti)))

    def voce(self, testo: str, *fonti: Fonte, sotto: bool = False) -> None:
        """A line of a list; `sotto` one of the line before it."""
        self._pezzi.append(("voce", f"{'  ' if sotto else ''}- {testo}{self._segni(fonti)}"))

    def titolo(self, testo: str) -> None:
        """A heading inside the section."""
        self._pezzi.append(("titolo", f"### {testo}"))

    def tabella(self, didascalia: str, colonne: Sequence[tuple[str, float]], righe: Iterable[Sequence[str]]) -> None:
        """A table after the text: the title and the share of the width of each column; none without lines."""
        scritte = [[str(cella) for cella in linea] for linea in righe]
        if scritte:
            self._tabelle.append({"didascalia": didascalia, "colonne": [list(c) for c in colonne], "righe": scritte})

    def figura(self, dati: dict[str, Any]) -> None:
        """What its figure is drawn from."""
        self._figura = dati

    def compilato(self) -> Compilato:
        """What was written."""
        testo, prima = "", ""
        for genere, pezzo in self._pezzi:
            testo += ("\n" if genere == prima == "voce" else "\n\n" if prima else "") + pezzo
            prima = genere
        return Compilato(testo, self._fonti, self._tabelle, self._figura)

    def _segni(self, fonti: Iterable[Fonte]) -> str:
        unite = {fonte.chiave: fonte for fonte in fonti}
        for chiave, fonte in unite.items():
            self._fonti[chiave] = {"nome": fonte.nome, "indirizzo": fonte.indirizzo}
        return "".join(f" [^{chiave}]" for chiave in unite)
