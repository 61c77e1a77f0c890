"""Whether a file is what its name says, and nothing else: name, size, first bytes, structure of its container.

Allowed are the documents people attach to minutes; anything a browser or an office program would run is refused. No
file is ever opened here but as bytes and as the directory of a zip: a zip bomb is refused from its directory.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from incontri.servizi.archivi_zip import MB, FileRifiutato, apri_zip, coda, nasconde_uno_zip, testa

TIPI = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
AMMESSI = "PDF, DOCX, ODT, XLSX, ODS, PNG, JPEG, TXT e CSV"
# An ending in the middle of a name that a careless program would obey: "foto.exe.jpg", "pagina.html.txt".
_PERICOLOSI = re.compile(
    r"\.(?:exe|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|jar|lnk|sh|php|phtml|asp|aspx|jsp|py"
    r"|pl|html|htm|xhtml|svg|xml|docm|dotm|xlsm|xltm|xlam|pptm)\."
)


@dataclass(frozen=True)
class FileControllato:
    """What a file that may come in is: its clean name and its type."""

    nome: str
    tipo: str


def nome_pulito(nome: str) -> str:
    """The name without path, control characters and those that turn the writing round, at most 150 characters long."""
    solo = re.split(r"[/\\]", unicodedata.normalize("NFC", nome))[-1]
    puliti = "".join(c for c in solo if unicodedata.category(c)[0] != "C")
    puliti = re.sub(r'[<>:"|?*;%]', "_", " ".join(puliti.split())).strip(". ")
    corpo, punto, fine = puliti.rpartition(".")
    return f"{corpo[:140].strip('. ')}{punto}{fine[:10]}" if punto else puliti[:150]


def controlla_file(file: Any) -> FileControllato:
    """What the file is; raises FileRifiutato if it may not come in. The file is left at its beginning."""
    nome = nome_pulito(file.name or "")
    try:
        return FileControllato(nome, _tipo(file, nome))
    except FileRifiutato as rifiutato:
        raise FileRifiutato(f"«{nome or 'senza nome'}»: {rifiutato}") from None
    finally:
        file.seek(0)


def _tipo(file: Any, nome: str) -> str:
    pezzi = nome.lower().split(".")
    estensione = pezzi[-1] if len(pezzi) > 1 and pezzi[0] else ""
    if estensione not in TIPI:
        raise FileRifiutato(f"questo tipo di file non si può allegare. Vanno bene {AMMESSI}.")
    if _PERICOLOSI.search(nome.lower()):
        raise FileRifiutato("il nome ha due estensioni: rinomina il file e riprova.")
    if not file.size:
        raise FileRifiutato("il file è vuoto.")
    if file.size > settings.ALLEGATO_MB * MB:
        raise FileRifiutato(f"pesa troppo: al massimo {settings.ALLEGATO_MB} MB.")
    if not _CONTROLLI[estensione](file):
        raise FileRifiutato(
            f"il contenuto non è quello di un file {estensione.upper()}. Aprilo, salvalo di nuovo in questo formato e riprova."
        )
    return TIPI[estensione]


def _pdf(file: Any) -> bool:
    inizio, fine = testa(file, 8), coda(file, 2048)
    return re.match(rb"%PDF-[12]\.\d", inizio) is not None and b"%%EOF" in fine and not nasconde_uno_zip(file)


def _png(file: Any) -> bool:
    intestazione = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    return testa(file, 16) == intestazione and coda(file, 12) == b"\x00\x00\x00\x00IEND\xaeB`\x82"


def _jpeg(file: Any) -> bool:
    # Telephones write more after the picture: what matters is that it is a picture, and no archive.
    return testa(file, 3) == b"\xff\xd8\xff" and b"\xff\xd9" in coda(file, 10 * MB) and not nasconde_uno_zip(file)


def _testo(file: Any) -> bool:
    file.seek(0)
    tutto = file.read()
    try:
        testo = tutto.decode("utf-16" if tutto[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        testo = tutto.decode("cp1252", errors="replace")
    if any(ord(c) < 32 and c not in "\t\n\r\f" for c in testo) or tutto.startswith((b"%PDF", b"PK\x03\x04", b"MZ")):
        return False
    if re.match(r"\s*<[!?a-z]", testo, re.IGNORECASE) or re.search(
        r"<(?:script|html|svg|iframe)\b", testo[:4096], re.IGNORECASE
    ):
        raise FileRifiutato("contiene una pagina web, non un testo.")
    return True


def _office(parte: str, tipo: str):
    def _controlla(file: Any) -> bool:
        archivio = apri_zip(file)
        if archivio is None:
            return False
        nomi = {nome.lower() for nome in archivio.namelist()}
        if any("vbaproject" in nome or "/activex" in nome or "macrosheet" in nome for nome in nomi):
            raise FileRifiutato("contiene macro: salvalo senza e riprova.")
        if "[Content_Types].xml" not in archivio.namelist() or parte not in nomi:
            return False
        tipi = archivio.read("[Content_Types].xml").lower()
        if b"macroenabled" in tipi or b"vbaproject" in tipi:
            raise FileRifiutato("contiene macro: salvalo senza e riprova.")
        return tipo.encode() in tipi

    return _controlla


def _opendocument(estensione: str):
    def _controlla(file: Any) -> bool:
        archivio = apri_zip(file)
        if archivio is None:
            return False
        prima, nomi = archivio.infolist()[0], archivio.namelist()
        if any(nome.startswith(("Basic/", "Scripts/")) for nome in nomi):
            raise FileRifiutato("contiene macro: salvalo senza e riprova.")
        if prima.filename != "mimetype" or archivio.read(prima).strip() != TIPI[estensione].encode():
            return False
        if not {"content.xml", "META-INF/manifest.xml"} <= set(nomi):
            return False
        if b"encryption-data" in archivio.read("META-INF/manifest.xml"):
            raise FileRifiutato("è protetto da una password: salvalo senza e riprova.")
        return True

    return _controlla


_CONTROLLI = {
    "pdf": _pdf,
    "png": _png,
    "jpg": _jpeg,
    "jpeg": _jpeg,
    "txt": _testo,
    "csv": _testo,
    "docx": _office("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": _office("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "odt": _opendocument("odt"),
    "ods": _opendocument("ods"),
}
