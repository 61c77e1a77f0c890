"""What an import did, or would do: counts, differences, and errors by row and column."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.html import format_html
from django.utils.text import Truncator
from import_export.resources import Diff
from import_export.results import Result, RowResult


@dataclass(frozen=True)
class Errore:
    """What is wrong at one place of a file; row 0 is the file as a whole."""

    riga: int
    colonna: str
    messaggio: str

    def __str__(self):
        dove = [f"riga {self.riga}"] * bool(self.riga) + [f"colonna «{self.colonna}»"] * bool(self.colonna)
        return f"{', '.join(dove)}: {self.messaggio}" if dove else self.messaggio


class Esito(Result):
    """What an import did, or would do, with its errors in the order of the file."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.numeri: list[int] = []

    @property
    def nuove(self) -> int:
        """How many rows are made."""
        return self.totals[RowResult.IMPORT_TYPE_NEW]

    @property
    def aggiornate(self) -> int:
        """How many rows change."""
        return self.totals[RowResult.IMPORT_TYPE_UPDATE]

    @property
    def invariate(self) -> int:
        """How many rows were already so."""
        return self.totals[RowResult.IMPORT_TYPE_SKIP]

    @property
    def errori(self) -> list[Errore]:
        """Every error; empty when the file is good."""
        trovati = [Errore(0, "", str(errore.error)) for errore in self.base_errors]
        for riga in self.error_rows:
            trovati += [Errore(self.numeri[riga.number - 1], "", str(e.error)) for e in riga.errors]
        for riga in self.invalid_rows:
            for colonna, messaggi in riga.error_dict.items():
                dove = "" if colonna == NON_FIELD_ERRORS else colonna
                trovati += [Errore(self.numeri[riga.number - 1], dove, messaggio) for messaggio in messaggi]
        return sorted(trovati, key=lambda errore: errore.riga)


class Differenza(Diff):
    """What changes in a row, marked without inline styles; read only where somebody looks at it."""

    def __init__(self, resource, instance, new):
        self.new, self.left, self.right = new, [], []
        if resource.anteprima:
            super().__init__(resource, instance, new)

    def compare_with(self, resource, instance):
        """Read the row again, now that it is filled."""
        if resource.anteprima:
            super().compare_with(resource, instance)

    def as_html(self):
        """Old and new text of each column."""
        celle = []
        for prima, dopo in zip(self.left, self.right, strict=True):
            prima, dopo = (Truncator(str(testo)).chars(200) for testo in (prima, dopo))
            if prima == dopo:
                celle.append(dopo)
            elif self.new or not prima:
                celle.append(format_html("<ins>{}</ins>", dopo))
            else:
                celle.append(format_html("<del>{}</del> <ins>{}</ins>", prima, dopo))
        return celle
