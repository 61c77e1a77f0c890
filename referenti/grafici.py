"""Geometry of the charts: bars for templates/includes/grafico_barre.html, lines through time for grafico_andamento.html.

The drawing is 360 units wide, so that on the narrowest screen a unit is a pixel and text keeps its size. Coordinates are
whole numbers, because a decimal comma would break the drawing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from referenti.models.indicatore import numero_testo
from tavolo.base import disegno

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


# Lines through time, 360 units wide as well.
ALTO, SOPRA, SOTTO, SINISTRA, DESTRA = 130, 30, 30, 20, 84
COLORE_ALTRA = disegno.GRIGIO


@dataclass(frozen=True)
class Linea:
    """A line of the chart: its name, and (label of the date, position in time, value) from the oldest."""

    nome: str
    punti: Sequence[tuple[str, Decimal, Decimal]]


def momento(riferimento: str) -> Decimal:
    """A partial date as a position in time, in years: "2024-07" is 2024.5."""
    anno, *resto = (int(parte) for parte in riferimento.split("-"))
    mese, giorno = [*resto, 1, 1][:2]
    return anno + (Decimal(mese) - 1) / 12 + (Decimal(giorno) - 1) / 366


def andamento(
    titolo: str,
    linee: Sequence[Linea],
    *,
    nome: str,
    formato: Callable[[Decimal | int], str] = numero_testo,
    tetto: Decimal | None = None,
) -> disegno.Disegno:
    """A chart of one or two lines through time, over an axis that begins at zero; one date alone is a point.

    The first line is whole, the second dashed, and each says its last value beside its last point; with one line the first value
    is written too. `tetto` gives charts that stand beside each other the same scale. `descrizione` says every value.
    Raises ValueError without any value.
    """
    linee = [linea for linea in linee if linea.punti]
    if not linee:
        raise ValueError("Un andamento ha almeno un valore.")
    tempi = {tempo: etichetta for linea in linee for etichetta, tempo, _valore in linea.punti}
    primo, ultimo = min(tempi), max(tempi)
    massimo = tetto or max(valore for linea in linee for _e, _t, valore in linea.punti) or Decimal(1)
    base, larga = SOPRA + ALTO, LARGHEZZA - SINISTRA - DESTRA

    def x_di(tempo: Decimal) -> int:
        if primo == ultimo:
            return SINISTRA + larga // 2
        return SINISTRA + round(larga * (tempo - primo) / (ultimo - primo))

    def y_di(valore: Decimal) -> int:
        return base - round(ALTO * valore / massimo)

    forme: list[disegno.Forma] = [disegno.Linea(0, base, LARGHEZZA - DESTRA + SINISTRA, base, disegno.GRIGIO)]
    for tempo, etichetta in _date_da_scrivere(tempi, x_di):
        forme.append(disegno.Linea(x_di(tempo), base, x_di(tempo), base + 5, disegno.GRIGIO))
        forme.append(disegno.Scritta(x_di(tempo), base + 22, etichetta, 14, ancora="middle"))
    ai_capi = _quote([(y_di(linea.punti[-1][2]), linea) for linea in linee], base)
    for numero, linea in reversed(list(enumerate(linee))):
        colore = disegno.BLU if numero == 0 else COLORE_ALTRA
        posti = [(x_di(tempo), y_di(valore)) for _e, tempo, valore in linea.punti]
        forme += [
            disegno.Linea(x1, y1, x2, y2, colore, tratteggiata=numero > 0, spessore=3 if numero == 0 else 2)
            for (x1, y1), (x2, y2) in pairwise(posti)
        ]
        forme += [disegno.Cerchio(x, y, 4, colore if numero == 0 else disegno.BIANCO, colore) for x, y in posti]
        x, y = posti[-1][0] + 10, ai_capi[numero]
        forme.append(disegno.Scritta(x, y, formato(linea.punti[-1][2]), 15, grassetto=True))
        if len(linee) > 1:
            forme.append(disegno.Scritta(x, y + 15, linea.nome, 13))
    if len(linee) == 1 and primo != ultimo:
        x, y = x_di(primo), y_di(linee[0].punti[0][2])
        forme.append(disegno.Scritta(max(0, x - SINISTRA), y - 11, formato(linee[0].punti[0][2]), 14))
    detto = ". ".join(
        (f"{linea.nome}: " if len(linee) > 1 else "") + "; ".join(f"{e} {formato(v)}" for e, _t, v in linea.punti)
        for linea in linee
    )
    return disegno.Disegno(
        nome=nome,
        titolo=titolo,
        descrizione=detto,
        dettagli=(),
        larghezza=LARGHEZZA,
        altezza=base + SOTTO,
        forme=tuple(forme),
    )


def _date_da_scrivere(tempi: dict[Decimal, str], x_di: Callable[[Decimal], int]) -> list[tuple[Decimal, str]]:
    """The first and the last date, and those between them that have room for their words."""
    ordinati = sorted(tempi)
    scelti: list[Decimal] = [ordinati[0]]
    for tempo in [*ordinati[1:-1]]:
        mezza = disegno.larghezza_testo(tempi[tempo], 14) + 8
        if x_di(tempo) - x_di(scelti[-1]) >= mezza and x_di(ordinati[-1]) - x_di(tempo) >= mezza:
            scelti.append(tempo)
    return [(tempo, tempi[tempo]) for tempo in dict.fromkeys([*scelti, ordinati[-1]])]


def _quote(ultime: list[tuple[int, Any]], base: int) -> list[int]:
    """Base lines for the words at the ai_capi of the lines, apart enough to be read, none under the axis."""
    alta = 34 if len(ultime) > 1 else 0
    y = [max(SOPRA, min(quota + 5, base - (18 if alta else 2))) for quota, _linea in ultime]
    if len(y) > 1 and abs(y[0] - y[1]) < alta:
        sopra, sotto = (0, 1) if ultime[0][0] <= ultime[1][0] else (1, 0)
        y[sotto] = min(max(y[sopra] + alta, y[sotto]), base - 18)
        y[sopra] = min(y[sopra], y[sotto] - alta)
    return y
