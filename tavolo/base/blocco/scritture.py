"""Many rows written together: the rows, their lists, their history, and the word that the content has changed.

The caller has validated the rows. The history is copied inside the database from what was just written: it cannot differ
from it, and it costs one statement for some hundreds of rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from tavolo.base.contenuto import cambiate

PER_VOLTA = 500


class CambiateIntanto(Exception):
    """Rows to be changed are no longer as they were when they were read."""


@dataclass
class Scritture:
    """What is to be written of one model: `molti` gives, for each list, its new rows by the key of their owner."""

    modello: Any
    nuove: list[Any] = field(default_factory=list)
    aggiornate: list[Any] = field(default_factory=list)
    campi: set[str] = field(default_factory=set)
    molti: dict[str, dict[Any, list[Any]]] = field(default_factory=dict)

    def esegui(self, *, autore: Any, motivo: str) -> None:
        """Write everything in one transaction.

        Raises CambiateIntanto if somebody has changed a row meanwhile, IntegrityError if somebody has written one
        that these cannot stand beside; nothing is written then.
        """
        if not self.nuove and not self.aggiornate:
            return
        with transaction.atomic():
            self._come_prima()
            self._righe()
            for nome, elenchi in self.molti.items():
                self._elenchi(self.modello._meta.get_field(nome), elenchi)
            if hasattr(self.modello, "storia"):
                quando = timezone.now()
                for tipo, righe in (("+", self.nuove), ("~", self.aggiornate)):
                    _storia(self.modello, [r.pk for r in righe], tipo, quando, autore, motivo)
            cambiate([*self.nuove, *self.aggiornate])

    def _come_prima(self) -> None:
        # Held until the end on PostgreSQL; on SQLite nobody else writes while this transaction is open.
        righe = self.modello._default_manager.order_by().select_for_update()
        for parte in a_gruppi(self.aggiornate):
            adesso = dict(righe.filter(pk__in=[r.pk for r in parte]).values_list("pk", "aggiornato"))
            if any(adesso.get(r.pk) != r.aggiornato for r in parte):
                raise CambiateIntanto

    def _righe(self) -> None:
        tutte = self.modello._default_manager
        tutte.bulk_create(self.nuove, batch_size=PER_VOLTA)
        creati = [riga.creato for riga in self.aggiornate]
        # An upsert that always finds its row: ten times as fast as bulk_update, which writes a CASE for each value.
        tutte.bulk_create(
            self.aggiornate,
            batch_size=PER_VOLTA,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=[*self.campi, "aggiornato"],
        )
        for riga, creato in zip(self.aggiornate, creati, strict=True):
            riga.creato = creato

    def _elenchi(self, campo: Any, elenchi: dict[Any, list[Any]]) -> None:
        ponte, qui, la = campo.remote_field.through, campo.m2m_column_name(), campo.m2m_reverse_name()
        gia: dict[tuple, Any] = {}
        for parte in a_gruppi([r.pk for r in self.aggiornate if r.pk in elenchi]):
            righe = ponte._default_manager.filter(**{f"{qui}__in": parte})
            gia |= {(uno, altro): pk for pk, uno, altro in righe.values_list("pk", qui, la)}
        voluti = {(uno, altro.pk) for uno, altri in elenchi.items() for altro in altri}
        for parte in a_gruppi([pk for coppia, pk in gia.items() if coppia not in voluti]):
            ponte._default_manager.filter(pk__in=parte).delete()
        # In the order of the file, as row by row would have done.
        nuovi = [(u, a.pk) for u, altri in elenchi.items() for a in altri if (u, a.pk) not in gia]
        ponte._default_manager.bulk_create([ponte(**{qui: u, la: a}) for u, a in nuovi], batch_size=PER_VOLTA)


def a_gruppi(cose: Sequence[Any], quante: int = PER_VOLTA) -> Iterator[Sequence[Any]]:
    """The things, some hundreds at a time: engines limit the parameters of one statement."""
    return (cose[inizio : inizio + quante] for inizio in range(0, len(cose), quante))


def _storia(modello: Any, chiavi: list[Any], tipo: str, quando: datetime, autore: Any, motivo: str) -> None:
    """One version of each row, with its lists, as django-simple-history would have written it."""
    storico = modello.storia.model
    colonne = [c.column for c in storico.tracked_fields]
    pk = modello._meta.pk
    utente = storico._meta.get_field("history_user")
    fatto = [
        storico._meta.get_field("history_date").get_db_prep_save(quando, connection),
        tipo,
        motivo,
        utente.get_db_prep_save(getattr(autore, "pk", None), connection),
    ]
    aggiunte = ["history_date", "history_type", "history_change_reason", utente.column]
    for parte in a_gruppi(chiavi):
        valori = [pk.get_db_prep_save(chiave, connection) for chiave in parte]
        _copia(
            storico, [*colonne, *aggiunte], modello, colonne, fatto, f"{_q(pk.column)} IN ({_posti(valori)})", valori
        )
        for campo in getattr(storico, "_history_m2m_fields", ()):
            _storia_di_elenco(storico, campo, pk, [fatto[0], tipo, *valori])


def _copia(verso, colonne: Iterable[str], da, prese: Iterable[str], fissi: list, dove: str, valori: list) -> None:
    scelte = [*map(_q, prese), *["%s"] * len(fissi)]
    # Names come from the models, never from a person; values go as parameters.
    sql = (
        f"INSERT INTO {_q(verso._meta.db_table)} ({', '.join(map(_q, colonne))}) "  # noqa: S608
        f"SELECT {', '.join(scelte)} FROM {_q(da._meta.db_table)} WHERE {dove}"
    )
    with connection.cursor() as cursore:
        cursore.execute(sql, [*fissi, *valori])


def _storia_di_elenco(storico: Any, campo: Any, pk: Any, valori: list[Any]) -> None:
    ponte, verso = campo.remote_field.through, getattr(storico, campo.name).model
    colonne = [c.column for c in ponte._meta.concrete_fields]
    q, legame = _q, verso._meta.get_field("history").column
    sql = (
        f"INSERT INTO {q(verso._meta.db_table)} ({', '.join(map(q, colonne))}, {q(legame)}) "  # noqa: S608
        f"SELECT {', '.join(f'p.{q(c)}' for c in colonne)}, s.{q(storico._meta.pk.column)} "
        f"FROM {q(ponte._meta.db_table)} p JOIN {q(storico._meta.db_table)} s "
        f"ON s.{q(pk.column)} = p.{q(campo.m2m_column_name())} "
        f"WHERE s.history_date = %s AND s.history_type = %s AND s.{q(pk.column)} IN ({_posti(valori[2:])})"
    )
    with connection.cursor() as cursore:
        cursore.execute(sql, valori)


def _q(nome: str) -> str:
    return connection.ops.quote_name(nome)


def _posti(valori: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(valori))
