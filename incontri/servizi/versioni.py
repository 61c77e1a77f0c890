"""The versions of the minutes while they are written: which there are, how the text stood, what is different between two.

Nothing is kept for them: every save of an entry, and of the commitment it tells of, is a line of their history already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from incontri.models import Impegno, PuntoOdg, Verbale, Voce
from incontri.servizi.allora import Stato, VoceAllora

# Lines of one person no farther apart than this are one save, or saves nobody would tell apart.
PAUSA = timedelta(seconds=5)


@dataclass(frozen=True)
class Versione:
    """A moment in which somebody saved: who, when, what of the entries changed then."""

    momento: datetime
    chi: str
    aggiunte: int
    cambiate: int
    tolte: int
    spostate: bool
    punti: tuple[str, ...]

    @property
    def chiave(self) -> str:
        """The moment as it stands in an address."""
        return self.momento.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True)
class PuntoAllora:
    """A point of the agenda with its entries as they stood; `numero` is None if the point is no longer there today."""

    pk: UUID
    titolo: str
    numero: int | None
    voci: list[VoceAllora]


def versioni(verbale: Verbale) -> list[Versione]:
    """The moments in which the minutes were saved, newest first: the first one is how they stand now. Four queries."""
    punti = {punto.pk: punto.titolo for punto in _punti(verbale)}
    stato, trovate = Stato(), []
    for gruppo in _gruppi(_righe(punti)):
        versione = _versione(stato, gruppo, punti)
        if versione is not None:
            trovate.append(versione)
    return trovate[::-1]


def com_era(verbale: Verbale, momento: datetime) -> list[PuntoAllora]:
    """The points of the agenda, each with its entries as they stood at `momento`, in the order of then. Four queries.

    Points taken off the agenda since come last, if they had entries.
    """
    return com_erano(verbale, momento)[0]


def com_erano(verbale: Verbale, *momenti: datetime) -> list[list[PuntoAllora]]:
    """The same at many moments, with the same queries; in the order asked."""
    punti = _punti(verbale)
    righe, stato, trovati, letta = _righe({punto.pk for punto in punti}), Stato(), {}, 0
    for momento in sorted(set(momenti)):
        while letta < len(righe) and righe[letta].history_date <= momento:
            stato.applica(righe[letta])
            letta += 1
        trovati[momento] = [_allora(punto, stato) for punto in punti]
    return [[punto for punto in trovati[momento] if punto.numero is not None or punto.voci] for momento in momenti]


def _allora(punto: PuntoAllora, stato: Stato) -> PuntoAllora:
    return PuntoAllora(punto.pk, punto.titolo, punto.numero, [stato.voce(pk) for pk in stato.fila(punto.pk)])


def _punti(verbale: Verbale) -> list[PuntoAllora]:
    """Every point the agenda has had: those of today by number, then those taken off it."""
    di_oggi = list(PuntoOdg.objects.filter(incontro=verbale.incontro_id))
    punti = [PuntoAllora(punto.pk, punto.titolo, numero, []) for numero, punto in enumerate(di_oggi, start=1)]
    storia = PuntoOdg.storia.filter(incontro=verbale.incontro_id).order_by("history_date", "history_id")
    tolti = dict(storia.values_list("uuid", "titolo"))
    return punti + [PuntoAllora(pk, tolti[pk], None, []) for pk in tolti.keys() - {punto.pk for punto in punti}]


def _righe(punti: Any) -> list[Any]:
    """The lines of history of the entries of these points, and of the commitments they tell of, the oldest first."""
    voci = Voce.storia.filter(punto__in=list(punti))
    degli_impegni = Impegno.storia.filter(voce__in=voci.order_by().values("uuid")).order_by().values("uuid")
    impegni = Impegno.storia.filter(uuid__in=degli_impegni)
    righe = [*voci.select_related("history_user"), *impegni.select_related("history_user", "ente", "persona")]
    # In one and the same instant the entry comes before what it tells of.
    return sorted(righe, key=lambda riga: (riga.history_date, riga.instance_type is Impegno, riga.history_id))


def _gruppi(righe: list[Any]) -> Iterator[list[Any]]:
    """The lines of each save: of one person, close in time, none of them over what another of them has written."""
    gruppo: list[Any] = []
    scritte: dict[UUID, Any] = {}
    for riga in righe:
        scritto = _scritto(riga)
        if gruppo:
            altra_mano = riga.history_user_id != gruppo[-1].history_user_id
            lontana = riga.history_date - gruppo[-1].history_date > PAUSA
            if altra_mano or lontana or scritte.get(riga.uuid, scritto) != scritto:
                yield gruppo
                gruppo, scritte = [], {}
        gruppo.append(riga)
        scritte[riga.uuid] = scritto
    if gruppo:
        yield gruppo


def _scritto(riga: Any) -> tuple[Any, ...]:
    via = riga.history_type == "-"
    if riga.instance_type is Voce:
        return via, riga.tipo, riga.testo, riga.esito, riga.pubblica
    return via, riga.voce_id, riga.ente_id, riga.persona_id, riga.scadenza


def _versione(stato: Stato, gruppo: list[Any], punti: dict[UUID, str]) -> Versione | None:
    """What the lines of a save changed in `stato`, which takes them in; None if nothing that can be read."""
    prima: dict[UUID, Any] = {}
    file: dict[UUID, list[UUID]] = {}
    dove: dict[UUID, UUID] = {}
    for riga in gruppo:
        for voce in stato.toccate(riga):
            prima.setdefault(voce, stato.contenuto(voce))
        if riga.instance_type is Voce:
            file.setdefault(riga.punto_id, stato.fila(riga.punto_id))
            dove[riga.uuid] = riga.punto_id
        stato.applica(riga)
    dopo = {voce: stato.contenuto(voce) for voce in prima}
    cambiate = {voce for voce in prima if prima[voce] != dopo[voce]}
    spostati = {punto for punto, fila in file.items() if _mossa(fila, stato.fila(punto))}
    if not cambiate and not spostati:
        return None
    dove |= {voce: stato.voci[voce].punto_id for voce in cambiate if voce in stato.voci}
    toccati = spostati | {dove[voce] for voce in cambiate if voce in dove}
    chi = gruppo[-1].history_user
    return Versione(
        momento=gruppo[-1].history_date,
        chi=str(chi or ""),
        aggiunte=sum(prima[voce] is None for voce in cambiate),
        cambiate=sum(prima[voce] is not None and dopo[voce] is not None for voce in cambiate),
        tolte=sum(dopo[voce] is None for voce in cambiate),
        spostate=bool(spostati),
        punti=tuple(titolo for pk, titolo in punti.items() if pk in toccati),
    )


def _mossa(prima: list[UUID], dopo: list[UUID]) -> bool:
    """Whether what stands in both stands in another order."""
    return [voce for voce in prima if voce in dopo] != [voce for voce in dopo if voce in prima]
