"""Zip archives as they come from outside: whole, honest and no bigger than they say; and the ends of any file."""

import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

MB = 1024 * 1024
# What an archive may hold, unpacked: the largest honest documents stay far below (security.md: 1 MB became 1 GiB).
VOCI_MASSIME, APERTO_MASSIMO, RAPPORTO_MASSIMO = 5000, 200 * MB, 200
RAPPORTO_DA = 2 * MB
_BLOCCO = 64 * 1024
_FINE_ZIP = b"PK\x05\x06"


class FileRifiutato(Exception):
    """The file is not taken in; the message tells the person which and why."""


def testa(file: Any, quanti: int) -> bytes:
    """The first bytes of a file."""
    file.seek(0)
    return file.read(quanti)


def coda(file: Any, quanti: int) -> bytes:
    """The last bytes of a file."""
    file.seek(max(0, file.size - quanti))
    return file.read()


def nasconde_uno_zip(file: Any) -> bool:
    """Whether the file is also a zip (so a jar, a document): its end says so, with a comment that ends with the file."""
    ultimi = coda(file, 65557)
    posto = ultimi.rfind(_FINE_ZIP)
    return (
        posto >= 0
        and len(ultimi) - posto >= 22
        and posto + 22 + int.from_bytes(ultimi[posto + 20 : posto + 22], "little") == len(ultimi)
    )


def apri_zip(file: Any) -> zipfile.ZipFile | None:
    """The archive, if it is whole, begins and ends with the file and is no bomb; raises FileRifiutato for a bomb."""
    if testa(file, 4) != b"PK\x03\x04" or not nasconde_uno_zip(file):
        if testa(file, 8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise FileRifiutato(
                "è protetto da una password, o è di un formato vecchio: salvalo senza password e riprova."
            )
        return None
    try:
        file.seek(0)
        archivio = zipfile.ZipFile(file)
        voci = archivio.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if len(voci) > VOCI_MASSIME or sum(v.file_size for v in voci) > APERTO_MASSIMO or any(_gonfia(v) for v in voci):
        raise FileRifiutato("aperto diventa enorme: non possiamo prenderlo.")
    if len({v.filename for v in voci}) != len(voci) or any(not _onesta(v) for v in voci):
        return None
    return archivio if _si_legge(archivio, voci) else None


def _gonfia(voce: zipfile.ZipInfo) -> bool:
    return voce.file_size > RAPPORTO_DA and voce.file_size > RAPPORTO_MASSIMO * max(voce.compress_size, 1)


def _onesta(voce: zipfile.ZipInfo) -> bool:
    posto = PurePosixPath(voce.filename)
    cifrata = bool(voce.flag_bits & 1)
    return not (cifrata or posto.is_absolute() or ".." in posto.parts or "\\" in voce.filename or ":" in voce.filename)


def _si_legge(archivio: zipfile.ZipFile, voci: list[zipfile.ZipInfo]) -> bool:
    """Whether every entry gives what the directory declares: never more than that is read of it."""
    try:
        for voce in voci:
            with archivio.open(voce) as dentro:
                while dentro.read(_BLOCCO):
                    pass
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return False
    return True
