"""Geometry of the charts: from words and values to the numbers that templates/includes/grafico_barre.html draws.

The drawing is 360 units wide, so that on the narrowest screen a unit is a pixel and text keeps its size. Coordinates are
whole numbers, because a decimal comma would break the drawing.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from referenti.models.indicatore import numero_testo

LARGHEZZA = 360
LARGHEZZA_BARRA = 270  # what is left at the end is the room of the value
PASSO, RIGA_TESTO, DISTACCO, ALTEZZA_BARRA = 56, 16, 8, 20


def barre(
    titolo: str,
    righe: Sequence[tuple[str, Decimal | int]],
    *,
    formato: Callable[[Decimal | int], str] = numero_testo,
) -> dict[str, Any]:
    """A chart of horizontal bars, one for each (label, value), in the order given and starting from zero.

    `formato` writes the values; they stand in `descrizione` too, for who listens to the page. The longest bar takes all
    the room, and a value above zero is always seen. Raises ValueError on a negative value: a bar cannot show it.
    """
    if any(valore < 0 for _etichetta, valore in righe):
        raise ValueError("Un grafico a barre non mostra valori negativi.")
    massimo = max((valore for _etichetta, valore in righe), default=0)
    disegnate = []
    for numero, (etichetta, valore) in enumerate(righe):
        y_testo = PASSO * numero + RIGA_TESTO
        disegnate.append(
            {
                "etichetta": etichetta,
                "valore_testo": formato(valore),
                "x": 0,
                "y": y_testo + DISTACCO,
                "larghezza": max(1, round(LARGHEZZA_BARRA * valore / massimo)) if valore else 0,
                "altezza": ALTEZZA_BARRA,
                "y_testo": y_testo,
            }
        )
    detto = "; ".join(f"{barra['etichetta']} {barra['valore_testo']}" for barra in disegnate)
    return {
        "titolo": titolo,
        "descrizione": f"{titolo}: {detto}" if detto else titolo,
        "larghezza": LARGHEZZA,
        "altezza": PASSO * len(disegnate),
        "barre": disegnate,
    }
