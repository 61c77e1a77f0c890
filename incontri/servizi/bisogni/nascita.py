"""How a need comes to the Tavolo: from an entry of the minutes, a report, searches without results, or by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from incontri.models import Bisogno, OrigineBisogno, TipoOrigine, Voce
from risorse.models import Segnalazione


class BisognoNonPossibile(Exception):
    """It cannot be done; the message tells the person why."""


@dataclass(frozen=True, kw_only=True)
class Origine:
    """Where a need was heard: at most one of `voce`, `segnalazione`, `parole` (searched `quante` times), and a note."""

    voce: Voce | None = None
    segnalazione: Segnalazione | None = None
    parole: str = ""
    quante: int | None = None
    nota: str = ""

    @property
    def tipo(self) -> TipoOrigine:
        """Which of its columns is filled."""
        if self.voce is not None:
            return TipoOrigine.VERBALE
        if self.segnalazione is not None:
            return TipoOrigine.SEGNALAZIONE
        return TipoOrigine.RICERCHE if self.parole else TipoOrigine.A_MANO


def porta_bisogno(
    bisogno: Bisogno, *, insiemi: dict[str, Iterable[Any]], origine: Origine, autore: Any, chiave: UUID | None = None
) -> Bisogno:
    """Save a new need (`insiemi`: its many-to-many columns by name) with where it was heard, all or nothing.

    `chiave` makes a form sent twice one need: the second time the first is given back. Raises BisognoNonPossibile if a
    rule of the model is broken.
    """
    with transaction.atomic():
        if chiave and (gia := Bisogno.objects.filter(pk=chiave, autore=autore).first()):
            return gia
        nuovo: Any = bisogno
        if chiave and not Bisogno.objects.filter(pk=chiave).exists():
            nuovo.pk = chiave
        nuovo.autore = autore
        nuovo._history_user = autore
        try:
            nuovo.full_clean(validate_unique=False)
            with transaction.atomic():
                nuovo.save(force_insert=True)
        except ValidationError as errore:
            raise BisognoNonPossibile(" ".join(errore.messages)) from errore
        except IntegrityError as errore:
            raise BisognoNonPossibile("Questo bisogno è già stato salvato.") from errore
        for nome, valori in insiemi.items():
            getattr(nuovo, nome).set(valori)
        aggiungi_origine(nuovo, origine=origine, autore=autore)
    return nuovo


def tieni(bisogno: Bisogno) -> Bisogno:
    """The need as it is saved now, held until the end of the transaction; BisognoNonPossibile if it was merged meanwhile."""
    adesso = Bisogno.objects.select_for_update().get(pk=bisogno.pk)
    if adesso.unito_a_id is not None:
        raise BisognoNonPossibile(f"Questo bisogno è stato unito a «{adesso.unito_a}»: si scrive lì.")
    return adesso


def aggiungi_origine(bisogno: Bisogno, *, origine: Origine, autore: Any) -> OrigineBisogno:
    """Write that the need was heard here too; the same entry, report or words are not written twice.

    Raises BisognoNonPossibile for a need that was merged into another one.
    """
    with transaction.atomic():
        bisogno = tieni(bisogno)
        if gia := _gia_detta(bisogno, origine):
            return gia
        riga: Any = OrigineBisogno(
            bisogno=bisogno,
            tipo=origine.tipo,
            voce=origine.voce,
            segnalazione=origine.segnalazione,
            parole=origine.parole[:80],
            quante=origine.quante,
            nota=origine.nota,
            autore=autore,
        )
        riga.full_clean()
        riga._history_user = autore
        riga.save()
    return riga


def _gia_detta(bisogno: Bisogno, origine: Origine) -> OrigineBisogno | None:
    righe = bisogno.origini.filter(tipo=origine.tipo)
    if origine.tipo == TipoOrigine.VERBALE:
        return righe.filter(voce=origine.voce).first()
    if origine.tipo == TipoOrigine.SEGNALAZIONE:
        return righe.filter(segnalazione=origine.segnalazione).first()
    if origine.tipo == TipoOrigine.RICERCHE:
        return righe.filter(parole=origine.parole[:80]).first()
    return righe.filter(nota=origine.nota).first()
