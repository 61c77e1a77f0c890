"""What the second turn is shown of the first: median, spread and the reasons, never who said what."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from incontri.models import Bisogno, Rilevazione, Voto
from incontri.priorita.statistica import arrotonda, mediana, scarto_interquartile

MINIMO = 3  # with fewer answers one could tell who said what


@dataclass(frozen=True)
class Specchio:
    """How the enti answered in the first turn; without numbers and reasons where fewer than MINIMO answered."""

    risposte: int
    gravita: Decimal | None = None
    scarto_gravita: Decimal | None = None
    equita: Decimal | None = None
    scarto_equita: Decimal | None = None
    motivi: tuple[str, ...] = ()

    @property
    def anonimo(self) -> bool:
        """Whether so many answered that nobody is recognised."""
        return self.risposte >= MINIMO


def specchi(rilevazione: Rilevazione, bisogni: Iterable[Bisogno]) -> dict[UUID, Specchio]:
    """What the enti said of each need in the first turn, by the key of the need; empty before it is closed. One query."""
    if rilevazione.turni_leggibili < 1:
        return {}
    righe = Voto.objects.leggibili().filter(rilevazione=rilevazione, bisogno__in=list(bisogni), turno=1)
    per_bisogno: dict[UUID, list[Voto]] = {bisogno.pk: [] for bisogno in bisogni}
    for voto in righe.only("bisogno", "gravita", "equita", "motivo"):
        per_bisogno[voto.bisogno_id].append(voto)
    return {chiave: _specchio(voti) for chiave, voti in per_bisogno.items()}


def _specchio(voti: list[Voto]) -> Specchio:
    dati = [voto for voto in voti if voto.gravita is not None or voto.equita is not None]
    if len(dati) < MINIMO:
        return Specchio(len(dati))
    gravita, equita = [voto.gravita for voto in dati], [voto.equita for voto in dati]
    return Specchio(
        len(dati),
        arrotonda(mediana(gravita)),
        arrotonda(scarto_interquartile(gravita)),
        arrotonda(mediana(equita)),
        arrotonda(scarto_interquartile(equita)),
        tuple(voto.motivo for voto in sorted(voti, key=_a_caso) if voto.motivo),
    )


def _a_caso(voto: Voto) -> str:
    """An order that says nothing of who voted when, and is the same each time."""
    return hashlib.sha256(voto.motivo.encode()).hexdigest()
