"""The restitution document as files: tagged PDF, DOCX and ODT that word processors read, HTML of its own; the command."""

import io
import zipfile
from datetime import date

import docx
import pytest
from django.core.management import CommandError, call_command

from incontri.documenti.restituzione import disegna
from incontri.models import Restituzione
from incontri.servizi.restituzioni.contenuto import contenuto
from incontri.stampa import restituzione
from tests.incontri.pubblicati import pubblica as pubblica_verbale
from tests.mondo.restituzioni import pubblica

pytestmark = pytest.mark.django_db


@pytest.fixture
def dati():
    """A published document with a figure, a table and a source."""
    return contenuto(pubblica("Il nostro lavoro"), portale="https://portale.example.org", disegna=disegna)


def test_il_pdf_e_da_conservare_e_accessibile(dati):
    scritto = restituzione.pdf(dati)
    assert scritto == restituzione.pdf(dati)
    assert scritto.startswith(b"%PDF-1.7")
    # The metadata of PDF/A-2a and PDF/UA-1, the tree of tags, what each figure says in words.
    for marchio in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1", b"/StructTreeRoot", b"/Alt"):
        assert marchio in scritto


def test_il_docx_si_legge(dati):
    scritto = restituzione.docx(dati)
    assert scritto == restituzione.docx(dati)
    letto = docx.Document(io.BytesIO(scritto))
    titoli = [p.text for p in letto.paragraphs if p.style.name.startswith("Heading")]
    assert titoli == ["Il nostro lavoro", "1. Chi risponde, comune per comune", "Le fonti"]
    assert [cella.text for cella in letto.tables[0].rows[1].cells] == ["Casa", "Lacuna"]
    assert "Casa – lacuna: Bollate" in letto.inline_shapes[0]._inline.docPr.get("descr")
    assert "TOC" in letto.element.xml


def test_l_odt_si_legge(dati):
    scritto = restituzione.odt(dati)
    assert scritto == restituzione.odt(dati)
    with zipfile.ZipFile(io.BytesIO(scritto)) as pacco:
        assert pacco.testzip() is None
        assert "Pictures/figura1.png" in pacco.namelist()
        contenuto_xml = pacco.read("content.xml").decode()
    assert "Casa – lacuna: Bollate" in contenuto_xml
    assert "1. Chi risponde, comune per comune" in contenuto_xml


def test_la_pagina_non_chiede_niente_a_nessuno(dati):
    scritta = restituzione.html(dati)
    assert '<h2 id="sezione-1">1. Chi risponde, comune per comune' in scritta
    assert '<a href="#sezione-1">' in scritta
    assert "<svg" in scritta
    assert "<script" not in scritta


def test_una_bozza_dice_di_esserlo(dati):
    foglio = restituzione.foglio(dati | {"numero": "", "stato": "in-consultazione"})
    assert (foglio.marchio, foglio.piede) == ("IN CONSULTAZIONE", "")


def test_il_comando_lo_fa_per_intero_e_di_nuovo_sulla_stessa_bozza(tmp_path):
    pubblica_verbale(giorno=(2026, 3, 10))
    periodo = {"dal": date(2026, 1, 1), "al": date(2026, 12, 31), "cartella": tmp_path}
    call_command("restituzione", **periodo)
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".docx", ".html", ".json", ".odt", ".pdf"]
    call_command("restituzione", **periodo, formato=["pdf"])
    assert Restituzione.objects.count() == 1
    assert Restituzione.objects.get().sezioni.count() == 10


def test_il_comando_rifiuta_un_periodo_o_un_tema_sbagliato(tmp_path):
    with pytest.raises(CommandError, match="finisce prima"):
        call_command("restituzione", dal=date(2026, 2, 1), al=date(2026, 1, 1), cartella=tmp_path)
    with pytest.raises(CommandError, match="non-esiste"):
        call_command("restituzione", tema=["non-esiste"], cartella=tmp_path)
