"""Two people on the same rows: the second to save meets what the first wrote; nothing is covered, nothing is lost.

A form carries, for every saved row, the mark of the version the person was looking at (`timbro`). On saving, a row
that has changed meanwhile is written only if its content is still what that person saw; otherwise the whole request is
undone and `VersioneSuperata` carries the rows as they stand now, for a page that shows both texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime


class VersioneSuperata(Exception):
    """Someone saved these rows after the person opened them.

    `salvate` maps the `chiave` of each contested row to the row as it stands now, or None if it was removed.
    """

    def __init__(self, salvate: dict[Any, models.Model | None]):
        super().__init__(f"{len(salvate)} righe cambiate nel frattempo")
        self.salvate = salvate


@dataclass(frozen=True, kw_only=True)
class Riga:
    """What a form says of one row: its values, which row and version it is about, or that it is to be removed.

    `valori` holds only the fields the form sent: the others are never touched. `alla_nascita` are values for a new row.
    `chiave` is how the caller recognises the row in `VersioneSuperata`.
    """

    chiave: Any
    valori: dict[str, Any]
    pk: UUID | None = None
    versione: str = ""
    rimuovi: bool = False
    alla_nascita: dict[str, Any] = field(default_factory=dict)


def timbro(oggetto: Any) -> str:
    """The mark of the saved version of a row: its `versione` where it counts them, else when it was last saved."""
    return str(oggetto.versione) if hasattr(oggetto, "versione") else oggetto.aggiornato.isoformat()


def rivendica(oggetto: Any) -> None:
    """Take the row for writing if it is still as it was loaded; raise VersioneSuperata otherwise.

    To be called in the transaction that then saves it.
    """
    campo = "versione" if hasattr(oggetto, "versione") else "aggiornato"
    vista = getattr(oggetto, campo)
    nuova = vista + 1 if campo == "versione" else timezone.now()
    righe = type(oggetto)._default_manager.filter(pk=oggetto.pk)
    # UPDATE condizionato: di due richieste simultanee ne vince una.
    if not righe.filter(**{campo: vista}).update(**{campo: nuova}):
        raise VersioneSuperata({oggetto.pk: righe.first()})
    setattr(oggetto, campo, nuova)


def togli(oggetto: Any, *, versione: str, autore: Any) -> None:
    """Remove the row, with a line of history by `autore`; one that is gone already is left so.

    Raises VersioneSuperata, with nothing removed, if it is no longer the `versione` (see `timbro`) the person saw.
    """
    with transaction.atomic():
        salvato: Any = type(oggetto)._default_manager.select_for_update().filter(pk=oggetto.pk).first()
        if salvato is None:
            return
        if timbro(salvato) != versione:
            raise VersioneSuperata({salvato.pk: salvato})
        salvato._history_user = autore
        salvato.delete()


def salva_righe(salvate: models.QuerySet, righe: Sequence[Riga], *, autore: Any) -> list[tuple[Riga, Any]]:
    """Write the rows of a form over those of `salvate`, all or none, each with a line of history signed by `autore`.

    Gives the rows written, each with what asked for it. Rows that are as the person found them, or as they already stand, are left alone. Raises
    VersioneSuperata, with nothing written, if one was changed or removed by someone else in the meantime.
    """
    scritte: list[tuple[Riga, Any]] = []
    superate: dict[Any, models.Model | None] = {}
    with transaction.atomic():
        presenti = {oggetto.pk: oggetto for oggetto in salvate.order_by("pk")}
        for riga in righe:
            oggetto = presenti.get(riga.pk) if riga.pk else salvate.model(**riga.alla_nascita)
            if oggetto is None:
                if not riga.rimuovi:
                    superate[riga.chiave] = None
            elif riga.pk and not riga.rimuovi and _uguale(oggetto, riga.valori):
                continue
            elif riga.pk and timbro(oggetto) != riga.versione and (vista := _diversa(oggetto, riga)) is not oggetto:
                if riga.rimuovi or vista is None or not _uguale(vista, riga.valori):
                    superate[riga.chiave] = oggetto
            else:
                try:
                    scritte.append((riga, _scrivi(oggetto, riga, autore)))
                except VersioneSuperata as superata:
                    superate[riga.chiave] = superata.salvate[oggetto.pk]
        if superate:
            raise VersioneSuperata(superate)
    return scritte


def _uguale(oggetto: Any, valori: dict[str, Any]) -> bool:
    return all(getattr(oggetto, campo) == valore for campo, valore in valori.items())


def versione_vista(oggetto: Any, versione: str) -> Any:
    """The line of history of the `versione` (see `timbro`) of this row that the person was looking at; None if unknown."""
    if hasattr(oggetto, "versione"):
        segno: Any = int(versione) if versione.isdecimal() and len(versione) < 9 else None
        campo = "versione"
    else:
        campo, segno = "aggiornato", _momento(versione)
    if segno is None:
        return None
    return type(oggetto).storia.filter(**{oggetto._meta.pk.name: oggetto.pk, campo: segno}).first()


def _diversa(oggetto: Any, riga: Riga) -> Any:
    """The version the person saw, from the history, if its content differs; None if unknown; `oggetto` if it does not."""
    vista = versione_vista(oggetto, riga.versione)
    if vista is not None and _uguale(oggetto, {c: getattr(vista, c) for c in riga.valori}):
        return oggetto
    return vista


def _momento(testo: str) -> Any:
    try:
        momento = parse_datetime(testo)
        return momento.astimezone(UTC) if momento is not None and timezone.is_aware(momento) else None
    except (ValueError, OverflowError):
        return None


def _scrivi(oggetto: Any, riga: Riga, autore: Any) -> Any:
    if riga.pk:
        rivendica(oggetto)
    oggetto._history_user = autore
    if riga.rimuovi:
        oggetto.delete()
        return oggetto
    for campo, valore in riga.valori.items():
        setattr(oggetto, campo, valore)
    oggetto.save()
    return oggetto
