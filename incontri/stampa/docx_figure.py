"""The index and the figures of a sheet as DOCX."""

import io
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from incontri.stampa.foglio import Blocco
from tavolo.base.documenti import png

BLU = RGBColor(0x00, 0x66, 0xCC)


def elemento(nome: str, **attributi: str) -> Any:
    """An element of WordprocessingML with these attributes."""
    elemento = OxmlElement(nome)
    for chiave, valore in attributi.items():
        elemento.set(qn(f"w:{chiave}"), valore)
    return elemento


class ConFigure:
    """Writes the index and the figures into the document of the class it is mixed into."""

    doc: Any
    d: dict[str, Any]
    _corsa: Any

    def _indice(self, blocco: Blocco, livello: int) -> None:
        """A table of contents the word processor updates, with the headings in it meanwhile."""
        self._corsa(self.doc.add_paragraph(), blocco["titolo"], grassetto=True, colore=BLU)
        nomi = [nome for nome, _ in blocco["righe"]]
        for numero, nome in enumerate(nomi):
            riga = self.doc.add_paragraph()
            riga.paragraph_format.space_after = Pt(2)
            if numero == 0:
                self._segno_di_campo(riga, "begin")
                istruzione = OxmlElement("w:instrText")
                istruzione.text = ' TOC \\o "2-2" \\h \\z '
                riga.add_run()._r.append(istruzione)
                self._segno_di_campo(riga, "separate")
            self._corsa(riga, nome)
            if numero == len(nomi) - 1:
                self._segno_di_campo(riga, "end")

    @staticmethod
    def _segno_di_campo(paragrafo: Any, quale: str) -> None:
        paragrafo.add_run()._r.append(elemento("w:fldChar", fldCharType=quale))

    def _figura(self, blocco: Blocco, livello: int) -> None:
        didascalia = self.doc.add_paragraph(blocco["didascalia"], style="Caption")
        didascalia.paragraph_format.keep_with_next = True
        disegno = self.doc.add_picture(io.BytesIO(png(blocco["svg"])), width=Cm(25.7 if self.d["largo"] else 17))
        disegno._inline.docPr.set("descr", blocco["alternativa"])
        disegno._inline.docPr.set("title", blocco["didascalia"])
