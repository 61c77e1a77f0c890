"""The grid need × feasibility: every proposal a number in a circle, and the table that tells which one it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from incontri.priorita.dati import MASSIMO
from incontri.priorita.fattibilita import F_ALTA, N_ALTO, Casella, Proposta, casella, ordina, punteggio
from incontri.priorita.statistica import arrotonda
from tavolo.base.disegno import (
    BIANCO,
    BLU,
    CHIARO,
    GRIGIO,
    SCURO,
    Cerchio,
    Disegno,
    Forma,
    Linea,
    Rettangolo,
    Scritta,
    pulito,
)

CORPO, RIGA = 15, 20
CRESCITA = 60  # how much taller the plot becomes when the circles do not fit
PAROLE = {
    Casella.SUBITO: "Subito",
    Casella.DA_PREPARARE: "Da preparare",
    Casella.SE_CAPITA: "Se capita",
    Casella.PIU_AVANTI: "Più avanti",
    Casella.DA_VALUTARE: "Da valutare",
}


@dataclass(frozen=True)
class RigaGriglia:
    """A line of the table: the number in the grid (None if it cannot be placed yet) and what it stands for, as shown.

    `url` is where the proposal is read, for who draws the table on a page.
    """

    numero: int | None
    chiave: str
    nome: str
    n: str
    fattibilita: str
    punteggio: str
    casella: str
    url: str = ""


@dataclass(frozen=True)
class Misure:
    """Room of the plot: width of a column, radius of a circle, least height."""

    colonna: int
    raggio: int
    altezza: int
    sinistra: int = 36

    @property
    def larghezza(self) -> int:
        """Width of the whole drawing."""
        return self.sinistra + MASSIMO * self.colonna + 4


STRETTA, LARGA = Misure(64, 10, 300), Misure(180, 12, 400)


@dataclass(frozen=True)
class Segno:
    """Where the circle of a proposal stands in its column, and the height of its true N."""

    numero: int
    fattibilita: int
    x: int
    y: int
    y_vera: int
    subito: bool


def _mostra(valore: Fraction | None) -> str:
    return "–" if valore is None else str(arrotonda(valore)).replace(".", ",")


def tabella(proposte: Iterable[Proposta]) -> list[RigaGriglia]:
    """The proposals in order of score with their number; after them those that cannot be placed yet, without one."""
    ordinate = ordina(proposte)
    a_posto = [uno for uno in ordinate if casella(uno.n, uno.fattibilita) != Casella.DA_VALUTARE]
    altre = [uno for uno in ordinate if casella(uno.n, uno.fattibilita) == Casella.DA_VALUTARE]
    return [
        RigaGriglia(
            numero=numero if uno in a_posto else None,
            chiave=uno.chiave,
            nome=pulito(uno.nome),
            n=_mostra(uno.n),
            fattibilita="–" if uno.fattibilita is None else str(uno.fattibilita),
            punteggio=_mostra(punteggio(uno.p, uno.fattibilita)),
            casella=PAROLE[casella(uno.n, uno.fattibilita)],
        )
        for numero, uno in enumerate([*a_posto, *altre], start=1)
    ]


def _posti_vicini(misure: Misure, y_vera: int, alto: int) -> Iterator[tuple[int, int]]:
    """Places in a column, from the middle of it outwards at the true height, then higher and lower by steps."""
    passo = 2 * misure.raggio + 1
    di_lato = (misure.colonna // 2 - misure.raggio) // passo
    spostamenti = [0, *(verso * quanti * passo for quanti in range(1, di_lato + 1) for verso in (-1, 1))]
    for quanto in range(0, alto + 1, 7):
        for y in (y_vera,) if not quanto else (y_vera - quanto, y_vera + quanto):
            if 0 <= y <= alto:
                yield from ((x, y) for x in spostamenti)


def _disponi(numerate: list[tuple[int, Proposta]], misure: Misure, alto: int) -> list[Segno] | None:
    """Circles that touch nowhere, each as near as can be to its place; None if they do not fit in so high a plot."""
    segni: list[Segno] = []
    distanza = 2 * misure.raggio + 1
    for numero, proposta in numerate:
        if proposta.n is None or proposta.fattibilita is None:
            continue
        y_vera = round((100 - proposta.n) * alto / 100)
        vicini = [segno for segno in segni if segno.fattibilita == proposta.fattibilita]
        for x, y in _posti_vicini(misure, y_vera, alto):
            if all((x - altro.x) ** 2 + (y - altro.y) ** 2 >= distanza**2 for altro in vicini):
                subito = casella(proposta.n, proposta.fattibilita) == Casella.SUBITO
                segni.append(Segno(numero, proposta.fattibilita, x, y, y_vera, subito))
                break
        else:
            return None
    return segni


def _sfondo(misure: Misure, cima: int, alto: int) -> list[Forma]:
    """Axes, the four corners with their names outside the plot, the numbers along the sides."""
    sinistra, destra = misure.sinistra, misure.sinistra + MASSIMO * misure.colonna
    bordo = misure.raggio + 2
    sopra, sotto = cima - bordo, cima + alto + bordo
    confine = sinistra + (F_ALTA - 1) * misure.colonna
    soglia = cima + (100 - N_ALTO) * alto // 100
    forme: list[Forma] = [
        Rettangolo(confine, sopra, destra - confine, soglia - sopra, "#e6f0fa"),
        Scritta(0, CORPO, "Quanto è forte il bisogno (N)", CORPO),
    ]
    for n in (0, 25, 50, 75, 100):
        y = cima + (100 - n) * alto // 100
        forme += [
            Linea(sinistra, y, destra, y, SCURO if n == N_ALTO else CHIARO, tratteggiata=n == N_ALTO),
            Scritta(sinistra - 6, y + 5, str(n), 13, ancora="end"),
        ]
    for f in range(1, MASSIMO + 1):
        x = sinistra + f * misure.colonna
        if f < MASSIMO:
            forme.append(Linea(x, sopra, x, sotto, SCURO if x == confine else CHIARO, tratteggiata=x == confine))
        forme.append(Scritta(x - misure.colonna // 2, sotto + 2 * RIGA, str(f), CORPO, ancora="middle"))
    for angolo, x, y in (
        (Casella.DA_PREPARARE, (sinistra + confine) // 2, sopra - 6),
        (Casella.SUBITO, (confine + destra) // 2, sopra - 6),
        (Casella.PIU_AVANTI, (sinistra + confine) // 2, sotto + RIGA - 4),
        (Casella.SE_CAPITA, (confine + destra) // 2, sotto + RIGA - 4),
    ):
        forme.append(Scritta(x, y, PAROLE[angolo], CORPO, grassetto=True, ancora="middle", colore=SCURO))
    return [
        *forme,
        Rettangolo(sinistra, sopra, destra - sinistra, sotto - sopra, "none", GRIGIO),
        Scritta((sinistra + destra) // 2, sotto + 3 * RIGA, "Quanto si può fare (F)", CORPO, ancora="middle"),
    ]


def _cerchio(segno: Segno, misure: Misure, cima: int) -> tuple[list[Forma], list[Forma]]:
    """What lies under the circles (the way to its true height) and the circle with its number."""
    x = misure.sinistra + (segno.fattibilita - 1) * misure.colonna + misure.colonna // 2 + segno.x
    y, vera = cima + segno.y, cima + segno.y_vera
    sotto: list[Forma] = [] if y == vera else [Linea(x, y, x, vera, GRIGIO), Cerchio(x, vera, 2, GRIGIO)]
    corpo = 12 if segno.numero < 100 else 9
    sopra: list[Forma] = [
        Cerchio(x, y, misure.raggio, BLU if segno.subito else BIANCO, BLU),
        Scritta(
            x,
            y + corpo // 3,
            str(segno.numero),
            corpo,
            grassetto=True,
            ancora="middle",
            colore=BIANCO if segno.subito else SCURO,
        ),
    ]
    return sotto, sopra


def griglia(titolo: str, proposte: Iterable[Proposta], *, larga: bool = False, nome: str = "griglia") -> Disegno:
    """The proposals by F (columns 1 to 5) and N (height), for the narrowest screen or (`larga`) for a page across.

    The numbers are those of `tabella`, whatever the order given. Circles never touch: where several would stand on one
    another they go aside in their column, then up or down with a line to their true height, and the plot grows if it must.
    """
    proposte = list(proposte)
    per_chiave = {uno.chiave: uno for uno in proposte}
    righe = tabella(proposte)
    numerate = [(riga.numero, per_chiave[riga.chiave]) for riga in righe if riga.numero is not None]
    misure = LARGA if larga else STRETTA
    alto = misure.altezza
    while (segni := _disponi(numerate, misure, alto)) is None:
        alto += CRESCITA
    cima = 2 * RIGA + misure.raggio + 10
    strati = [_cerchio(segno, misure, cima) for segno in segni]
    fuori = len(righe) - len(numerate)
    quante = f"{len(numerate)} {'proposta' if len(numerate) == 1 else 'proposte'}"
    return Disegno(
        nome=f"{nome}-larga" if larga else nome,
        titolo=pulito(titolo),
        descrizione=f"{quante} secondo la forza del bisogno e quanto si può fare"
        + (f"; {fuori} ancora da valutare." if fuori else "."),
        dettagli=tuple(
            f"{'–' if riga.numero is None else riga.numero} {riga.nome}: bisogno {riga.n}, fattibilità {riga.fattibilita}, "
            f"punteggio {riga.punteggio}. {riga.casella}."
            for riga in righe
        ),
        larghezza=misure.larghezza,
        altezza=cima + alto + misure.raggio + 2 + 3 * RIGA + 6,
        forme=(
            *_sfondo(misure, cima, alto),
            *(forma for sotto, _sopra in strati for forma in sotto),
            *(forma for _sotto, sopra in strati for forma in sopra),
        ),
    )
