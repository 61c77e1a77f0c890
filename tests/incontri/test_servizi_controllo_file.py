"""Files as they come from outside: those that may come in, and every way of not being what the name says."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook
from PIL import Image

from incontri.servizi import archivi_zip
from incontri.servizi.controllo_file import FileRifiutato, controlla_file, nome_pulito

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"


def zip_di(voci, prima=b"", dopo=b""):
    """A zip with these entries: name to content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archivio:
        for nome, contenuto in voci.items():
            archivio.writestr(nome, contenuto)
    return prima + buffer.getvalue() + dopo


def opendocument(tipo, **altre):
    voci = {"mimetype": tipo, "content.xml": "<x/>", "META-INF/manifest.xml": "<manifest/>"}
    return zip_di(voci | {nome.replace("__", "/"): testo for nome, testo in altre.items()})


def ooxml(parte, tipo, **altre):
    tipi = f'<Types><Override PartName="/{parte}" ContentType="{tipo}.main+xml"/></Types>'
    return zip_di({"[Content_Types].xml": tipi, parte: "<x/>"} | {n.replace("__", "/"): t for n, t in altre.items()})


def scritto(oggetto, *argomenti):
    buffer = io.BytesIO()
    oggetto.save(buffer, *argomenti)
    return buffer.getvalue()


def docx():
    documento = Document()
    documento.add_paragraph("Testo")
    return scritto(documento)


def foto(formato):
    return scritto(Image.new("RGB", (8, 8)), formato)


BUONI = {
    "a.pdf": (PDF, "application/pdf"),
    "a.docx": (docx(), DOCX),
    "a.xlsx": (scritto(Workbook()), XLSX),
    "a.odt": (opendocument(ODT), ODT),
    "a.ods": (opendocument(ODS), ODS),
    "a.png": (foto("PNG"), "image/png"),
    "a.jpg": (foto("JPEG"), "image/jpeg"),
    "A.JPEG": (foto("JPEG") + b"coda di un telefono", "image/jpeg"),
    "a.txt": ("Perché sì".encode(), "text/plain; charset=utf-8"),
    "accenti.txt": ("Perché sì".encode("cp1252"), "text/plain; charset=utf-8"),
    "a.csv": ("\ufeffente;quanti\nBollate;3\n".encode(), "text/csv; charset=utf-8"),
    "verbale 2026.06.13.pdf": (PDF, "application/pdf"),
}


def controlla(nome, contenuto):
    file = SimpleUploadedFile("x", contenuto)
    file._name = nome  # as it came: Django's setter would already take the path away
    return controlla_file(file)


@pytest.mark.parametrize("nome", BUONI)
def test_entrano(nome):
    contenuto, tipo = BUONI[nome]
    assert (controlla(nome, contenuto).nome, controlla(nome, contenuto).tipo) == (nome, tipo)


NON_E = "il contenuto non è quello"
CATTIVI = {
    "vuoto": ("a.pdf", b"", "è vuoto"),
    "un eseguibile col nome di un PDF": ("a.pdf", b"MZ\x90\x00" + PDF, NON_E),
    "un PDF a metà": ("a.pdf", PDF[:20], NON_E),
    "un PDF dopo dell'altro": ("a.pdf", b"<html>" + PDF, NON_E),
    "un PDF che è anche uno zip": ("a.pdf", PDF + zip_di({"a": "b"}), NON_E),
    "una foto che è anche uno zip": ("a.jpg", foto("JPEG") + zip_di({"a": "b"}), NON_E),
    "una foto che è un'altra": ("a.png", foto("JPEG"), NON_E),
    "un PNG con una coda": ("a.png", foto("PNG") + b"<script>", NON_E),
    "SVG": ("a.svg", b"<svg/>", "questo tipo di file"),
    "HTML": ("a.html", b"<html>", "questo tipo di file"),
    "senza estensione": ("pdf", PDF, "questo tipo di file"),
    "solo estensione": (".pdf", PDF, "questo tipo di file"),
    "il formato vecchio di Word": ("a.doc", b"\xd0\xcf\x11\xe0", "questo tipo di file"),
    "Word con le macro": ("a.docm", docx(), "questo tipo di file"),
    "due estensioni": ("a.exe.pdf", PDF, "due estensioni"),
    "due estensioni alla rovescia": ("a.pdf.exe", PDF, "questo tipo di file"),
    "pagina web nel testo": ("a.txt", b"\n <!DOCTYPE html><p>ciao", "una pagina web"),
    "script nel CSV": ("a.csv", b"a;b\n1;<script>alert(1)</script>", "una pagina web"),
    "SVG nel testo": ("a.txt", b"<svg onload=alert(1)>", "una pagina web"),
    "binario nel testo": ("a.txt", b"ciao\x00ciao", NON_E),
    "DOCX che è un altro zip": ("a.docx", zip_di({"a.txt": "ciao"}), NON_E),
    "DOCX che è un XLSX": ("a.docx", scritto(Workbook()), NON_E),
    "ODT che è un ODS": ("a.odt", opendocument(ODS), NON_E),
    "DOCX rotto": ("a.docx", docx()[:-200], NON_E),
    "DOCX con qualcosa davanti": ("a.docx", b"#!/bin/sh\n" + docx(), NON_E),
    "DOCX con qualcosa dietro": ("a.docx", docx() + b"MZ", NON_E),
    "DOCX con una macro": ("a.docx", ooxml("word/document.xml", DOCX, word__vbaProject="x"), "macro"),
    "XLSX con il tipo delle macro": (
        "a.xlsx",
        zip_di(
            {
                "[Content_Types].xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                "xl/workbook.xml": "<x/>",
            }
        ),
        "macro",
    ),
    "ODT con una macro": ("a.odt", opendocument(ODT, Basic__Standard__Modulo="x"), "macro"),
    "ODT con una password": (
        "a.odt",
        zip_di({"mimetype": ODT, "content.xml": "", "META-INF/manifest.xml": "<encryption-data/>"}),
        "password",
    ),
    "DOCX con una password": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "password"),
    "DOCX che esce dalla cartella": ("a.docx", zip_di({"../../etc/passwd": "x"}), NON_E),
    "bomba": ("a.xlsx", zip_di({"xl/worksheets/sheet1.xml": b"0" * 60_000_000}), "enorme"),
    "bomba di molti file": ("a.odt", zip_di({str(n): "" for n in range(5001)}), "enorme"),
}


@pytest.mark.parametrize("quale", CATTIVI)
def test_non_entrano(quale):
    nome, contenuto, perche = CATTIVI[quale]
    with pytest.raises(FileRifiutato) as rifiutato:
        controlla(nome, contenuto)
    assert perche in str(rifiutato.value)
    assert str(rifiutato.value).startswith(f"«{nome_pulito(nome)}»: ")


def test_una_cartella_che_mente_non_si_apre_oltre_quello_che_dice(monkeypatch):
    """The directory declares 10 bytes, the entry holds a thousand times as many: nobody reads them."""
    bugiardo = bytearray(zip_di({"word/document.xml": b"0" * 3_000_000}))
    posto = bugiardo.rfind(b"PK\x01\x02")
    bugiardo[posto + 24 : posto + 28] = (10).to_bytes(4, "little")
    letti = []
    monkeypatch.setattr(archivi_zip, "_BLOCCO", 7)
    lettore = zipfile.ZipExtFile.read
    monkeypatch.setattr(zipfile.ZipExtFile, "read", lambda s, n=-1: letti.append(d := lettore(s, n)) or d)
    with pytest.raises(FileRifiutato, match=NON_E):
        controlla("a.docx", bytes(bugiardo))
    assert sum(map(len, letti)) <= 10


def test_pesa_troppo(settings):
    settings.ALLEGATO_MB = 1
    with pytest.raises(FileRifiutato, match="al massimo 1 MB"):
        controlla("a.txt", b"x" * (1024 * 1024 + 1))
    assert controlla("a.txt", b"x" * 1024 * 1024).nome == "a.txt"


@pytest.mark.parametrize(
    ("nome", "pulito"),
    [
        ("C:\\Documenti\\verbale.pdf", "verbale.pdf"),
        ("../../etc/relazione.txt", "relazione.txt"),
        ("foto\u202egpj.png", "fotogpj.png"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ('"virgolette";.pdf', "_virgolette__.pdf"),
        ("  spazi   in mezzo .pdf", "spazi in mezzo.pdf"),
        ("è\u0301.txt", "è́.txt"),
        ("x" * 300 + ".pdf", "x" * 140 + ".pdf"),
        ("", ""),
    ],
)
def test_il_nome_si_pulisce(nome, pulito):
    assert nome_pulito(nome) == pulito


def test_il_file_resta_all_inizio():
    file = SimpleUploadedFile("a.pdf", PDF)
    controlla_file(file)
    assert file.read() == PDF
