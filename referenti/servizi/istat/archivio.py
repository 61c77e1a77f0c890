"""From the file as downloaded, a zip or the CSV in it, to rows of cells, one at a time.

The national files are tens of megabytes once open: they are never whole in memory.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, TypeVar

from tavolo.base.formati import FileNonLeggibile

T = TypeVar("T")
BYTE_APERTI = 160 * 1024 * 1024  # the largest file of the kind, national with the marital status, is about half
CODIFICHE = ("utf-8-sig", "cp1252")
DEI_COMUNI = ("comuni", "municipalities")


def leggi_righe(file: BinaryIO, nome: str, lettore: Callable[[str, Callable[[str], Iterator]], T]) -> T:
    """What `lettore` makes of the text, given the name of the CSV and a function from a separator to numbered rows.

    The encoding is tried by reading; `lettore` may therefore be called twice. Raises FileNonLeggibile.
    """
    apri, nome_csv = _sorgente(file, nome)
    for codifica in CODIFICHE:
        try:
            return lettore(nome_csv, partial(_righe, apri, codifica))
        except UnicodeDecodeError:
            continue
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as errore:
            raise FileNonLeggibile(
                f"Non riesco ad aprire «{nome_csv}» dentro l'archivio: è rovinato o protetto. Scaricalo di nuovo."
            ) from errore
    raise FileNonLeggibile(f"«{nome_csv}» non è un testo CSV: contiene byte che non sono caratteri.")


def _sorgente(file: BinaryIO, nome: str) -> tuple[Callable[[], BinaryIO], str]:
    inizio = file.read(4)
    file.seek(0)
    if not inizio:
        raise FileNonLeggibile(f"«{nome}» è vuoto.")
    if inizio[:2] != b"PK":
        return (lambda: _da_capo(file)), PurePosixPath(nome).name
    try:
        archivio = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as errore:
        raise FileNonLeggibile(
            f"«{nome}» è rovinato: non riesco ad aprirlo. Scaricalo di nuovo da demo.istat.it."
        ) from errore
    voce = _voce(archivio, nome)
    if voce.file_size > BYTE_APERTI:
        raise FileNonLeggibile(
            f"«{voce.filename}», una volta aperto, sarebbe troppo grande ({voce.file_size // 1024 // 1024} MB): "
            "non è un file di demo.istat.it."
        )
    return (lambda: archivio.open(voce)), PurePosixPath(voce.filename).name  # type: ignore[return-value]


def _voce(archivio: zipfile.ZipFile, nome: str) -> zipfile.ZipInfo:
    """The CSV to read: the only one, or that of the comuni among several."""
    csv_dentro = [
        voce
        for voce in archivio.infolist()
        if voce.filename.lower().endswith(".csv") and "__MACOSX" not in PurePosixPath(voce.filename).parts
    ]
    dei_comuni = [v for v in csv_dentro if any(p in PurePosixPath(v.filename).name.lower() for p in DEI_COMUNI)]
    for voci in (csv_dentro, dei_comuni):
        if len(voci) == 1:
            return voci[0]
    quanti = f"ci sono {len(csv_dentro)} file CSV" if csv_dentro else "non c'è nessun file CSV"
    raise FileNonLeggibile(
        f"In «{nome}» {quanti}: ne aspetto uno solo, come in «POSAS_2024_it_Comuni.zip» di demo.istat.it."
    )


def _da_capo(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _righe(apri: Callable[[], BinaryIO], codifica: str, separatore: str) -> Iterator[tuple[int, list[str]]]:
    contato: Any = _Contato(apri())
    testo = io.TextIOWrapper(contato, encoding=codifica, newline="")
    lettore = csv.reader(testo, delimiter=separatore)
    try:
        for riga in lettore:
            yield lettore.line_num, riga
    except csv.Error as errore:
        raise FileNonLeggibile(
            f"Riga {lettore.line_num + 1}: una cella è troppo lunga o ha le virgolette fuori posto."
        ) from errore
    finally:
        testo.detach()


class _Contato(io.BufferedIOBase):
    """A stream that stops who reads more than a file of the kind can be, whatever its directory says."""

    def __init__(self, sorgente: BinaryIO):
        self.sorgente, self.letti = sorgente, 0

    def readable(self) -> bool:
        return True

    def read1(self, quanti: int = -1, /) -> bytes:  # what TextIOWrapper calls
        return self.read(quanti if quanti > 0 else 65536)

    def read(self, quanti: int | None = -1, /) -> bytes:
        pezzo = self.sorgente.read(65536 if quanti is None or quanti < 0 else quanti)
        self.letti += len(pezzo)
        if self.letti > BYTE_APERTI:
            raise FileNonLeggibile("Il file, una volta aperto, è troppo grande: non è un file di demo.istat.it.")
        return pezzo
