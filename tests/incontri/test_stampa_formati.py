"""Minutes, letter and sheet for word processors, read back; the letter and the sheet as PDF too."""

import io
import zipfile

import pytest
from docx import Document as Docx
from docx.oxml.ns import qn
from odfdo import Document as Odt

from incontri.stampa import convocazione, foglio_presenze, verbale
from tests.incontri.stampa_dati import RETTIFICA, dati, punto, voce

INCONTRO = {
    "titolo": "Sesto incontro",
    "inizio": "2026-12-08T09:30:00+01:00",
    "fine": "2026-12-08T12:00:00+01:00",
    "modalita": "mista",
    "luogo": "Sala consiliare, Bollate",
    "collegamento": "https://stanza.example.org/x",
    "presiede": "Anna Rossi",
    "convocato_il": "2026-11-20T10:00:00+01:00",
}
CHIAMATI = [
    {"seggio": "Referente di Bollate", "ente": "Comune di Bollate", "nome": "Bruno Bianchi"},
    {"seggio": "Referente di Senago", "ente": "Comune di Senago", "nome": ""},
]
LETTERA = {
    "incontro": INCONTRO,
    "stato": "convocato",
    "destinatari": CHIAMATI,
    "punti": [{"titolo": "Impegni aperti", "descrizione": "Quelli *in ritardo*.", "minuti": 10}],
    "pagina": "https://portale.example.org/area/incontri/1/",
}
FIRME = {"incontro": INCONTRO, "righe": CHIAMATI}
TUTTI = [(verbale, dati(approvato=True)), (convocazione, LETTERA), (foglio_presenze, FIRME)]


def leggi_docx(byte):
    return Docx(io.BytesIO(byte))


def leggi_odt(byte):
    return Odt(io.BytesIO(byte))


@pytest.mark.parametrize("formato", ["docx", "odt", "pdf", "html"])
@pytest.mark.parametrize(("modulo", "detto"), TUTTI, ids=["verbale", "convocazione", "foglio"])
def test_gli_stessi_dati_danno_lo_stesso_documento(modulo, detto, formato):
    fai = getattr(modulo, formato)
    assert fai(detto) == fai(detto)


def test_il_docx_ha_titoli_elenchi_tabelle_e_lingua():
    documento = leggi_docx(verbale.docx(dati(approvato=True), [RETTIFICA]))
    titoli = [(p.style.name, p.text) for p in documento.paragraphs if p.style.name.startswith("Heading")]
    assert titoli[:3] == [
        ("Heading 1", "Quinto incontro"),
        ("Heading 2", "Presenze"),
        ("Heading 2", "Ordine del giorno"),
    ]
    assert ("Heading 3", "Un titolo") in titoli
    assert {"List Bullet", "List Number", "Quote"} <= {p.style.name for p in documento.paragraphs}
    assert [len(t.rows) for t in documento.tables] == [7, 2, 2]
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in documento.tables)
    lingua = documento.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lingua.get(qn("w:val")) == "it-IT"
    proprieta = documento.core_properties
    assert (proprieta.title, proprieta.language) == ("Verbale dell'incontro «Quinto incontro»", "it-IT")
    piede = documento.sections[0].footer._element.xml
    assert 'w:instr="PAGE"' in piede
    assert 'w:instr="NUMPAGES"' in piede
    assert "SHA-256" in piede


def test_ogni_elenco_numerato_del_docx_comincia_da_dove_dice():
    testo = "3. tre\n4. quattro\n\nAltro.\n\n1. uno"
    documento = leggi_docx(verbale.docx(dati(punti=[punto(1, "Elenchi", voce("discussione", testo))])))
    numeri = [p._p.pPr.numPr.numId.val for p in documento.paragraphs if p.style.name == "List Number"]
    numerazioni = documento.part.numbering_part.numbering_definitions._numbering
    inizi = {n.numId: n.lvlOverride_lst[0].startOverride.val for n in numerazioni.num_lst if n.lvlOverride_lst}
    # The agenda, the list from 3 and the one from 1; the attachments.
    assert [inizi[numero] for numero in numeri] == [1, 3, 3, 1, 1]


def test_l_odt_ha_titoli_elenchi_tabelle_e_lingua():
    byte = verbale.odt(dati(approvato=True), [RETTIFICA])
    documento = leggi_odt(byte)
    titoli = [(int(t.get_attribute("text:outline-level")), t.text_recursive) for t in documento.body.headers]
    assert titoli[:3] == [(1, "Quinto incontro"), (2, "Presenze"), (2, "Ordine del giorno")]
    assert (3, "Un titolo") in titoli
    tabelle = documento.body.get_elements("//table:table")
    assert [len(t.get_elements("table:table-header-rows/table:table-row")) for t in tabelle] == [1, 1, 1]
    assert [len(t.get_elements("table:table-row")) for t in tabelle] == [6, 1, 1]
    assert documento.get_language() == "it-IT"
    assert documento.meta.title == "Verbale dell'incontro «Quinto incontro»"
    stili = documento.styles.serialize().decode()
    assert "<text:page-number" in stili
    assert "<text:page-count" in stili
    with zipfile.ZipFile(io.BytesIO(byte)) as pacco:
        primo = pacco.infolist()[0]
        assert (primo.filename, primo.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_gli_stili_dell_odt_ci_sono_tutti():
    documento = leggi_odt(verbale.odt(dati(stato="condiviso"), [RETTIFICA]))
    usati = {
        valore
        for attributo in ("text:style-name", "table:style-name")
        for valore in documento.body.xpath(f"//@{attributo}")
    }
    noti = {
        nome
        for parte in (documento.styles, documento.content)
        for nome in parte.root.xpath("//style:style/@style:name | //text:list-style/@style:name")
    }
    assert {str(nome) for nome in usati} <= {str(nome) for nome in noti}


@pytest.mark.parametrize("formato", ["docx", "odt"])
def test_nessuna_parola_si_perde(formato):
    byte = getattr(verbale, formato)(dati(approvato=True), [RETTIFICA])
    nome = {"docx": "word/document.xml", "odt": "content.xml"}[formato]
    with zipfile.ZipFile(io.BytesIO(byte)) as pacco:
        xml = pacco.read(nome).decode()
    for parola in (
        "فاطمة",
        "王小明",
        "a lungo",
        "A capo.",
        "annidato",
        "Una citazione",
        "codice",
        "x=1",
        "Lucidi",
        "sito",
    ):
        assert parola in xml, parola
    assert "<script" not in xml
    assert "Carla Delegata" in xml


@pytest.mark.parametrize("formato", ["pdf", "docx", "odt", "html"])
def test_un_carattere_di_controllo_incollato_non_ferma_niente(formato):
    strano = dati(punti=[punto(1, "Punto\x0b", voce("discussione", "Testo\x1b con \x00 resti"))])
    assert getattr(verbale, formato)(strano)


def test_la_lettera_dice_a_chi_quando_dove_e_di_che_cosa():
    pagina = convocazione.html(LETTERA)
    for parte in (
        "martedì 8 dicembre 2026, dalle 9:30 alle 12:00",
        "Sala consiliare, Bollate",
        'href="https://stanza.example.org/x"',
        "Impegni aperti (10 minuti)",
        "<em>in ritardo</em>",
        "https://portale.example.org/area/incontri/1/",
        "Chi coordina l&#x27;incontro<br>Anna Rossi",
        "Comune di Senago",
    ):
        assert parte in pagina, parte
    assert "BOZZA" not in pagina
    assert "BOZZA" in convocazione.html(LETTERA | {"stato": "pianificato"})


def test_il_foglio_da_firmare_ha_righe_per_gli_ospiti_ed_e_largo():
    documento = leggi_docx(foglio_presenze.docx(FIRME))
    righe = documento.tables[0].rows
    assert [c.text for c in righe[0].cells] == ["Seggio", "Ente", "Nome", "Entra alle", "Esce alle", "Firma"]
    assert len(righe) == 1 + 2 + foglio_presenze.RIGHE_PER_OSPITI
    assert documento.sections[0].page_width > documento.sections[0].page_height
