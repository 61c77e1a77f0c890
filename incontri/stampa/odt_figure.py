"""The index and the figures of a sheet as OpenDocument."""

from typing import Any

from odfdo import Element, Frame, Link, Paragraph, Span

from incontri.stampa.foglio import Blocco
from tavolo.base.documenti import png


class ConFigure:
    """Writes the index and the figures into the document of the class it is mixed into."""

    doc: Any
    d: dict[str, Any]
    figure: int

    def _indice(self, blocco: Blocco, dove: Element, stile: str) -> None:
        etichetta = Paragraph(style="Standard")
        etichetta.append(Span(blocco["titolo"], style="Grassetto"))
        dove.append(etichetta)
        for nome, _ancora in blocco["righe"]:
            riga = Paragraph(style="Cella")
            riga.append(Link(f"#{nome}|outline", text=nome))
            dove.append(riga)

    def _figura(self, blocco: Blocco, dove: Element, stile: str) -> None:
        immagine = png(blocco["svg"])
        largo = 25.7 if self.d["largo"] else 17
        x, y = (int.from_bytes(immagine[da : da + 4], "big") for da in (16, 20))  # the header of a PNG says its size
        self.figure += 1
        nome = f"Pictures/figura{self.figure}.png"
        self.doc.set_part(nome, immagine)
        self.doc.manifest.add_full_path(nome, "image/png")
        dove.append(Paragraph(blocco["didascalia"], style="Nota"))
        misure = (f"{largo}cm", f"{largo * y / x:.2f}cm")
        cornice = Frame.image_frame(nome, name=f"Figura {self.figure}", size=misure, anchor_type="as-char")
        for elemento, testo in (("svg:title", blocco["didascalia"]), ("svg:desc", blocco["alternativa"])):
            detto = Element.from_tag(elemento)
            detto.text = testo
            cornice.append(detto)
        paragrafo = Paragraph(style="Standard")
        paragrafo.append(cornice)
        dove.append(paragrafo)
