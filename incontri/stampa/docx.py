"""A sheet as DOCX: headings, lists and tables by the styles of the word processor, so that they can be worked on."""

import io
from collections.abc import Callable, Iterable
from datetime import UTC
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from incontri.stampa.carta import SENZA_GIORNO
from incontri.stampa.docx_figure import BLU, ConFigure, elemento
from incontri.stampa.foglio import Blocco, Foglio
from incontri.stampa.pacco import fermo

GRIGIO, ROSSO = RGBColor(0x45, 0x5B, 0x71), RGBColor(0xA3, 0x00, 0x1B)
RIENTRO = 0.63  # cm


def docx(foglio: Foglio) -> bytes:
    """The sheet as DOCX; the same sheet gives the same bytes."""
    return _Scrittura(foglio.piano()).byte(foglio.momento or SENZA_GIORNO)


class _Scrittura(ConFigure):
    """A document while its blocks are written into it."""

    def __init__(self, d: dict[str, Any]):
        self.d = d
        self.doc = Document()
        self._prepara()
        self._testata()
        self._blocchi(d["corpo"])

    def byte(self, momento: Any) -> bytes:
        uscita = io.BytesIO()
        proprieta = self.doc.core_properties
        proprieta.created = proprieta.modified = momento.astimezone(UTC).replace(tzinfo=None)
        self.doc.save(uscita)
        return fermo(uscita.getvalue(), momento)

    def _prepara(self) -> None:
        d, doc = self.d, self.doc
        proprieta = doc.core_properties
        proprieta.title, proprieta.subject, proprieta.language = d["nome"], d["genere"], "it-IT"
        proprieta.author = proprieta.last_modified_by = d["autore"] or d["intestazione"][0]
        proprieta.comments, proprieta.revision = "", 1
        lingua = doc.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
        lingua.set(qn("w:val"), "it-IT")
        doc.styles["Normal"].font.size = Pt(10.5)
        doc.styles["Normal"].paragraph_format.space_after = Pt(6)
        for nome in ("Heading 1", "Heading 2", "Heading 3"):
            doc.styles[nome].font.color.rgb = BLU
        sezione = doc.sections[0]
        sezione.page_width, sezione.page_height = Cm(21), Cm(29.7)
        if d["largo"]:
            sezione.orientation = WD_ORIENT.LANDSCAPE
            sezione.page_width, sezione.page_height = Cm(29.7), Cm(21)
        sezione.left_margin = sezione.right_margin = sezione.top_margin = sezione.bottom_margin = Cm(2)
        if d["marchio"]:
            self._corsa(sezione.header.paragraphs[0], d["marchio"], colore=ROSSO, grassetto=True)
        piede = sezione.footer.paragraphs[0]
        piede.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._corsa(piede, f"{d['piede'] or ' · '.join(d['intestazione'])}\nPagina ", colore=GRIGIO, corpo=8)
        self._campo(piede, "PAGE")
        self._corsa(piede, " di ", colore=GRIGIO, corpo=8)
        self._campo(piede, "NUMPAGES")

    def _testata(self) -> None:
        d = self.d
        primo, *altri = d["intestazione"]
        sopra = self.doc.add_paragraph()
        self._corsa(sopra, primo, grassetto=True)
        for riga in altri:
            self._corsa(sopra, f"\n{riga}", colore=GRIGIO, corpo=9)
        self._corsa(self.doc.add_paragraph(), d["genere"], colore=GRIGIO, grassetto=True)
        self.doc.add_heading(d["titolo"], 1)
        if d["avviso"]:
            avviso = self.doc.add_paragraph()
            self._corsa(avviso, f"{d['marchio']}\n", grassetto=True, colore=ROSSO)
            self._corsa(avviso, d["avviso"])
            self._riquadra(avviso, sfondo="FFF4D6", bordo="995C00")

    def _blocchi(self, blocchi: Iterable[Blocco], livello: int = 0) -> None:
        for blocco in blocchi:
            fai: Callable[[Blocco, int], None] = getattr(self, f"_{blocco['tipo']}")
            fai(blocco, livello)

    def _titolo(self, blocco: Blocco, livello: int) -> None:
        self._pezzi(self.doc.add_heading("", blocco["livello"]), blocco["pezzi"])

    def _paragrafo(self, blocco: Blocco, livello: int) -> None:
        self._pezzi(self._rientrato(livello), blocco["pezzi"])

    def _nota(self, blocco: Blocco, livello: int) -> None:
        self._corsa(self._rientrato(livello), blocco["pezzi"][0]["testo"], colore=GRIGIO, corpo=9)

    def _codice(self, blocco: Blocco, livello: int) -> None:
        self._paragrafo(blocco, livello)

    def _citazione(self, blocco: Blocco, livello: int) -> None:
        prima = len(self.doc.paragraphs)
        self._blocchi(blocco["voci"][0], livello + 1)
        for paragrafo in self.doc.paragraphs[prima:]:
            if paragrafo.style.name == "Normal":
                paragrafo.style = self.doc.styles["Quote"]

    def _elenco(self, blocco: Blocco, livello: int) -> None:
        self._voci(blocco, livello, "List Bullet", None)

    def _numerato(self, blocco: Blocco, livello: int) -> None:
        self._voci(blocco, livello, "List Number", self._nuova_numerazione(blocco["inizio"]))

    def _voci(self, blocco: Blocco, livello: int, stile: str, numerazione: int | None) -> None:
        for voce in blocco["voci"]:
            primo = bool(voce) and voce[0]["tipo"] == "paragrafo"
            riga = self.doc.add_paragraph(style=stile)
            riga.paragraph_format.left_indent = Cm(RIENTRO * (livello + 1))
            riga.paragraph_format.first_line_indent = Cm(-RIENTRO)
            if numerazione is not None:
                proprieta = riga._p.get_or_add_pPr().get_or_add_numPr()
                proprieta.get_or_add_ilvl().val = 0
                proprieta.get_or_add_numId().val = numerazione
            if primo:
                self._pezzi(riga, voce[0]["pezzi"])
            self._blocchi(voce[1:] if primo else voce, livello + 1)

    def _nuova_numerazione(self, inizio: int) -> int:
        """A numbering of its own, so that each list starts where it says."""
        numerazioni = self.doc.part.numbering_part.numbering_definitions._numbering
        dello_stile = self.doc.styles["List Number"].element.pPr.numPr.numId.val
        astratta = next(num for num in numerazioni.num_lst if num.numId == dello_stile).abstractNumId.val
        nuova = numerazioni.add_num(astratta)
        nuova.add_lvlOverride(ilvl=0).add_startOverride(inizio)
        return nuova.numId

    def _fatti(self, blocco: Blocco, livello: int) -> None:
        for nome, valore in blocco["righe"]:
            paragrafo = self.doc.add_paragraph()
            paragrafo.paragraph_format.space_after = Pt(2)
            self._corsa(paragrafo, f"{nome}: ", grassetto=True)
            self._corsa(paragrafo, valore)

    def _tabella(self, blocco: Blocco, livello: int) -> None:
        colonne = blocco["colonne"]
        tabella = self.doc.add_table(rows=1, cols=len(colonne), style="Table Grid")
        tabella._tbl.tblPr.append(elemento("w:tblCaption", val=blocco["didascalia"]))
        tabella.autofit = False
        larghezza = (25.7 if self.d["largo"] else 17) / sum(colonna["parte"] for colonna in colonne)
        for colonna, fatta in zip(colonne, tabella.columns, strict=True):
            fatta.width = Cm(larghezza * colonna["parte"])
        tabella.rows[0]._tr.get_or_add_trPr().append(elemento("w:tblHeader"))
        self._riga(tabella.rows[0], [colonna["titolo"] for colonna in colonne], grassetto=True)
        for riga in blocco["righe"]:
            nuova = tabella.add_row()
            nuova._tr.get_or_add_trPr().append(elemento("w:cantSplit"))
            if blocco["alta"]:
                nuova.height = Cm(1.2)
            self._riga(nuova, riga)
        self.doc.add_paragraph()

    def _riga(self, riga: Any, testi: Iterable[str], *, grassetto: bool = False) -> None:
        for cella, testo in zip(riga.cells, testi, strict=True):
            paragrafo = cella.paragraphs[0]
            paragrafo.paragraph_format.space_after = Pt(0)
            self._corsa(paragrafo, testo, corpo=9, grassetto=grassetto)

    def _riquadro(self, blocco: Blocco, livello: int) -> None:
        prima = len(self.doc.paragraphs)
        etichetta = self.doc.add_paragraph()
        etichetta.paragraph_format.keep_with_next = True
        self._corsa(etichetta, blocco["etichetta"], grassetto=True, colore=BLU)
        self._blocchi(blocco["blocchi"])
        for paragrafo in self.doc.paragraphs[prima:]:
            self._riquadra(paragrafo, sfondo="E6EEF7" if blocco["forte"] else "", bordo="0066CC")

    def _firme(self, blocco: Blocco, livello: int) -> None:
        for ruolo, nome in blocco["righe"]:
            paragrafo = self.doc.add_paragraph()
            paragrafo.paragraph_format.space_before = Pt(24)
            self._corsa(paragrafo, f"{ruolo}: ", colore=GRIGIO)
            self._corsa(paragrafo, f"{nome}\n\n{'_' * 40}")

    def _rientrato(self, livello: int) -> Any:
        paragrafo = self.doc.add_paragraph()
        if livello:
            paragrafo.paragraph_format.left_indent = Cm(RIENTRO * livello)
        return paragrafo

    def _pezzi(self, paragrafo: Any, pezzi: Iterable[dict[str, Any]]) -> None:
        for pezzo in pezzi:
            corsa = self._corsa(paragrafo, pezzo["testo"])
            # None leaves the looks to the style, as of a heading.
            corsa.bold, corsa.italic = pezzo["grassetto"] or None, pezzo["corsivo"] or None
            if pezzo["codice"]:
                corsa.font.name = "Courier New"
            if pezzo["link"]:
                self._collega(paragrafo, corsa, pezzo["link"])

    def _collega(self, paragrafo: Any, corsa: Any, indirizzo: str) -> None:
        corsa.font.color.rgb, corsa.underline = BLU, True
        legame = OxmlElement("w:hyperlink")
        legame.set(qn("r:id"), self.doc.part.relate_to(indirizzo, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragrafo._p.append(legame)
        legame.append(corsa._r)

    @staticmethod
    def _corsa(paragrafo: Any, testo: str, *, grassetto: bool = False, colore: Any = None, corpo: float = 0) -> Any:
        corsa = paragrafo.add_run(testo)
        if grassetto:
            corsa.bold = True
        if colore is not None:
            corsa.font.color.rgb = colore
        if corpo:
            corsa.font.size = Pt(corpo)
        return corsa

    @staticmethod
    def _riquadra(paragrafo: Any, *, sfondo: str, bordo: str) -> None:
        proprieta = paragrafo._p.get_or_add_pPr()
        bordi = OxmlElement("w:pBdr")
        bordi.append(elemento("w:left", val="single", sz="24", space="6", color=bordo))
        # The schema wants them in this order, and before what follows.
        dopo = [qn(f"w:{nome}") for nome in ("spacing", "ind", "contextualSpacing", "jc", "rPr")]
        nuovi = [bordi, *([elemento("w:shd", val="clear", color="auto", fill=sfondo)] if sfondo else [])]
        posto = next((n for n, figlio in enumerate(proprieta) if figlio.tag in dopo), len(proprieta))
        for nuovo in reversed(nuovi):
            proprieta.insert(posto, nuovo)

    @staticmethod
    def _campo(paragrafo: Any, istruzione: str) -> None:
        campo = elemento("w:fldSimple", instr=istruzione)
        corsa, testo = OxmlElement("w:r"), OxmlElement("w:t")
        testo.text = "1"
        corsa.append(testo)
        campo.append(corsa)
        paragrafo._p.append(campo)
