"""The names of the states of a cell and what they mean, for pages in every language."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from incontri.priorita.copertura import StatoCella

# As `StatoCella` has them: a test holds the two together.
NOMI = {
    StatoCella.LACUNA: gettext_lazy("Lacuna"),
    StatoCella.SCOPERTO: gettext_lazy("Scoperto"),
    StatoCella.SOVRAPPOSIZIONE: gettext_lazy("Possibile sovrapposizione"),
    StatoCella.COPERTO: gettext_lazy("Coperto"),
    StatoCella.NON_SEGNALATO: gettext_lazy("Non segnalato"),
    StatoCella.IGNOTO: gettext_lazy("Non si sa"),
}
SPIEGAZIONI = {
    StatoCella.LACUNA: gettext_lazy("Il bisogno è grave e nessun ente risponde."),
    StatoCella.SCOPERTO: gettext_lazy("Il bisogno è grave e la risposta arriva a meno della metà delle persone."),
    StatoCella.SOVRAPPOSIZIONE: gettext_lazy(
        "Tre enti o più rispondono già quasi a tutti: conviene mettersi d'accordo."
    ),
    StatoCella.COPERTO: gettext_lazy("La risposta arriva almeno alla metà delle persone."),
    StatoCella.NON_SEGNALATO: gettext_lazy(
        "Qui il bisogno non è segnalato come grave, e nessuno o pochi ricevono una risposta."
    ),
    StatoCella.IGNOTO: gettext_lazy("Mancano dati per dirlo."),
}


@dataclass(frozen=True)
class Leggenda:
    """A state as the key of the matrix shows it."""

    stato: StatoCella
    nome: str
    spiegazione: str


def legenda() -> list[Leggenda]:
    """Every state with its name and what it means, in the language of the page."""
    return [Leggenda(stato, str(NOMI[stato]), str(SPIEGAZIONI[stato])) for stato in StatoCella]
