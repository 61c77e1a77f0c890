"""The state of a cell of the coverage matrix: one need in one comune."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from incontri.priorita.dati import GRAVE, MASSIMO, MINIMO, esatto

META, QUASI_TUTTI, MOLTI_ENTI = Fraction(1, 2), Fraction(4, 5), 3  # thresholds of the reference, which are ours


class StatoCella(StrEnum):
    """What the matrix says of one need in one comune."""

    LACUNA = "lacuna"
    SCOPERTO = "scoperto"
    SOVRAPPOSIZIONE = "sovrapposizione"
    COPERTO = "coperto"
    NON_SEGNALATO = "non-segnalato"
    IGNOTO = "ignoto"

    @property
    def etichetta(self) -> str:
        """Its name, as people read it."""
        return _PAROLE[self][0]

    @property
    def lettera(self) -> str:
        """One letter that tells it without colours."""
        return _PAROLE[self][1]

    @property
    def spiegazione(self) -> str:
        """What it means, in a sentence."""
        return _PAROLE[self][2]


_PAROLE = {
    StatoCella.LACUNA: ("Lacuna", "L", "Il bisogno è grave e nessun ente risponde."),
    StatoCella.SCOPERTO: ("Scoperto", "S", "Il bisogno è grave e la risposta arriva a meno della metà delle persone."),
    StatoCella.SOVRAPPOSIZIONE: (
        "Possibile sovrapposizione",
        "D",
        "Tre enti o più rispondono già quasi a tutti: conviene mettersi d'accordo.",
    ),
    StatoCella.COPERTO: ("Coperto", "C", "La risposta arriva almeno alla metà delle persone."),
    StatoCella.NON_SEGNALATO: (
        "Non segnalato",
        "N",
        "Qui il bisogno non è segnalato come grave, e nessuno o pochi ricevono una risposta.",
    ),
    StatoCella.IGNOTO: ("Non si sa", "?", "Mancano dati per dirlo."),
}


def stato_cella(enti: int, c: Fraction | Decimal | None, g: Fraction | Decimal | int | None) -> StatoCella:
    """The state from the distinct active enti, the coverage c_k and the gravity g_k: the first line that fits.

    1. no ente: g ≥ 3 lacuna, g < 3 non segnalato, g unknown ignoto (a coverage nobody gives is not looked at);
    2. c unknown: ignoto, because presence alone shows gaps only superficially (OCHA, 4W: humanitarian.atlassian.net/wiki/x/CgCBk);
    3. three enti or more and c ≥ .8: possibile sovrapposizione, however grave;
    4. c ≥ .5: coperto;
    5. c < .5: g ≥ 3 scoperto, g < 3 non segnalato, g unknown ignoto.

    1 (g ≥ 3), 3 and 5 (g ≥ 3) are the reference's, the rest ours. Raises ValueError on what cannot be, TypeError on a float.
    """
    quota = None if c is None else esatto(c)
    gravita = None if g is None else esatto(g)
    if enti < 0 or (quota is not None and not 0 <= quota <= 1):
        raise ValueError("Gli enti non sono meno di zero, e la copertura va da 0 a 1.")
    if gravita is not None and not MINIMO <= gravita <= MASSIMO:
        raise ValueError("La gravità va da 1 a 5.")
    if enti == 0:
        return _secondo_gravita(gravita, StatoCella.LACUNA)
    if quota is None:
        return StatoCella.IGNOTO
    if quota < META:
        return _secondo_gravita(gravita, StatoCella.SCOPERTO)
    if enti >= MOLTI_ENTI and quota >= QUASI_TUTTI:
        return StatoCella.SOVRAPPOSIZIONE
    return StatoCella.COPERTO


def _secondo_gravita(gravita: Fraction | None, se_grave: StatoCella) -> StatoCella:
    if gravita is None:
        return StatoCella.IGNOTO
    return se_grave if gravita >= GRAVE else StatoCella.NON_SEGNALATO
