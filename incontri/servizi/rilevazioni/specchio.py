"""What the enti are shown of the answers of all: median, spread and the reasons, never who said what."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from incontri.models import Bisogno, Rilevazione, Voto
from incontri.priorita.accordo import ANONIMI
from incontri.priorita.statistica import arrotonda, mediana, scarto_interquartile


@dataclass(frozen=True)
class Specchio:
    """How the enti answered in the first turn; a number that fewer than ANONIMI gave, and reasons of fewer, are not there."""

    risposte: int
    gravita: Decimal | None = None
    scarto_gravita: Decimal | None = None
    equita: Decimal | None = None
    scarto_equita: Decimal | None = None
    motivi: tuple[str, ...] = ()

    @property
    def anonimo(self) -> bool:
        """Whether so many answered that nobody is recognised."""
        return self.risposte >= ANONIMI


def specchi(rilevazione: Rilevazione, bisogni: Iterable[Bisogno]) -> dict[UUID, Specchio]:
    """What the enti said of each need in the first turn, by the key of the need; empty before it is closed. One query."""
    if rilevazione.turni_leggibili < 1:
        return {}
    righe = Voto.objects.leggibili().filter(rilevazione=rilevazione, bisogno__in=list(bisogni), turno=1)
    per_bisogno: dict[UUID, list[Voto]] = {bisogno.pk: [] for bisogno in bisogni}
    for voto in righe.only("bisogno", "gravita", "equita", "motivo"):
        per_bisogno[voto.bisogno_id].append(voto)
    return {chiave: _specchio(voti) for chiave, voti in per_bisogno.items()}


def perche(rilevazione: Rilevazione, bisogni: Iterable[Bisogno]) -> list[tuple[Bisogno, tuple[str, ...]]]:
    """The reasons of a closed round, need by need, in the last turn each ente voted; only of needs where ANONIMI gave one.

    One query; nothing before the round is closed.
    """
    if not rilevazione.risultati:
        return []
    righe = Voto.objects.leggibili().filter(rilevazione=rilevazione).order_by("turno")
    ultimi = {(voto.bisogno_id, voto.ente_id): voto for voto in righe.only("bisogno", "ente", "motivo", "turno")}
    detti: dict[UUID, list[Voto]] = {}
    for (bisogno, _ente), voto in ultimi.items():
        detti.setdefault(bisogno, []).append(voto)
    tutti = [(bisogno, _motivi(detti.get(bisogno.pk, []))) for bisogno in bisogni]
    return [(bisogno, motivi) for bisogno, motivi in tutti if motivi]


def _motivi(voti: list[Voto]) -> tuple[str, ...]:
    """The reasons in an order of chance; none where fewer than ANONIMI gave one."""
    motivi = tuple(voto.motivo for voto in sorted(voti, key=_a_caso) if voto.motivo)
    return motivi if len(motivi) >= ANONIMI else ()


def _specchio(voti: list[Voto]) -> Specchio:
    """Each number only from ANONIMI answers to that question; the reasons only where ANONIMI enti gave one."""
    gravita = [voto.gravita for voto in voti if voto.gravita is not None]
    equita = [voto.equita for voto in voti if voto.equita is not None]
    quanti = max(len(gravita), len(equita))
    return Specchio(
        quanti,
        arrotonda(mediana(gravita)) if len(gravita) >= ANONIMI else None,
        arrotonda(scarto_interquartile(gravita)) if len(gravita) >= ANONIMI else None,
        arrotonda(mediana(equita)) if len(equita) >= ANONIMI else None,
        arrotonda(scarto_interquartile(equita)) if len(equita) >= ANONIMI else None,
        _motivi(voti),
    )


def _a_caso(voto: Voto) -> str:
    """An order that says nothing of who voted when, and is the same each time."""
    return hashlib.sha256(voto.motivo.encode()).hexdigest()
