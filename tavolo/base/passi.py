"""What waits for a person, wherever it comes from: lines of the dashboard, each with one thing to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

FINE_DEI_TEMPI = datetime.max.replace(tzinfo=UTC)


class Passo(NamedTuple):
    """A button: its words, where it leads, whether it sends a POST."""

    etichetta: str
    url: str
    post: bool = False


@dataclass(frozen=True)
class DaFare:
    """One line of what waits: about what, why, the one thing to do, the moment it is about.

    `oggetto` names itself; `indirizzo` is its page; `detto` the words for the moment where the bare date says too little.
    """

    oggetto: Any
    perche: str
    passo: Passo
    indirizzo: str
    quando: date | datetime | None = None
    detto: str = ""

    @property
    def momento(self) -> datetime | None:
        """The moment it is about; of a day, its beginning."""
        if self.quando is None or isinstance(self.quando, datetime):
            return self.quando
        return timezone.make_aware(datetime.combine(self.quando, time.min))

    @property
    def giorno(self) -> date | None:
        """The day it is about, in this country."""
        return timezone.localtime(self.momento).date() if self.momento else None


def in_giorno(giorno: date) -> str:
    """`15 novembre 2026`."""
    return date_format(giorno, "j F Y")


def in_fila(attese: Iterable[DaFare]) -> list[DaFare]:
    """The lines by date, the oldest first, those without a date at the end in the order given."""
    return sorted(attese, key=lambda attesa: attesa.momento or FINE_DEI_TEMPI)
