"""The fast way of a tracciato: rows are read and validated in memory, then written together with their history."""

from typing import Any

from django.db import IntegrityError, transaction
from import_export.results import Result

from tavolo.base.blocco.lettura import Lettura, adatto
from tavolo.base.blocco.scritture import CambiateIntanto

__all__ = ["adatto", "importa"]


def importa(
    tracciato: Any, dataset: Any, opzioni: dict[str, Any], *, prova: bool, anche_in_parte: bool
) -> Result | None:
    """The result of the whole file; None if only the database, row by row, can say what is wrong with it.

    Rows are read before the transaction opens, which is then short: others write meanwhile. If they have written just
    these rows, everything is done again, this time with the transaction open from the beginning. With `prova` nothing
    is written; with `anche_in_parte` good rows are, whatever the others are like.
    """
    lettura = Lettura(tracciato, dataset, opzioni)
    lettura.leggi(dataset)
    if prova or not lettura.da_scrivere(anche_in_parte=anche_in_parte):
        return lettura.esito
    try:
        _scrivi(lettura)
    except (CambiateIntanto, IntegrityError):
        try:
            with transaction.atomic():
                tracciato.viste = {}
                lettura = Lettura(tracciato, dataset, opzioni)
                lettura.leggi(dataset)
                if lettura.da_scrivere(anche_in_parte=anche_in_parte):
                    _scrivi(lettura)
        except (CambiateIntanto, IntegrityError):
            return None
    return lettura.esito


def _scrivi(lettura: Lettura) -> None:
    with transaction.atomic():
        lettura.scritture.esegui(autore=lettura.opzioni.get("user"), motivo=lettura.tracciato.motivo)
        if lettura.da_scrivere(anche_in_parte=False):
            lettura.tracciato.alla_scrittura(lettura.esito)
