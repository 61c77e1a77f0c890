"""Which round speaks for a need: several may have scored it, and the last one is not always the one to rely on."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from incontri.models import Bisogno, Rilevazione
from incontri.priorita.accordo import ANONIMI


class Detto(NamedTuple):
    """A round that scored a need, and the need's line as it was kept when the round was closed."""

    rilevazione: Rilevazione
    riga: Mapping[str, Any]


def in_pochi(votanti: int) -> bool:
    """Whether so few enti answered that the public, from the numbers, could tell who said what."""
    return votanti < ANONIMI


def detti(bisogni: Iterable[Bisogno], *, pubblico: bool = False) -> dict[UUID, list[Detto]]:
    """Of each need, by its key, the closed rounds that scored it, the one to rely on first. One query.

    First those in which more than half of the enti answered, then the provisional ones; among equals the newest (ours). So a
    thin round, or one that did not ask about a need, does not hide what many said before. `pubblico`: only published rounds,
    and of those only what ANONIMI enti or more said.
    """
    cercati = {str(bisogno.pk): bisogno.pk for bisogno in bisogni}
    chiuse = Rilevazione.objects.exclude(risultati={}).order_by("-chiusa_il", "-creato")
    trovati: dict[UUID, list[Detto]] = {chiave: [] for chiave in cercati.values()}
    for rilevazione in chiuse.pubblicate() if pubblico else chiuse:
        for riga in rilevazione.risultati["righe"]:
            if riga["bisogno"] in cercati and riga["votanti"] and not (pubblico and in_pochi(riga["votanti"])):
                trovati[cercati[riga["bisogno"]]].append(Detto(rilevazione, riga))
    return {chiave: sorted(righe, key=lambda detto: detto.riga["provvisorio"]) for chiave, righe in trovati.items()}
