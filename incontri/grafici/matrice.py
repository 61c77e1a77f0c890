"""The coverage matrix: needs in lines, comuni in columns, each cell with a colour, a hatching and a letter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incontri.priorita.copertura import StatoCella
from tavolo.base.disegno import (
    BIANCO,
    GRIGIO,
    SCURO,
    Cerchio,
    Disegno,
    Forma,
    Rettangolo,
    Scritta,
    a_capo,
    elenco,
    pulito,
)

STRETTA, LARGA = 360, 1040  # the narrowest screen; a page across
PER_RIGA = 8  # cells beside each other on the narrowest screen
CORPO, RIGA = 15, 20
COLONNA_NOMI, MARGINE = 300, 8

# Colour and hatching of each state: grave ones are dark, and on paper without colours the hatchings differ.
ASPETTO = {
    StatoCella.LACUNA: ("#a3262a", ""),
    StatoCella.SCOPERTO: ("#f5b26b", "righe"),
    StatoCella.SOVRAPPOSIZIONE: ("#a9c9ec", "quadri"),
    StatoCella.COPERTO: ("#b9dfc0", ""),
    StatoCella.NON_SEGNALATO: ("#f2f2f2", "punti"),
    StatoCella.IGNOTO: (BIANCO, ""),
}


@dataclass(frozen=True)
class RigaMatrice:
    """A need with its state in each comune; a comune that is missing is unknown."""

    nome: str
    stati: Mapping[str, StatoCella]

    def stato(self, comune: str) -> StatoCella:
        """Its state in a comune."""
        return self.stati.get(comune, StatoCella.IGNOTO)


def _cella(stato: StatoCella, x: int, y: int, larghezza: int, altezza: int) -> list[Forma]:
    colore, trama = ASPETTO[stato]
    al_centro, a_meta = x + larghezza // 2, y + altezza // 2
    return [
        Rettangolo(x + 1, y, larghezza - 1, altezza, colore, GRIGIO, trama),
        Cerchio(al_centro, a_meta, 11, BIANCO),
        Scritta(al_centro, a_meta + 5, stato.lettera, CORPO, grassetto=True, ancora="middle"),
    ]


def _righe(testi: Sequence[str], x: int, y: int, *, corpo: int = CORPO, **altro) -> list[Forma]:
    """Lines of words, the first on the base line of a line that begins at y."""
    return [Scritta(x, y + RIGA * numero + CORPO, testo, corpo, **altro) for numero, testo in enumerate(testi)]


def sigle(comuni: Sequence[str]) -> dict[str, str]:
    """Three letters for each comune, or its number if the letters do not tell them apart."""
    lettere = [pulito(comune)[:3].upper() for comune in comuni]
    if len(set(lettere)) < len(lettere) or "" in lettere:
        lettere = [str(numero) for numero in range(1, len(comuni) + 1)]
    return dict(zip(comuni, lettere, strict=True))


def _legenda(y: int, larghezza: int, colonne: int) -> tuple[list[Forma], int]:
    """Every state with what it means, in so many columns; the shapes and where they end."""
    passo = larghezza // colonne
    forme: list[Forma] = []
    stati = list(StatoCella)
    for inizio in range(0, len(stati), colonne):
        alta = 0
        for colonna, stato in enumerate(stati[inizio : inizio + colonne]):
            x = colonna * passo
            spiegazione = a_capo(stato.spiegazione, passo - 52 - 2 * MARGINE, CORPO)
            forme += _cella(stato, x, y, 40, 28)
            forme += _righe([stato.etichetta], x + 52, y, grassetto=True)
            forme += _righe(spiegazione, x + 52, y + RIGA)
            alta = max(alta, RIGA * (1 + len(spiegazione)) + MARGINE)
        y += alta
    return forme, y


def _larga(comuni: Sequence[str], righe: Sequence[RigaMatrice]) -> tuple[list[Forma], int]:
    passo = (LARGA - COLONNA_NOMI) // max(len(comuni), 1)
    intestazioni = [a_capo(comune, passo - 6, CORPO) for comune in comuni]
    y = RIGA * max((len(parole) for parole in intestazioni), default=0) + MARGINE
    forme: list[Forma] = []
    for numero, parole in enumerate(intestazioni):
        centro = COLONNA_NOMI + numero * passo + passo // 2
        forme += _righe(parole, centro, y - MARGINE - RIGA * len(parole), ancora="middle", grassetto=True)
    for riga in righe:
        nome = a_capo(riga.nome, COLONNA_NOMI - 2 * MARGINE, CORPO)
        alta = max(36, RIGA * len(nome) + MARGINE)
        forme += _righe(nome, 0, y + (alta - RIGA * len(nome)) // 2)
        for numero, comune in enumerate(comuni):
            forme += _cella(riga.stato(comune), COLONNA_NOMI + numero * passo, y, passo - 4, alta)
        y += alta + 4
    return forme, y + RIGA


def _stretta(comuni: Sequence[str], righe: Sequence[RigaMatrice]) -> tuple[list[Forma], int]:
    passo = STRETTA // PER_RIGA
    corte = sigle(comuni)
    forme: list[Forma] = []
    y = 0
    for riga in righe:
        nome = a_capo(riga.nome, STRETTA, CORPO)
        forme += _righe(nome, 0, y, grassetto=True)
        y += RIGA * len(nome) + 4
        for inizio in range(0, len(comuni), PER_RIGA):
            for numero, comune in enumerate(comuni[inizio : inizio + PER_RIGA]):
                x = numero * passo
                forme.append(Scritta(x + 21, y + 12, corte[comune], 13, ancora="middle"))
                forme += _cella(riga.stato(comune), x, y + 18, passo - 3, 32)
            y += 18 + 32 + MARGINE
        y += MARGINE
    chiave = a_capo("; ".join(f"{corte[comune]} {pulito(comune)}" for comune in comuni), STRETTA, CORPO)
    forme += _righe(chiave, 0, y, colore=SCURO)
    return forme, y + RIGA * len(chiave) + MARGINE


def _in_parole(riga: RigaMatrice, comuni: Sequence[str]) -> str:
    per_stato = {stato: [pulito(c) for c in comuni if riga.stato(c) == stato] for stato in StatoCella}
    detto = "; ".join(f"{stato.etichetta.lower()}: {elenco(dove)}" for stato, dove in per_stato.items() if dove)
    return f"{pulito(riga.nome)} – {detto}."


def matrice(
    titolo: str, comuni: Sequence[str], righe: Sequence[RigaMatrice], *, larga: bool = False, nome: str = "matrice"
) -> Disegno:
    """The matrix in the order given, for the narrowest screen or (`larga`) for a page across and print.

    No name is cut short. `descrizione` counts the cells of each state, `dettagli` tell each need in words.
    """
    forme, y = (_larga if larga else _stretta)(comuni, righe)
    legenda, fine = _legenda(y, LARGA if larga else STRETTA, 3 if larga else 1)
    quante = Counter(riga.stato(comune) for riga in righe for comune in comuni)
    conti = [f"{stato.etichetta.lower()} {quante[stato]}" for stato in StatoCella if quante[stato]]
    misura = f"{len(righe)} {'bisogno' if len(righe) == 1 else 'bisogni'} in {len(comuni)} {'comune' if len(comuni) == 1 else 'comuni'}"
    return Disegno(
        nome=f"{nome}-larga" if larga else nome,
        titolo=pulito(titolo),
        descrizione=f"{misura}. Caselle: {', '.join(conti)}." if conti else f"{misura}.",
        dettagli=tuple(_in_parole(riga, comuni) for riga in righe) if comuni else (),
        larghezza=LARGA if larga else STRETTA,
        altezza=fine,
        forme=tuple(forme + legenda),
    )
