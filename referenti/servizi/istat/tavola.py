"""POSAS and STRASA of demo.istat.it: residents, and foreign residents, of each comune by age and sex on 1 January.

What is known of the files was read in programs that use them: https://demo.istat.it/data/posas/POSAS_2026_it_Comuni.zip and
https://demo.istat.it/data/strasa/STRASA_2024_it_Comuni.zip hold one CSV; a title may stand in the first row, the headers
follow ("Codice comune;Comune;Età;Totale maschi;Totale femmine;Totale", "Maschi", "Femmine"; English ones use commas), age
999 is the total of the comune, age 100 stands for a hundred and more, the last row may be a note in one cell. Columns are
therefore found by name, and every sum that the file gives is worked out again.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from referenti.models.indicatore import ETA_MASSIMA
from referenti.servizi.istat.archivio import leggi_righe
from tavolo.base.formati import FileNonLeggibile

TOTALE = 999
PRIMO_ANNO = 2002  # the first of demo.istat.it
RIGHE_DI_TESTA = 6  # among which the headers are looked for
CODICE, NOME, ETA = "codice comune", "comune", "eta"
NOMI = {
    "codice comune": CODICE,
    "codice istat": CODICE,
    "municipality code": CODICE,
    "codice": CODICE,
    "code": CODICE,
    "comune": NOME,
    "municipality": NOME,
    "eta": ETA,
    "age": ETA,
    **dict.fromkeys(("totale maschi", "maschi", "total males", "males"), "maschi"),
    **dict.fromkeys(("totale femmine", "femmine", "total females", "females"), "femmine"),
    **dict.fromkeys(("totale", "total", "maschi e femmine", "males and females", "total males and females"), "totale"),
}
_ANNO_NEL_TITOLO = re.compile(
    r"(?:1o?\W{0,3}gennaio|january\W{0,3}1(?:st)?|1(?:st)?\s*(?:of\s)?january)\D{0,4}((?:19|20)\d\d)"
)
_NOME_FILE = re.compile(r"(posas|strasa)_(\d{4})_(it|en)_", re.IGNORECASE)


class Genere(StrEnum):
    """Which of the two files."""

    POSAS = "posas"
    STRASA = "strasa"

    @property
    def di_chi(self) -> str:
        """Whom it counts."""
        return "popolazione residente" if self == Genere.POSAS else "popolazione straniera residente"


@dataclass(frozen=True)
class Tavola:
    """What a file says of the comuni asked for: people by ISTAT code and age."""

    genere: Genere
    anno: int
    stima: bool
    nome_file: str
    eta: dict[str, dict[int, int]]

    @property
    def riferimento(self) -> str:
        """The day the people were counted, as figures write it."""
        return f"{self.anno}-01-01"

    @property
    def url(self) -> str:
        """Where the file is downloaded; the site, if its name is not one of theirs."""
        if _NOME_FILE.match(self.nome_file):
            return f"https://demo.istat.it/data/{self.genere}/{self.nome_file.rsplit('.', 1)[0]}.zip"
        return "https://demo.istat.it/"

    def persone(self, codice: str, dal: int = 0, al: int = ETA_MASSIMA) -> int:
        """How many people of these ages, ends included, live in a comune."""
        return sum(quante for eta, quante in self.eta[codice].items() if dal <= eta <= al)


@dataclass
class _Comune:
    eta: dict[int, int] = field(default_factory=dict)
    totale: int | None = None


def leggi(file: BinaryIO, nome: str, *, comuni: dict[str, str], anno_massimo: int) -> Tavola:
    """Read a file as downloaded; `comuni` are names by ISTAT code, those that must be in it.

    Raises FileNonLeggibile, with file, line and what was expected, if anything is missing or does not add up.
    """

    def lettore(nome_csv: str, righe: Callable[[str], Iterator[tuple[int, list[str]]]]) -> Tavola:
        separatore, titolo = _separatore(nome_csv, righe)
        genere, anno = _che_cosa(nome_csv, titolo, anno_massimo)
        lette = _Lettura(nome_csv, set(comuni)).leggi(righe(separatore))
        mancanti = [nome_comune for codice, nome_comune in comuni.items() if codice not in lette]
        if mancanti:
            raise FileNonLeggibile(
                f"In «{nome_csv}» mancano: {', '.join(mancanti)}. Scarica il file di tutti i comuni, o della provincia."
            )
        stima = any(parola in _piana(titolo) for parola in ("stima", "stime", "estimate", "provvisori", "provisional"))
        return Tavola(genere, anno, stima, nome_csv, {codice: lette[codice] for codice in comuni})

    return leggi_righe(file, nome, lettore)


def _piana(testo: str) -> str:
    """Lower case, without accents, one space between words."""
    scomposto = unicodedata.normalize("NFKD", testo.replace("\N{DEGREE SIGN}", " "))
    return " ".join("".join(c for c in scomposto if not unicodedata.combining(c)).lower().split())


def _colonne(riga: list[str]) -> dict[str, int]:
    """Where each column that is known stands; those that are not have no use here."""
    posti: dict[str, int] = {}
    for posto, cella in enumerate(riga):
        nome = NOMI.get(_piana(cella.strip('\ufeff" ')))
        if nome:
            posti.setdefault(nome, posto)
    return posti


def _bastano(posti: dict[str, int]) -> bool:
    return CODICE in posti and ETA in posti and ("totale" in posti or {"maschi", "femmine"} <= posti.keys())


def _separatore(nome: str, righe: Callable[[str], Iterator[tuple[int, list[str]]]]) -> tuple[str, str]:
    """The separator with which there are headers, and the words above them."""
    for separatore in ";,\t":
        sopra: list[str] = []
        for numero, (_riga, celle) in enumerate(righe(separatore)):
            if _bastano(_colonne(celle)):
                return separatore, " ".join(sopra)
            if numero >= RIGHE_DI_TESTA:
                break
            sopra.append(" ".join(celle))
    raise FileNonLeggibile(
        f"In «{nome}» non trovo i nomi delle colonne nelle prime righe: aspetto «Codice comune», «Età» e «Totale», come nei "
        "file dei comuni POSAS e STRASA di demo.istat.it."
    )


def _che_cosa(nome: str, titolo: str, anno_massimo: int) -> tuple[Genere, int]:
    """Which file it is and of which year, as its name and its title say; they must not contradict each other."""
    dal_nome, piano = _NOME_FILE.match(nome), _piana(titolo)
    generi = {Genere(dal_nome[1].lower())} if dal_nome else set()
    if any(parola in piano for parola in ("stranier", "foreign", "cittadinanza estera")):
        generi.add(Genere.STRASA)
    elif any(parola in piano for parola in ("popolazione", "population", "residen")):
        generi.add(Genere.POSAS)
    if len(generi) != 1:
        detto = "il nome e il titolo dicono cose diverse" if generi else "né il nome né il titolo lo dicono"
        raise FileNonLeggibile(
            f"Non so se «{nome}» conta tutti i residenti (POSAS) o gli stranieri (STRASA): {detto}. "
            "Tieni il nome che ha su demo.istat.it."
        )
    trovato = _ANNO_NEL_TITOLO.search(piano)
    anni = ({int(dal_nome[2])} if dal_nome else set()) | ({int(trovato[1])} if trovato else set())
    if len(anni) != 1:
        detto = f"il nome e il titolo dicono {' e '.join(map(str, sorted(anni)))}" if anni else "non è scritto"
        raise FileNonLeggibile(f"Non so di quale anno è «{nome}»: {detto}. Aspetto «1° gennaio» e l'anno nella riga 1.")
    anno = anni.pop()
    if not PRIMO_ANNO <= anno <= anno_massimo:
        raise FileNonLeggibile(f"«{nome}» sarebbe del {anno}: aspetto un anno dal {PRIMO_ANNO} al {anno_massimo}.")
    return generi.pop(), anno


class _Lettura:
    """The rows of the comuni asked for, checked one by one; the others go by."""

    def __init__(self, nome: str, codici: Collection[str]):
        self.nome, self.codici = nome, codici
        self.trovati: dict[str, _Comune] = {}
        self.posti: dict[str, int] = {}

    def leggi(self, righe: Iterator[tuple[int, list[str]]]) -> dict[str, dict[int, int]]:
        """People by code and age; raises FileNonLeggibile."""
        for numero, celle in righe:
            if self.posti:
                codice = celle[self.posti[CODICE]].strip() if len(celle) > self.posti[CODICE] else ""
                if codice.isdecimal() and codice.zfill(6) in self.codici:
                    self._tieni(numero, celle, self.trovati.setdefault(codice.zfill(6), _Comune()))
            elif _bastano(posti := _colonne(celle)):
                self.posti = posti
        return {codice: self._tornano(codice, comune) for codice, comune in self.trovati.items()}

    def _tieni(self, numero: int, celle: list[str], comune: _Comune) -> None:
        eta = self._eta(numero, celle)
        maschi, femmine, totale = (self._numero(numero, celle, nome) for nome in ("maschi", "femmine", "totale"))
        if maschi is not None and femmine is not None and totale not in (None, maschi + femmine):
            raise self._errore(numero, f"maschi e femmine fanno {maschi + femmine}, il totale dice {totale}")
        quante = totale if totale is not None else (maschi or 0) + (femmine or 0)
        if (eta == TOTALE and comune.totale is not None) or eta in comune.eta:
            raise self._errore(numero, f"l'età {eta} di questo comune c'è già più su")
        if eta == TOTALE:
            comune.totale = quante
        else:
            comune.eta[eta] = quante

    def _eta(self, numero: int, celle: list[str]) -> int:
        scritta = _piana(self._cella(numero, celle, ETA))
        if scritta in ("totale", "total"):
            return TOTALE
        trovata = re.match(r"\d+", scritta)
        eta = int(trovata[0]) if trovata else -1
        if eta != TOTALE and not 0 <= eta <= ETA_MASSIMA:
            raise self._errore(numero, f"nella colonna «Età» c'è «{scritta}», aspetto un'età da 0 a 100 oppure 999")
        return eta

    def _numero(self, numero: int, celle: list[str], nome: str) -> int | None:
        if nome not in self.posti:
            return None
        scritto = self._cella(numero, celle, nome).strip()
        if not re.fullmatch(r"\d{1,9}", scritto, re.ASCII):
            raise self._errore(numero, f"nella colonna «{nome}» c'è «{scritto[:30]}», aspetto un numero intero")
        return int(scritto)

    def _cella(self, numero: int, celle: list[str], nome: str) -> str:
        if len(celle) <= self.posti[nome]:
            raise self._errore(numero, f"manca la colonna «{nome}»: la riga ha {len(celle)} celle. Il file è troncato?")
        return celle[self.posti[nome]]

    def _tornano(self, codice: str, comune: _Comune) -> dict[int, int]:
        somma = sum(comune.eta.values())
        if comune.totale is None and len(comune.eta) != ETA_MASSIMA + 1:
            raise FileNonLeggibile(
                f"In «{self.nome}» il comune {codice} ha {len(comune.eta)} età su {ETA_MASSIMA + 1} e non ha il totale "
                "(età 999): il file non è intero."
            )
        if comune.totale not in (None, somma):
            raise FileNonLeggibile(
                f"In «{self.nome}» le età del comune {codice} fanno {somma}, il totale (età 999) dice {comune.totale}: "
                "il file non è intero."
            )
        return comune.eta

    def _errore(self, numero: int, che_cosa: str) -> FileNonLeggibile:
        return FileNonLeggibile(f"«{self.nome}», riga {numero}: {che_cosa}.")
