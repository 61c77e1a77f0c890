"""Writing the agenda (ordine del giorno)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, ProtectedError

from incontri.models import Incontro, PuntoOdg, StatoIncontro, TipoPunto
from incontri.servizi.modelli import aggiungi_punti, modello_solito, verbale_in_attesa
from incontri.servizi.modifiche import apri_per_modifica
from tavolo.base.concorrenza import Riga, salva_righe

# The agenda every meeting has, where no template says otherwise.
TIPI_DEL_SOLITO = {
    "Approvazione del verbale precedente": TipoPunto.APPROVAZIONE,
    "Impegni aperti": TipoPunto.IMPEGNI,
    "Varie ed eventuali": TipoPunto.VARIE,
}


class PuntoConTesto(Exception):
    """A point that was to be removed has text in the minutes."""


class OdgNonVuoto(Exception):
    """The agenda already has points: the usual ones are only for an empty one."""


@dataclass(frozen=True, kw_only=True)
class RigaOdg(Riga):
    """A point as the form sends it: `posto` is where it is to stand (from 1), `posto_prima` where the person saw it."""

    posto: int | None = None
    posto_prima: int | None = None


def salva_odg(incontro: Incontro, righe: Sequence[RigaOdg], *, autore: Any) -> dict[Any, UUID]:
    """Write, add, remove and move the points of the agenda, all or none; gives the keys of those written, by `chiave`.

    Raises VersioneSuperata if a point was changed by someone else in the meantime, PuntoConTesto if one to be removed
    has text in the minutes, NonModificabile if the meeting stands still.
    """
    with transaction.atomic():
        incontro = apri_per_modifica(incontro)
        punti = PuntoOdg.objects.filter(incontro=incontro)
        ultimo = punti.aggregate(ultimo=Max("ordine"))["ultimo"] or 0
        nate = [
            replace(riga, alla_nascita={"incontro": incontro, "ordine": ultimo + numero})
            for numero, riga in enumerate(righe, start=1)
        ]
        try:
            scritti = {riga.chiave: punto.pk for riga, punto in salva_righe(punti, nate, autore=autore)}
        except ProtectedError as errore:
            raise PuntoConTesto(
                "Un punto che vuoi togliere ha già testo nel verbale: togli prima le sue voci. Non abbiamo salvato niente."
            ) from errore
        spostati = [(r.posto, r.pk or scritti[r.chiave]) for r in righe if not r.rimuovi and _si_sposta(r)]
        _riordina(incontro, spostati, autore)
        if scritti or spostati:
            _nuova_versione(incontro, autore)
    return scritti


def odg_cambiato(incontro: Incontro, *, autore: Any) -> None:
    """Say that points were written one by one, not by `salva_odg`: of a convened meeting it makes a new version, to tell.

    Raises NonModificabile if the meeting stands still.
    """
    with transaction.atomic():
        _nuova_versione(apri_per_modifica(incontro), autore)


def _nuova_versione(incontro: Any, autore: Any) -> None:
    if incontro.stato == StatoIncontro.CONVOCATO:
        # Who was called read another agenda.
        incontro.sequenza += 1
        incontro._history_user = autore
        incontro.save()


def _si_sposta(riga: RigaOdg) -> bool:
    return riga.posto is not None and riga.posto != riga.posto_prima


def _riordina(incontro: Incontro, spostati: list[tuple[int | None, Any]], autore: Any) -> None:
    """Put each moved point where it was asked, the others keeping their order, and number all from 1."""
    punti: list[Any] = list(PuntoOdg.objects.filter(incontro=incontro))
    for posto, pk in sorted(spostati, key=lambda coppia: coppia[0] or 0):
        trovato = next((p for p in punti if p.pk == pk), None)
        if trovato:
            punti.remove(trovato)
            punti.insert((posto or 1) - 1, trovato)
    for ordine, punto in enumerate(punti, start=1):
        if punto.ordine != ordine:
            punto.ordine = ordine
            punto._history_user = autore
            punto.save()


def parti_da_odg_tipo(incontro: Incontro, *, autore: Any) -> None:
    """Give an empty agenda the points of the usual template or, where there is none, those every meeting has.

    Raises OdgNonVuoto if it has points already, NonModificabile if the meeting stands still.
    """
    with transaction.atomic():
        incontro = apri_per_modifica(incontro)
        if incontro.punti.exists():
            raise OdgNonVuoto
        if modello := modello_solito():
            aggiungi_punti(incontro, modello, autore=autore)
            _nuova_versione(incontro, autore)
            return
        attesa = verbale_in_attesa(incontro)
        righe = [
            RigaOdg(
                chiave=titolo,
                valori={"titolo": titolo, "tipo": tipo}
                | ({"verbale_da_approvare": attesa} if tipo == TipoPunto.APPROVAZIONE else {}),
            )
            for titolo, tipo in TIPI_DEL_SOLITO.items()
        ]
        salva_odg(incontro, righe, autore=autore)
