"""A chart as an SVG file of its own, for documents and downloads."""

from django.template.loader import render_to_string

from tavolo.base.disegno import Disegno


def autonomo(disegno: Disegno) -> str:
    """The drawing as a whole SVG document: it needs no style sheet and asks nothing of anybody, and has title and description.

    typst takes it as an image (`image(bytes(svg), format: "svg", alt: …)`); the alternative text is title and description.
    """
    return render_to_string("incontri/grafici/disegno.svg", {"disegno": disegno}).strip() + "\n"


def alternativa(disegno: Disegno) -> str:
    """What the drawing shows, in words: for the `alt` of an image in a document."""
    return " ".join((f"{disegno.titolo.rstrip('.')}.", disegno.descrizione, *disegno.dettagli))
