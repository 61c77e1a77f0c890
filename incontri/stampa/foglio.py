"""The sheet every document of the meetings is before it is a file: heading, facts, blocks, signatures.

The blocks of `tavolo.base.testo.blocchi` are blocks of a sheet as they are; those below are the others. All of it is plain
data, so that it can go as JSON into a typst template.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from tavolo.base.testo import blocchi

Blocco = dict[str, Any]
_DI_CONTROLLO = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


@dataclass
class Foglio:
    """A document as plain data.

    `nome` is its title among its properties and `genere` the words above the heading; `marchio` is what is printed on every
    page of what is not final, `avviso` why. `momento` is the day it tells of, which its files carry as the day they were
    made: the same data give the same bytes.
    """

    nome: str
    genere: str
    titolo: str
    momento: datetime | None = None
    marchio: str = ""
    avviso: str = ""
    piede: str = ""
    autore: str = ""
    largo: bool = False
    corpo: list[Blocco] = field(default_factory=list)
    # Whose document it is: the body, then the territory it works in.
    intestazione: Sequence[str] = field(default_factory=lambda: tuple(settings.INTESTAZIONE_DOCUMENTI))

    def piano(self) -> dict[str, Any]:
        """The sheet as JSON can say it."""
        detto = asdict(self)
        return _pulito(detto | {"momento": self.momento.isoformat() if self.momento else "", "lingua": "it"})


def _pulito(dato: Any) -> Any:
    """The same without the control characters no XML or PDF may hold; a person may have pasted one."""
    if isinstance(dato, str):
        return _DI_CONTROLLO.sub("", dato)
    if isinstance(dato, dict):
        return {chiave: _pulito(valore) for chiave, valore in dato.items()}
    return [_pulito(valore) for valore in dato] if isinstance(dato, (list, tuple)) else dato


def titolo(testo: str, livello: int = 2, ancora: str = "") -> Blocco:
    """A heading; the document itself is of level 1. `ancora` is what an index leads to."""
    return {"tipo": "titolo", "livello": livello, "pezzi": [corsa(testo)], "voci": [], "ancora": ancora}


def corsa(testo: str, *, grassetto: bool = False, link: str = "") -> dict[str, Any]:
    """A run of text."""
    return {"testo": testo, "grassetto": grassetto, "corsivo": False, "codice": False, "link": link}


def paragrafo(testo: str, etichetta: str = "", link: str = "") -> Blocco:
    """A paragraph of plain words, with a label in bold before it if given."""
    prima = [corsa(f"{etichetta}: ", grassetto=True)] if etichetta else []
    return {"tipo": "paragrafo", "pezzi": [*prima, corsa(testo, link=link)], "voci": []}


def nota(testo: str) -> Blocco:
    """A line in small letters."""
    return {"tipo": "nota", "pezzi": [corsa(testo)], "voci": []}


def elenco(voci: Iterable[str], *, numerato: bool = False) -> Blocco:
    """A list of lines."""
    righe = [[paragrafo(voce)] for voce in voci]
    return {"tipo": "numerato" if numerato else "elenco", "pezzi": [], "voci": righe, "inizio": 1}


def testo(scritto: str) -> list[Blocco]:
    """What a person typed, as blocks; its own titles stand below the point they are in."""
    return [_sotto(blocco) for blocco in blocchi(scritto)]


def _sotto(blocco: Blocco) -> Blocco:
    voci = [[_sotto(uno) for uno in voce] for voce in blocco["voci"]]
    return blocco | {"voci": voci} | ({"livello": 3, "ancora": ""} if blocco["tipo"] == "titolo" else {})


def fatti(righe: Iterable[tuple[str, str]]) -> Blocco:
    """Names and values, those with a value."""
    return {"tipo": "fatti", "righe": [[nome, valore] for nome, valore in righe if valore]}


def tabella(
    didascalia: str, colonne: Sequence[tuple[str, float]], righe: Iterable[Sequence[str]], alta: bool = False
) -> Blocco:
    """A table: the title and the share of the width of each column, then the cells; `alta` leaves room to write by hand."""
    return {
        "tipo": "tabella",
        "didascalia": didascalia,
        "colonne": [{"titolo": nome, "parte": parte} for nome, parte in colonne],
        "righe": [list(riga) for riga in righe],
        "alta": alta,
    }


def figura(svg: str, alternativa: str, didascalia: str) -> Blocco:
    """A drawing, what it shows in words, its caption."""
    return {"tipo": "figura", "svg": svg, "alternativa": alternativa, "didascalia": didascalia}


def indice(nome: str, voci: Iterable[tuple[str, str]]) -> Blocco:
    """The headings the document is made of, each with its `ancora`."""
    return {"tipo": "indice", "titolo": nome, "righe": [list(voce) for voce in voci]}


def riquadro(etichetta: str, dentro: list[Blocco], *, forte: bool = False) -> Blocco:
    """Blocks set apart under a label; `forte` for what the eye must find, such as a decision."""
    return {"tipo": "riquadro", "etichetta": etichetta, "forte": forte, "blocchi": dentro}


def firme(righe: Iterable[tuple[str, str]]) -> Blocco:
    """Where people sign: their part and their name."""
    return {"tipo": "firme", "righe": [list(riga) for riga in righe]}
