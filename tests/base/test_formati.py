"""CSV and XLSX in, CSV and XLSX out."""

import io
import zipfile
from datetime import date, datetime

import pytest
import tablib
from openpyxl import Workbook

from tavolo.base.formati import CSV, XLSX, FileNonLeggibile, apri_zip, formato_di


def righe(tabella):
    return [tabella.headers, *map(list, tabella)]


def foglio(*righe_del_foglio):
    libro = Workbook()
    for riga in righe_del_foglio:
        libro.active.append(riga)
    uscita = io.BytesIO()
    libro.save(uscita)
    return uscita.getvalue()


def riscritto(xlsx, nome, come):
    """The workbook with one of its parts changed."""
    uscita = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as vecchio, zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as nuovo:
        for voce in vecchio.namelist():
            nuovo.writestr(voce, come(vecchio.read(voce)) if voce == nome else vecchio.read(voce))
    return uscita.getvalue()


def rifiuto(formato, contenuto):
    with pytest.raises(FileNonLeggibile) as preso:
        formato().create_dataset(contenuto)
    return preso.value.messaggi


@pytest.mark.parametrize("codifica", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separatore", [",", ";", "\t"])
def test_csv_in_ogni_codifica_e_separatore(codifica, separatore):
    testo = separatore.join(["Slug", "nome"]) + "\r\n" + separatore.join(["citta", "Città è «qui»"]) + "\r\n"
    assert righe(CSV().create_dataset(testo.encode(codifica))) == [["slug", "nome"], ["citta", "Città è «qui»"]]


def test_csv_tiene_il_numero_di_riga_del_file():
    tabella = CSV().create_dataset(b"slug,nome\n\na,uno\n,,\n\nb,due\n")
    assert (righe(tabella)[1:], tabella.numeri) == ([["a", "uno"], ["b", "due"]], [3, 6])


@pytest.mark.parametrize(
    ("contenuto", "messaggi"),
    [
        (b"", ("Il file è vuoto: la prima riga deve avere i nomi delle colonne.",)),
        (b"\r\n , \r\n", ("Il file è vuoto: la prima riga deve avere i nomi delle colonne.",)),
        (b"a,b\n1,2,3\n1\n", ("Riga 2: ha 3 celle, le colonne sono 2.", "Riga 3: ha 1 celle, le colonne sono 2.")),
        (b"a,b\n1,=2+2\n", ("Riga 2, colonna «b»: c'è una formula, scrivi il valore.",)),
        (b"a,,b,a\n1,2,3,4\n", ("La colonna 2 non ha un nome.", "La colonna «a» c'è due volte.")),
        (b'a,b\n1,"due\n', ("Riga 2 del file: una cella è troppo lunga o ha le virgolette fuori posto.",)),
        (b"a,b\n1,\x002\n", ("Il file non è un testo CSV: contiene byte che non sono caratteri.",)),
        (bytes(range(256)), ("Il file non è un testo CSV: contiene byte che non sono caratteri.",)),
        (b"\xff\xfea", ("Il file non è un testo CSV: contiene byte che non sono caratteri.",)),
    ],
)
def test_csv_rifiutato(contenuto, messaggi):
    assert rifiuto(CSV, contenuto) == messaggi


def test_troppe_righe_dette_con_i_due_numeri(settings):
    settings.RIGHE_MASSIME_IMPORTAZIONE = 5000
    atteso = ("Il file ha 50000 righe: il massimo è 5000, dividilo in più file.",)
    assert rifiuto(CSV, b"slug,nome\n" + b"a,b\n" * 50_000) == atteso
    assert CSV().create_dataset(b"slug\n" + b"a\n" * 5000).height == 5000


def test_xlsx_come_e_scritto():
    libro = Workbook()
    libro.active.append(["slug", "cap", "giorno", "ora", "numero", "vero", "vuota"])
    libro.active.append(["a", 27, date(2026, 9, 15), datetime(2026, 9, 15, 10, 30), 3.0, True])  # noqa: DTZ001
    libro.active["B2"].number_format = "000000"
    uscita = io.BytesIO()
    libro.save(uscita)
    letto = XLSX().create_dataset(uscita.getvalue())
    assert righe(letto)[1] == ["a", "000027", "2026-09-15", "2026-09-15 10:30", "3", "sì", ""]


def test_xlsx_con_la_dimensione_sbagliata_si_legge_tutto():
    onesto = foglio(["slug", "nome"], *[[f"s{n}", f"n{n}"] for n in range(8)])
    bugiardo = riscritto(onesto, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:B9"', b'ref="A1:B2"'))
    assert bugiardo != onesto
    assert XLSX().create_dataset(bugiardo).height == 8


@pytest.mark.parametrize("cella", ["=1+1", "=HYPERLINK(A1)"])
def test_xlsx_con_una_formula(cella):
    atteso = ("Riga 2, colonna «nome»: c'è una formula, scrivi il valore.",)
    assert rifiuto(XLSX, foglio(["slug", "nome"], ["a", cella])) == atteso


def test_xlsx_rovinato():
    atteso = ("Il file non è un foglio Excel (.xlsx), oppure è rovinato.",)
    senza_fogli = io.BytesIO()
    with zipfile.ZipFile(senza_fogli, "w") as archivio:
        archivio.writestr("niente.txt", "niente")
    rotto = riscritto(foglio(["slug"], ["a"]), "xl/worksheets/sheet1.xml", lambda xml: xml[:-40])
    assert [rifiuto(XLSX, uno) for uno in (senza_fogli.getvalue(), rotto)] == [atteso, atteso]


def test_bomba_rifiutata_senza_aprirla():
    bomba = riscritto(foglio(["slug"], ["a"]), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 70_000_000)
    assert len(bomba) < 200_000
    atteso = ("Il file, una volta aperto, sarebbe troppo grande: dividilo in più file.",)
    assert rifiuto(XLSX, bomba) == atteso
    with pytest.raises(FileNonLeggibile):
        apri_zip(b"PK\x03\x04 non e uno zip")


def test_il_formato_si_vede_dal_contenuto():
    assert [formato_di(c) for c in (foglio(["a"]), b"a,b\n", b"")] == [XLSX, CSV, CSV]


VELENI = [
    "=1+1",
    "'=1+1",
    "''=1+1",
    "+cmd",
    "-1+1",
    "@SUM(A1)",
    "\tx",
    "-",
    "'",
    "'ciao",
    "+39 02 1234567",
    "-5,3",
    "uno\ndue",
    'virgolette " e , e ;',
    "",
]


@pytest.mark.parametrize("formato", [CSV, XLSX])
def test_quello_che_esce_rientra_uguale(formato):
    tabella = tablib.Dataset(*[["a", veleno] for veleno in VELENI], headers=["slug", "nome"])
    uscito = formato().export_data(tabella)
    rientrato = formato().create_dataset(uscito)
    assert righe(rientrato)[1:] == [["a", veleno] for veleno in VELENI]
    assert formato().export_data(rientrato)[:4] == uscito[:4]


def test_nessuna_cella_esce_come_formula():
    tabella = tablib.Dataset(["=1+1"], ["@x"], ["+39 02 1234567"], headers=["nome"])
    assert CSV().export_data(tabella) == "\ufeffnome\r\n'=1+1\r\n'@x\r\n+39 02 1234567\r\n".encode()


def test_xlsx_non_taglia_in_silenzio():
    with pytest.raises(ValueError, match="troppo lungo per Excel"):
        XLSX().export_data(tablib.Dataset(["a" * 40_000], headers=["nome"]))
