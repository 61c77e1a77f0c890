"""The package coming in: a zip of CSV files, read with suspicion."""

import json
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from risorse.hsds.chiavi import chiave, chiave_da_fuori
from risorse.hsds.tabelle import TABELLE, tabella_di
from tavolo.base.formati import CSV, FileNonLeggibile, apri_zip

RIGHE_MASSIME = 500_000
TABELLE_MASSIME, COLONNE_MASSIME = 100, 200
CELLA_MASSIMA = 100_000
NON_ZIP = (
    "Questo file non è uno zip. Un pacchetto HSDS è uno zip con dentro i file CSV: per esempio il datapackage.zip che si"
    " scarica da «Dati aperti». Se hai un CSV o un foglio di calcolo, apri l'elenco a cui appartiene (servizi, sedi, orari)"
    " e scegli lì «Importa»."
)
_NOME_TABELLA = re.compile(r"[a-z][a-z0-9_]{0,79}")
_NOME_COLONNA = re.compile(r"[^\x00-\x1f]{1,120}")


@dataclass
class Riga:
    """One row: its place in the file (the header is row 1), its key, the key as it was written, its cells.

    Keys and references in `valori` are UUIDs, whatever they were in the file.
    """

    numero: int
    chiave: UUID
    originale: str
    valori: dict[str, str]

    def __getitem__(self, nome: str) -> str:
        """The text of a cell, empty if there is none."""
        return self.valori.get(nome, "")


@dataclass
class Tavola:
    """A table of the package."""

    nome: str
    file: str
    colonne: list[str]
    righe: list[Riga] = field(default_factory=list)

    @property
    def sconosciute(self) -> list[str]:
        """The columns that the specification does not have."""
        return [nome for nome in self.colonne if nome not in TABELLE.get(self.nome, {"id": None})]


@dataclass
class Pacchetto:
    """A package as read: its name and its tables; `ignorati` are the files that are no tables."""

    nome: str
    tavole: dict[str, Tavola]
    ignorati: list[str]
    creato: str = ""

    def righe(self, tabella: str) -> list[Riga]:
        """The rows of a table, none if the package does not have it."""
        return self.tavole[tabella].righe if tabella in self.tavole else []

    def ha(self, tabella: str, *colonne: str) -> bool:
        """Whether the package has the table and all these columns of it."""
        return tabella in self.tavole and set(colonne) <= set(self.tavole[tabella].colonne)


def leggi(contenuto: bytes) -> Pacchetto:
    """Read a package; raises FileNonLeggibile, saying why, for what is none."""
    if not contenuto.startswith(b"PK"):
        raise FileNonLeggibile(NON_ZIP)
    with apri_zip(contenuto) as archivio:
        nomi = [voce.filename for voce in archivio.infolist() if not voce.is_dir()]
        descrizione = _descrizione(archivio, nomi)
        csv = [nome for nome in nomi if nome.lower().endswith(".csv") and not _nascosto(nome)]
        if not csv:
            raise FileNonLeggibile("Nell'archivio non c'è nessun file CSV: non è un pacchetto di dati HSDS.")
        if len(csv) > TABELLE_MASSIME:
            raise FileNonLeggibile(f"L'archivio ha {len(csv)} tabelle: il massimo è {TABELLE_MASSIME}.")
        per_percorso = _nomi_dichiarati(descrizione)
        tavole: dict[str, Tavola] = {}
        quante = 0
        for percorso in csv:
            tavola = _tavola(_contenuto(archivio, percorso), percorso, per_percorso)
            if tavola.nome in tavole:
                raise FileNonLeggibile(
                    f"La tabella «{tavola.nome}» c'è due volte: {tavole[tavola.nome].file}, {percorso}."
                )
            tavole[tavola.nome] = tavola
            quante += len(tavola.righe)
            if quante > RIGHE_MASSIME:
                raise FileNonLeggibile(f"Il pacchetto ha più di {RIGHE_MASSIME} righe: dividilo.")
    _riferimenti(tavole)
    ignorati = [nome for nome in nomi if nome not in csv and PurePosixPath(nome).name != "datapackage.json"]
    nome = descrizione.get("title") or descrizione.get("name") or "senza nome"
    return Pacchetto(str(nome)[:120], tavole, ignorati, str(descrizione.get("created") or "")[:40])


def _nascosto(nome: str) -> bool:
    return any(parte.startswith((".", "__")) for parte in PurePosixPath(nome).parts)


def _contenuto(archivio: zipfile.ZipFile, nome: str) -> bytes:
    try:
        return archivio.read(nome)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as errore:
        raise FileNonLeggibile(f"{nome}: questo file dell'archivio è rovinato o chiuso da una password.") from errore
    except zipfile.zlib.error as errore:  # type: ignore[attr-defined]
        raise FileNonLeggibile(f"{nome}: questo file dell'archivio è rovinato.") from errore


def _descrizione(archivio: zipfile.ZipFile, nomi: list[str]) -> dict[str, Any]:
    trovati = [nome for nome in nomi if PurePosixPath(nome).name == "datapackage.json" and not _nascosto(nome)]
    if not trovati:
        return {}
    try:
        descrizione = json.loads(_contenuto(archivio, trovati[0]).decode("utf-8-sig"))
    except (ValueError, RecursionError) as errore:
        raise FileNonLeggibile("datapackage.json non si può leggere: non è un JSON valido.") from errore
    return descrizione if isinstance(descrizione, dict) else {}


def _nomi_dichiarati(descrizione: dict[str, Any]) -> dict[str, str]:
    """The table of each file, as datapackage.json says."""
    risorse = descrizione.get("resources")
    return {
        PurePosixPath(una["path"]).name: una["name"]
        for una in (risorse if isinstance(risorse, list) else ())
        if isinstance(una, dict) and isinstance(una.get("path"), str) and isinstance(una.get("name"), str)
    }


def _tavola(contenuto: bytes, percorso: str, per_percorso: dict[str, str]) -> Tavola:
    file = PurePosixPath(percorso).name
    nome = tabella_di(per_percorso.get(file, file))
    if not _NOME_TABELLA.fullmatch(nome):
        raise FileNonLeggibile(
            f"«{file[:80]}»: il nome di una tabella ha solo lettere minuscole, cifre e trattini bassi."
        )
    try:
        return _leggi_righe(contenuto, nome, file)
    except FileNonLeggibile as errore:
        raise FileNonLeggibile(*(m if m.startswith(file) else f"{file}: {m}" for m in errore.messaggi)) from errore


def _leggi_righe(contenuto: bytes, nome: str, file: str) -> Tavola:
    righe = iter(CSV().righe(contenuto))
    colonne = [cella.strip() for cella in next(righe, [])]
    problemi = _colonne_sbagliate(colonne)
    if problemi:
        raise FileNonLeggibile(*problemi)
    tavola, errori = Tavola(nome, file, colonne), []
    for numero, celle in enumerate(righe, 2):
        if not any(celle):
            continue
        if len(celle) > len(colonne) or any(len(cella) > CELLA_MASSIMA for cella in celle):
            errori.append(f"Riga {numero}: ha {len(celle)} celle, le colonne sono {len(colonne)}.")
        valori = {colonna: cella for colonna, cella in zip(colonne, celle, strict=False) if cella}
        originale = valori.get("id", "").strip()
        # a table we do not know may have no keys: what its row says is its key
        chiave_riga = chiave_da_fuori(nome, originale) if originale else chiave("riga", nome, *celle)
        tavola.righe.append(Riga(numero, chiave_riga, originale, valori))
        if len(tavola.righe) > RIGHE_MASSIME:
            raise FileNonLeggibile(f"Ha più di {RIGHE_MASSIME} righe.")
    if errori:
        raise FileNonLeggibile(*errori)
    return tavola


def _colonne_sbagliate(colonne: list[str]) -> list[str]:
    if not any(colonne):
        return ["Il file è vuoto: la prima riga deve avere i nomi delle colonne."]
    if len(colonne) > COLONNE_MASSIME:
        return [f"Ha {len(colonne)} colonne: il massimo è {COLONNE_MASSIME}."]
    storte = [posto for posto, nome in enumerate(colonne, 1) if not _NOME_COLONNA.fullmatch(nome)]
    doppie = sorted({nome for nome in colonne if nome and colonne.count(nome) > 1})
    return [f"La colonna {posto} non ha un nome leggibile." for posto in storte] + [
        f"La colonna «{nome[:80]}» c'è due volte." for nome in doppie
    ]


def _riferimenti(tavole: dict[str, Tavola]) -> None:
    """Turn every key and reference into the UUID it stands for."""
    chiavi = {nome: {riga.chiave for riga in tavola.righe} for nome, tavola in tavole.items()}
    for tavola in tavole.values():
        for riga in tavola.righe:
            if "id" in riga.valori:
                riga.valori["id"] = str(riga.chiave)
            for colonna, valore in riga.valori.items():
                verso, certo = verso_di(tavola.nome, riga, colonna)
                chiave_detta = chiave_da_fuori(verso, valore.strip()) if verso else None
                # a column we do not know is a reference if there is a row it refers to
                if chiave_detta and (certo or chiave_detta in chiavi.get(verso, ())):
                    riga.valori[colonna] = str(chiave_detta)


def verso_di(tabella: str, riga: Riga, colonna: str) -> tuple[str, bool]:
    """The table a column refers to, empty if none, and whether the specification says so."""
    nota = TABELLE.get(tabella, {}).get(colonna)
    if nota and nota.verso:
        return nota.verso, True
    if colonna == "link_id" and tabella == "attribute":
        return tabella_di(riga["link_entity"] or "service"), True
    if colonna == "resource_id" and tabella == "metadata":
        return tabella_di(riga["resource_type"] or "service"), True
    return (tabella_di(colonna[:-3]), False) if colonna.endswith("_id") and not nota else ("", False)
