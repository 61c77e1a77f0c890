"""A sheet as OpenDocument text: headings, lists and tables by the styles of the word processor."""

import io
from collections.abc import Callable, Iterable
from datetime import UTC
from typing import Any

from odfdo import Cell, Document, Element, Header, HeaderRows, Link, List, ListItem, Paragraph, Row, Span, Table

from incontri.stampa.carta import SENZA_GIORNO
from incontri.stampa.foglio import Blocco, Foglio
from incontri.stampa.odt_figure import ConFigure
from incontri.stampa.pacco import fermo

STILI = """
<style:style style:name="Genere" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-weight="bold" fo:color="#455b71"/></style:style>
<style:style style:name="Nota" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-size="9pt" fo:color="#455b71"/></style:style>
<style:style style:name="Cella" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-bottom="0cm"/><style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="Titolo_20_di_20_colonna" style:display-name="Titolo di colonna" style:family="paragraph"
 style:parent-style-name="Cella"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Riquadro" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:border-left="1.5pt solid #0066cc" fo:padding-left="0.25cm"/></style:style>
<style:style style:name="Decisione" style:family="paragraph" style:parent-style-name="Riquadro">
<style:paragraph-properties fo:background-color="#e6eef7"/></style:style>
<style:style style:name="Avviso" style:family="paragraph" style:parent-style-name="Riquadro">
<style:paragraph-properties fo:background-color="#fff4d6"/></style:style>
<style:style style:name="Citazione" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-left="1cm"/></style:style>
<style:style style:name="Firma" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-top="1cm"/></style:style>
<style:style style:name="Grassetto" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Corsivo" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="Grassetto_20_corsivo" style:display-name="Grassetto corsivo" style:family="text">
<style:text-properties fo:font-weight="bold" fo:font-style="italic"/></style:style>
<style:style style:name="Codice" style:family="text"><style:text-properties style:font-name="DejaVu Sans Mono"/></style:style>
<style:style style:name="Marchio" style:family="text">
<style:text-properties fo:font-weight="bold" fo:color="#a3001b"/></style:style>
"""
AUTOMATICI = """
<style:style style:name="Cella_20_con_20_bordo" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #455b71" fo:padding="0.1cm"/></style:style>
<style:style style:name="Riga" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>
<style:style style:name="Riga_20_alta" style:family="table-row">
<style:table-row-properties fo:keep-together="always" style:min-row-height="1.2cm"/></style:style>
"""


def odt(foglio: Foglio) -> bytes:
    """The sheet as OpenDocument; the same sheet gives the same bytes."""
    return _Scrittura(foglio.piano()).byte(foglio.momento or SENZA_GIORNO)


def _elementi(xml: str) -> Iterable[Element]:
    return Element.from_tag(f"<office:styles>{xml.replace(chr(10), '')}</office:styles>").children


class _Scrittura(ConFigure):
    """A document while its blocks are written into it."""

    def __init__(self, d: dict[str, Any]):
        self.d = d
        self.doc = Document("text")
        self.doc.body.clear()
        self.tabelle = self.figure = 0
        self._prepara()
        self._testata()
        self._blocchi(d["corpo"], self.doc.body, "Standard")

    def byte(self, momento: Any) -> bytes:
        meta, uscita = self.doc.meta, io.BytesIO()
        meta.creation_date = meta.date = momento.astimezone(UTC).replace(tzinfo=None)
        self.doc.save(uscita)
        return fermo(uscita.getvalue(), momento)

    def _prepara(self) -> None:
        d, doc = self.d, self.doc
        doc.meta.title, doc.meta.subject, doc.meta.language = d["nome"], d["genere"], "it-IT"
        doc.meta.initial_creator = doc.meta.creator = d["autore"] or d["intestazione"][0]
        doc.meta.generator = "Portale del Tavolo Intercultura"
        doc.set_language("it-IT")
        comuni = doc.styles.get_element("//office:styles")
        for stile in _elementi(STILI):
            comuni.append(stile)
        for stile in _elementi(AUTOMATICI):
            doc.content.get_element("//office:automatic-styles").append(stile)
        doc.styles.get_element("//style:style[@style:name='Standard']").append(
            Element.from_tag('<style:paragraph-properties fo:margin-bottom="0.2cm"/>')
        )
        if d["largo"]:
            foglio = doc.styles.get_element("//style:page-layout-properties")
            alto, largo = foglio.get_attribute("fo:page-height"), foglio.get_attribute("fo:page-width")
            foglio.set_attribute("fo:page-width", alto)
            foglio.set_attribute("fo:page-height", largo)
            foglio.set_attribute("style:print-orientation", "landscape")
        self._testata_e_piede()

    def _testata_e_piede(self) -> None:
        pagina = self.doc.styles.get_element("//style:master-page")
        if self.d["marchio"]:
            sopra, riga = Element.from_tag("style:header"), Paragraph(style="Standard")
            riga.append(Span(self.d["marchio"], style="Marchio"))
            sopra.append(riga)
            pagina.append(sopra)
        sotto, riga = Element.from_tag("style:footer"), Paragraph(style="Nota")
        self._righe(riga, f"{self.d['piede'] or ' · '.join(self.d['intestazione'])}\nPagina ")
        riga.append(Element.from_tag("<text:page-number text:select-page='current'>1</text:page-number>"))
        self._righe(riga, " di ")
        riga.append(Element.from_tag("<text:page-count>1</text:page-count>"))
        sotto.append(riga)
        pagina.append(sotto)

    def _testata(self) -> None:
        d, corpo = self.d, self.doc.body
        corpo.append(Paragraph(d["intestazione"][0], style="Genere"))
        for riga in d["intestazione"][1:]:
            corpo.append(Paragraph(riga, style="Nota"))
        corpo.append(Paragraph(d["genere"], style="Genere"))
        corpo.append(Header(1, d["titolo"], style="Heading_20_1"))
        if d["avviso"]:
            avviso = Paragraph(style="Avviso")
            avviso.append(Span(d["marchio"], style="Marchio"))
            self._righe(avviso, f"\n{d['avviso']}")
            corpo.append(avviso)

    def _blocchi(self, blocchi: Iterable[Blocco], dove: Element, stile: str) -> None:
        for blocco in blocchi:
            fai: Callable[[Blocco, Element, str], None] = getattr(self, f"_{blocco['tipo']}")
            fai(blocco, dove, stile)

    def _titolo(self, blocco: Blocco, dove: Element, stile: str) -> None:
        livello = blocco["livello"]
        titolo = Header(livello, style=f"Heading_20_{livello}")
        self._pezzi(titolo, blocco["pezzi"])
        dove.append(titolo)

    def _paragrafo(self, blocco: Blocco, dove: Element, stile: str) -> None:
        paragrafo = Paragraph(style=stile)
        self._pezzi(paragrafo, blocco["pezzi"])
        dove.append(paragrafo)

    def _nota(self, blocco: Blocco, dove: Element, stile: str) -> None:
        self._paragrafo(blocco, dove, "Nota")

    def _codice(self, blocco: Blocco, dove: Element, stile: str) -> None:
        self._paragrafo(blocco, dove, "Preformatted_20_Text")

    def _citazione(self, blocco: Blocco, dove: Element, stile: str) -> None:
        self._blocchi(blocco["voci"][0], dove, "Citazione")

    def _elenco(self, blocco: Blocco, dove: Element, stile: str) -> None:
        self._voci(blocco, dove, stile, "List_20_1")

    def _numerato(self, blocco: Blocco, dove: Element, stile: str) -> None:
        self._voci(blocco, dove, stile, "Numbering_20_1")

    def _voci(self, blocco: Blocco, dove: Element, stile: str, segni: str) -> None:
        elenco = List(style=segni)
        for numero, voce in enumerate(blocco["voci"]):
            riga = ListItem()
            if numero == 0 and blocco.get("inizio", 1) != 1:
                riga.set_attribute("text:start-value", str(blocco["inizio"]))
            self._blocchi(voce, riga, stile)
            elenco.append(riga)
        dove.append(elenco)

    def _fatti(self, blocco: Blocco, dove: Element, stile: str) -> None:
        for nome, valore in blocco["righe"]:
            paragrafo = Paragraph(style="Standard")
            paragrafo.append(Span(f"{nome}: ", style="Grassetto"))
            self._righe(paragrafo, valore)
            dove.append(paragrafo)

    def _tabella(self, blocco: Blocco, dove: Element, stile: str) -> None:
        self.tabelle += 1
        tabella = Table(f"Tabella {self.tabelle}")
        tabella.append(Element.from_tag("table:title"))
        tabella.get_element("table:title").text = blocco["didascalia"]
        automatici = self.doc.content.get_element("//office:automatic-styles")
        intera = (25.7 if self.d["largo"] else 17) / sum(colonna["parte"] for colonna in blocco["colonne"])
        for numero, colonna in enumerate(blocco["colonne"]):
            nome = f"Colonna_{self.tabelle}_{numero}"
            larga = f'<style:table-column-properties style:column-width="{intera * colonna["parte"]:.2f}cm"/>'
            for fatto in _elementi(
                f'<style:style style:name="{nome}" style:family="table-column">{larga}</style:style>'
            ):
                automatici.append(fatto)
            tabella.append(Element.from_tag(f'<table:table-column table:style-name="{nome}"/>'))
        testata = HeaderRows()
        testata.append(self._riga([colonna["titolo"] for colonna in blocco["colonne"]], "Titolo_20_di_20_colonna"))
        tabella.append(testata)
        for riga in blocco["righe"]:
            tabella.append(self._riga(riga, "Cella", "Riga_20_alta" if blocco["alta"] else "Riga"))
        dove.append(tabella)
        dove.append(Paragraph(style="Standard"))

    def _riga(self, testi: Iterable[str], stile: str, della_riga: str = "Riga") -> Row:
        riga = Row(style=della_riga)
        for testo in testi:
            cella, paragrafo = Cell(style="Cella_20_con_20_bordo", cell_type="string"), Paragraph(style=stile)
            self._righe(paragrafo, testo)
            cella.append(paragrafo)
            riga.append(cella)
        return riga

    def _riquadro(self, blocco: Blocco, dove: Element, stile: str) -> None:
        suo = "Decisione" if blocco["forte"] else "Riquadro"
        etichetta = Paragraph(style=suo)
        etichetta.append(Span(blocco["etichetta"], style="Grassetto"))
        dove.append(etichetta)
        self._blocchi(blocco["blocchi"], dove, suo)

    def _firme(self, blocco: Blocco, dove: Element, stile: str) -> None:
        for ruolo, nome in blocco["righe"]:
            paragrafo = Paragraph(style="Firma")
            self._righe(paragrafo, f"{ruolo}: {nome}\n\n{'_' * 40}")
            dove.append(paragrafo)

    def _pezzi(self, dove: Element, pezzi: Iterable[dict[str, Any]]) -> None:
        for pezzo in pezzi:
            nome = "_20_".join(n for n, c in (("Grassetto", "grassetto"), ("corsivo", "corsivo")) if pezzo[c])
            stile = "Codice" if pezzo["codice"] else nome[:1].upper() + nome[1:]
            corsa = Span(style=stile) if stile else dove
            legame = Link(pezzo["link"]) if pezzo["link"] else None
            self._righe(legame if legame is not None and not stile else corsa, pezzo["testo"])
            if legame is not None and stile:
                legame.append(corsa)
            if legame is not None:
                dove.append(legame)
            elif stile:
                dove.append(corsa)

    @staticmethod
    def _righe(dove: Element, testo: str) -> None:
        """The words as they are: new lines, and spaces in a row."""
        dove.append_plain_text(testo) if hasattr(dove, "append_plain_text") else dove.append(testo)
