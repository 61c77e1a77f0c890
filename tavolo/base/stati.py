"""States and the passages between them: a table of rows, and the one writer that obeys it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction


class PassaggioNonPossibile(Exception):
    """The row is no longer (or never was) in a state this passage starts from; the message is for the person."""


def niente(oggetto: Any) -> str:
    """No reason against."""
    return ""


@dataclass(frozen=True)
class Passaggio:
    """One row of a transition table: from which states, to which one, under which permission, with which words.

    `contro` gives the reason why a row in the right state cannot pass all the same; empty if it can.
    `avviso` gives what whoever has just done it had better know; empty for nothing.
    """

    nome: str
    etichetta: str
    da: frozenset[str]
    a: str
    permesso: str
    contro: Callable[[Any], str] = niente
    avviso: Callable[[Any], str] = niente


class ConStati(models.Model):
    """A row with a `stato` that only `compi` writes, following the table `PASSAGGI` of its class."""

    PASSAGGI: ClassVar[tuple[Passaggio, ...]] = ()
    stato: Any  # each class declares the field, with its own choices
    get_stato_display: Any

    class Meta:
        abstract = True

    @classmethod
    def passaggio(cls, nome: str) -> Passaggio:
        """The row of the table with this name; KeyError if there is none."""
        return {p.nome: p for p in cls.PASSAGGI}[nome]

    def azioni_per(self, utente: Any) -> list[Passaggio]:
        """The passages open to this person from the present state, in the order of the table."""
        return [p for p in self.PASSAGGI if not self.impedimento(p) and utente.has_perm(p.permesso, self)]

    def impedimento(self, passaggio: Passaggio) -> str:
        """Why the passage cannot be done now, for the person; empty if it can."""
        if self.stato in passaggio.da:
            return passaggio.contro(self)
        return f"«{passaggio.etichetta}» non si può fare: lo stato è «{self.get_stato_display()}»."


def compi(oggetto: Any, nome: str, *, autore: Any, valori: Mapping[str, Any] | None = None) -> None:
    """Bring `oggetto` (a ConStati) through the passage `nome` in one transaction, with a row of history by `autore`.

    `valori` are fields that change together with the state: when it was done, by whom, with which words. A reason against
    looks at the row with them: a passage may ask for what it brings.

    Says *when*, never *who*: the caller has asked for the permission. Raises PassaggioNonPossibile, with nothing
    written, if the row is not in a state the passage starts from, if the passage has a reason against, or if the row
    would break a rule of its model.
    """
    passaggio = oggetto.passaggio(nome)
    with transaction.atomic():
        # Read again and held: what others saved meanwhile is kept, and of two passages at once one comes second. SQLite
        # has no such lock and needs none: its transactions begin as the only writer.
        oggetto.refresh_from_db(from_queryset=type(oggetto)._default_manager.select_for_update())
        portati = dict(valori or {})
        prima = {campo: getattr(oggetto, campo) for campo in (*portati, "stato")}
        _scrivi(oggetto, portati)
        if impedimento := oggetto.impedimento(passaggio):
            _scrivi(oggetto, prima)
            raise PassaggioNonPossibile(impedimento)
        _scrivi(oggetto, {"stato": passaggio.a})
        oggetto._history_user = autore
        try:
            oggetto.full_clean(validate_unique=False)
            oggetto.save()
        except ValidationError as errore:
            _scrivi(oggetto, prima)
            raise PassaggioNonPossibile(" ".join(errore.messages)) from errore


def _scrivi(oggetto: Any, valori: Mapping[str, Any]) -> None:
    for campo, valore in valori.items():
        setattr(oggetto, campo, valore)
