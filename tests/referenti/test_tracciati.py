"""Bad files through the import page of the back office, as the coordinator meets them."""

import io
import zipfile
from html import unescape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from referenti.models import Ente
from tavolo.base.formati import BYTE_MASSIMI

pytestmark = pytest.mark.django_db
BUONO = "slug,denominazione,tipo,comune\nperù,Perù è qui,associazione,bollate\n".replace("perù", "peru")


def xlsx(*righe):
    libro = Workbook()
    for riga in righe:
        libro.active.append(riga)
    uscita = io.BytesIO()
    libro.save(uscita)
    return uscita.getvalue()


def riscritto(contenuto, come):
    uscita, nome = io.BytesIO(), "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(contenuto)) as vecchio, zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as nuovo:
        for voce in vecchio.namelist():
            nuovo.writestr(voce, come(vecchio.read(voce)) if voce == nome else vecchio.read(voce))
    return uscita.getvalue()


def manda(cliente, contenuto, nome="enti.csv"):
    file = SimpleUploadedFile(nome, contenuto)
    return cliente.post(reverse("admin:referenti_ente_import"), {"import_file": file, "resource": "0", "format": ""})


INTESTAZIONE = ["slug", "denominazione", "tipo"]
SBAGLIATO = xlsx(INTESTAZIONE, *[[f"s{n}", f"Ente {n}", "associazione"] for n in range(8)])
BUONI = {
    "utf-8": (BUONO.encode(), 1),
    "cp1252": (BUONO.encode("cp1252"), 1),
    "utf-16": (BUONO.encode("utf-16"), 1),
    "punto e virgola": (BUONO.replace(",", ";").encode("cp1252"), 1),
    "xlsx": (xlsx(INTESTAZIONE, ["a", "Ente A", "asst"]), 1),
    "xlsx di dimensione sbagliata": (riscritto(SBAGLIATO, lambda x: x.replace(b'ref="A1:C9"', b'ref="A1:C2"')), 8),
}
CATTIVI = {
    "colonna sbagliata": (b"slug,denominazione,tip\na,A,asst\n", "Colonna sconosciuta «tip»; forse «tipo»?"),
    "comune sconosciuto": (BUONO.replace("bollate", "bolate").encode(), "«bolate» non esiste; forse «bollate»?"),
    "data rotta": (b"slug,denominazione,tipo,dal\na,A,asst,30/02/2026\n", "«2026-02-30» non è una data"),
    "troppe righe": (b"slug,denominazione\n" + b"a,b\n" * 50_000, "Il file ha 50000 righe: il massimo è 20000"),
    "formula": (b"slug,denominazione,tipo\na,=1+1,asst\n", "Riga 2, colonna «denominazione»: c'è una formula"),
    "formula xlsx": (xlsx(INTESTAZIONE, ["a", "=1+1", "asst"]), "Riga 2, colonna «denominazione»: c'è una formula"),
    "bomba": (riscritto(xlsx(["slug"]), lambda x: x + b" " * 70_000_000), "sarebbe troppo grande"),
    "righe storte": (b"slug,denominazione\na,b,c\n", "Riga 2: ha 3 celle, le colonne sono 2."),
    "vuoto": (b" ", "Il file è vuoto"),
    "solo intestazione": (b"slug,denominazione\n", "non c'è nessuna riga"),
    "spazzatura": (bytes(range(256)) * 10, "contiene byte che non sono caratteri"),
    "zip": (b"PK\x03\x04 rotto", "Il file è rovinato"),
}


@pytest.mark.parametrize(("contenuto", "righe"), BUONI.values(), ids=BUONI)
def test_file_buoni_anteprima_e_conferma(contenuto, righe, anna, bollate, come):
    cliente, prima = come(anna), Ente.objects.count()
    pagina = manda(cliente, contenuto)
    assert (pagina.context["result"].nuove, pagina.context["result"].errori) == (righe, [])
    assert Ente.objects.count() == prima
    finito = cliente.post(
        reverse("admin:referenti_ente_process_import"), pagina.context["confirm_form"].initial, follow=True
    )
    assert [str(m) for m in finito.context["messages"]] == [
        f"Importazione finita. Nuove: {righe}; aggiornate: 0; invariate: 0."
    ]
    assert Ente.objects.count() == prima + righe
    assert Ente.objects.order_by("creato").last().storia.get().history_user == anna


@pytest.mark.parametrize(("contenuto", "frase"), CATTIVI.values(), ids=CATTIVI)
def test_file_cattivi_frase_chiara_e_niente_salvato(contenuto, frase, anna, bollate, come):
    prima = Ente.objects.count()
    pagina = manda(come(anna), contenuto)
    assert (pagina.status_code, "confirm_form" in pagina.context) == (200, False)
    assert frase in unescape(pagina.content.decode())
    assert Ente.objects.count() == prima


@pytest.mark.parametrize(("quanti", "letto"), [(BYTE_MASSIMI, True), (BYTE_MASSIMI + 1, False)])
def test_un_file_troppo_grande_si_rifiuta_senza_leggerlo(quanti, letto, anna, come):
    errori = manda(come(anna), b"x" * quanti).context["form"].errors["import_file"]
    assert (errori == ["Il file è troppo grande: il massimo è 10 MB."]) is not letto


def test_senza_file(anna, come):
    risposta = come(anna).post(reverse("admin:referenti_ente_import"), {"resource": "0", "format": ""})
    assert (risposta.status_code, risposta.context["form"].errors["import_file"]) == (
        200,
        ["Questo campo è obbligatorio."],
    )


def test_conferma_scaduta_o_inventata(anna, come):
    cliente = come(anna)
    for dati in ({}, {"import_file_name": "x", "original_file_name": "x", "format": "7"}):
        risposta = cliente.post(reverse("admin:referenti_ente_process_import"), dati, follow=True)
        assert [str(m) for m in risposta.context["messages"]] == ["L'anteprima è scaduta: manda di nuovo il file."]


def test_dati_cambiati_fra_anteprima_e_conferma(anna, bollate, come):
    cliente = come(anna)
    conferma = manda(cliente, BUONO.encode()).context["confirm_form"].initial
    bollate.delete()
    risposta = cliente.post(reverse("admin:referenti_ente_process_import"), conferma, follow=True)
    assert [str(m) for m in risposta.context["messages"]] == [
        "Riga 2, colonna «comune»: «bollate» non esiste.",
        "Niente è stato salvato.",
    ]
    assert Ente.objects.count() == 1


@pytest.mark.parametrize(("formato", "tipo"), [("0", "csv"), ("1", "xlsx")])
def test_export_con_i_filtri(formato, tipo, anna, comune_di_bollate, come):
    risposta = come(anna).post(reverse("admin:referenti_ente_export") + "?tipo__exact=comune", {"format": formato})
    assert f".{tipo}" in risposta["Content-Disposition"]
    if formato == "0":
        righe = risposta.content.decode("utf-8-sig").splitlines()
        assert [riga.split(",")[1] for riga in righe] == ["denominazione", "Comune di Bollate"]


def test_import_e_export_solo_per_chi_coordina(bruno, mira, come):
    for utente in (bruno, mira):
        for vista in ("import", "export"):
            assert come(utente).get(reverse(f"admin:referenti_ente_{vista}"), follow=True).status_code == 403


@pytest.fixture(autouse=True)
def cache_pulita():
    yield
    cache.clear()
