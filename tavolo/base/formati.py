"""CSV and XLSX as people really send them, read and written as text (measurements: docs/architettura.md)."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain
from typing import Any

import tablib
from django.conf import settings
from import_export.formats.base_formats import Format
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

BYTE_MASSIMI = 10 * 1024 * 1024
ESPANSI_MASSIMI = 64 * 1024 * 1024
CELLA_MASSIMA_XLSX = 32_767
# A spreadsheet runs a cell that begins so: out it goes behind an apostrophe, one apostrophe is taken off coming in.
_PERICOLOSA = re.compile(r"'*[=+\-@\t\r]")
_PROTETTA = re.compile(r"'+[=+\-@\t\r]")
_NUMERO = re.compile(r"[+-]?\d[\d .,]*")
_NON_TESTO = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class FileNonLeggibile(ValueError):
    """The file cannot become a table; `messaggi` say why, to the person who sent it."""

    def __init__(self, *messaggi: str):
        self.messaggi = messaggi[:20]
        super().__init__(" ".join(self.messaggi))


class Tabella(tablib.Dataset):
    """Rows of text with the number each has in the file, where the header is row 1."""

    numeri: list[int]


class FormatoTabella(Format):
    """What the two formats share: text in every cell, one header, no more rows than the portal takes."""

    def __init__(self, encoding: str | None = None):
        """The encoding is found in the file: the library's guess is not listened to."""

    def can_import(self) -> bool:
        """Always."""
        return True

    def can_export(self) -> bool:
        """Always."""
        return True

    def create_dataset(self, in_stream: bytes) -> Tabella:
        """The table in the file; raises FileNonLeggibile, naming rows and columns."""
        return _tabella(self.righe(in_stream))

    def righe(self, contenuto: bytes) -> Iterator[list[str]]:
        """The rows of the file, header included, one list of cells each."""
        raise NotImplementedError


class CSV(FormatoTabella):
    """CSV separated by commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252."""

    def get_title(self) -> str:
        """Its name."""
        return "CSV"

    def get_extension(self) -> str:
        """Without the dot."""
        return "csv"

    def get_content_type(self) -> str:
        """For the download."""
        return "text/csv; charset=utf-8"

    def righe(self, contenuto: bytes) -> Iterator[list[str]]:
        """Rows as the csv module reads them, with the separator that the header uses most."""
        testo = _testo(contenuto)
        prima = testo.lstrip("\r\n").split("\n", 1)[0]
        separatore = max(",;\t", key=prima.count)
        lettore = csv.reader(io.StringIO(testo, newline=""), delimiter=separatore, strict=True)
        try:
            yield from lettore
        except csv.Error as errore:
            raise FileNonLeggibile(
                f"Riga {lettore.line_num} del file: una cella è troppo lunga o ha le virgolette fuori posto."
            ) from errore

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """UTF-8 with the mark that lets a spreadsheet see it."""
        uscita = io.StringIO(newline="")
        csv.writer(uscita).writerows(_in_uscita(dataset))
        return uscita.getvalue().encode("utf-8-sig")


class XLSX(FormatoTabella):
    """The first sheet of an Excel workbook."""

    def get_title(self) -> str:
        """Its name."""
        return "XLSX (Excel)"

    def get_extension(self) -> str:
        """Without the dot."""
        return "xlsx"

    def get_content_type(self) -> str:
        """For the download."""
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def righe(self, contenuto: bytes) -> Iterator[list[str]]:
        """Rows of the sheet as text; what the sheet says of its own size is not believed."""
        try:
            with apri_zip(contenuto):
                foglio = load_workbook(io.BytesIO(contenuto), read_only=True).worksheets[0]
            foglio.reset_dimensions()
            larghezza = 0
            for riga in foglio.iter_rows():
                celle = [_come_scritta(cella) for cella in riga]
                larghezza = larghezza or len(celle)
                yield celle + [""] * (larghezza - len(celle))  # Excel leaves out the empty cells at the end
        except FileNonLeggibile:
            raise
        except Exception as errore:  # openpyxl has no exception of its own for a broken workbook
            raise FileNonLeggibile("Il file non è un foglio Excel (.xlsx), oppure è rovinato.") from errore

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """A workbook of text cells; raises ValueError for a text that Excel would cut."""
        righe = list(_in_uscita(dataset))
        if any(len(cella) > CELLA_MASSIMA_XLSX for riga in righe for cella in riga):
            raise ValueError("Un testo è troppo lungo per Excel: scarica il file CSV.")
        libro = Workbook(write_only=True)
        foglio = libro.create_sheet("Dati")
        for riga in righe:
            foglio.append([ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", cella) for cella in riga])
        uscita = io.BytesIO()
        libro.save(uscita)
        return uscita.getvalue()


FORMATI = [CSV, XLSX]


def formato_di(contenuto: bytes) -> type[FormatoTabella]:
    """Which of the two a file is, by its first bytes: names lie."""
    return XLSX if contenuto.startswith(b"PK\x03\x04") else CSV


def apri_zip(contenuto: bytes) -> zipfile.ZipFile:
    """The archive, once its directory says that it stays small when opened; raises FileNonLeggibile."""
    try:
        archivio = zipfile.ZipFile(io.BytesIO(contenuto))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as errore:
        raise FileNonLeggibile("Il file è rovinato: non riesco ad aprirlo.") from errore
    if sum(voce.file_size for voce in archivio.infolist()) > ESPANSI_MASSIMI:
        raise FileNonLeggibile("Il file, una volta aperto, sarebbe troppo grande: dividilo in più file.")
    return archivio


def _testo(contenuto: bytes) -> str:
    utf16 = contenuto.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for codifica in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            testo = contenuto.decode(codifica)
        except UnicodeDecodeError:
            continue
        if _NON_TESTO.search(testo):
            break
        return testo
    raise FileNonLeggibile("Il file non è un testo CSV: contiene byte che non sono caratteri.")


def _come_scritta(cella: Any) -> str:
    valore = cella.value
    if cella.data_type in ("f", "e"):  # a formula, or what is left of a broken one
        return f"={valore}"
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, datetime):
        return valore.date().isoformat() if valore.time() == time() else valore.isoformat(" ", "minutes")
    if isinstance(valore, date | time):
        return valore.isoformat()
    if isinstance(valore, float) and valore.is_integer():
        valore = int(valore)
    if isinstance(valore, int) and re.fullmatch("0+", cella.number_format):
        return str(valore).zfill(len(cella.number_format))  # 015027 kept as a number that shows its zero
    return "" if valore is None else str(valore)


def _tabella(righe: Iterator[list[str]]) -> Tabella:
    """Header and rows, checked: as wide as the header, no formula, no more than allowed."""
    numerate = ((numero, riga) for numero, riga in enumerate(righe, 1) if any(cella.strip() for cella in riga))
    massimo = settings.RIGHE_MASSIME_IMPORTAZIONE
    _, prima = next(numerate, (0, []))
    intestazione = [nome.strip().lower() for nome in prima]
    while intestazione and not intestazione[-1]:
        intestazione.pop()
    if not intestazione:
        raise FileNonLeggibile("Il file è vuoto: la prima riga deve avere i nomi delle colonne.")
    tabella, errori = Tabella(headers=intestazione), []
    tabella.numeri = []
    for numero, riga in numerate:
        if len(tabella.numeri) == massimo:
            quante = massimo + 1 + sum(1 for _ in numerate)
            raise FileNonLeggibile(f"Il file ha {quante} righe: il massimo è {massimo}, dividilo in più file.")
        celle, problemi = _celle(numero, riga, intestazione)
        errori += problemi
        if not problemi:
            tabella.append(celle)
        tabella.numeri.append(numero)
    errori += _nomi_impossibili(intestazione)
    if errori:
        raise FileNonLeggibile(*errori)
    return tabella


def _celle(numero: int, riga: list[str], intestazione: list[str]) -> tuple[list[str], list[str]]:
    larghezza = len(intestazione)
    if len(riga) < larghezza or any(cella.strip() for cella in riga[larghezza:]):
        return [], [f"Riga {numero}: ha {len(riga)} celle, le colonne sono {larghezza}."]
    celle = riga[:larghezza]
    problemi = [
        f"Riga {numero}, colonna «{nome}»: c'è una formula, scrivi il valore."
        for nome, cella in zip(intestazione, celle, strict=True)
        if cella.startswith("=")
    ]
    return [cella[1:] if _PROTETTA.match(cella) else cella for cella in celle], problemi


def _nomi_impossibili(intestazione: list[str]) -> list[str]:
    problemi = [f"La colonna {posto} non ha un nome." for posto, nome in enumerate(intestazione, 1) if not nome]
    doppi = sorted({nome for nome in intestazione if nome and intestazione.count(nome) > 1})
    return problemi + [f"La colonna «{nome}» c'è due volte." for nome in doppi]


def protetta(testo: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula, and is no number, goes out behind an apostrophe."""
    return f"'{testo}" if _PERICOLOSA.match(testo) and not _NUMERO.fullmatch(testo) else testo


def _in_uscita(dataset: tablib.Dataset) -> Iterable[list[str]]:
    for riga in chain([dataset.headers], dataset):
        yield [protetta("" if cella is None else str(cella)) for cella in riga]
