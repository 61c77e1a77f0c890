"""HSDS packages in the queue of the imports that go on behind the pages."""

from functools import partial

from risorse.hsds.pacchetto.controlla import Sbaglio
from risorse.hsds.pacchetto.porta import importa
from tavolo.base.coda import LAVORI, Lavoro
from tavolo.base.formati import FileNonLeggibile

IN_BOZZA, PUBBLICATI = "hsds", "hsds-pubblica"


def esegui(lavoro: Lavoro, *, pubblica: bool) -> None:
    """Bring the package of an import in, and close it with its counts or its errors."""
    try:
        esito = importa(lavoro.contenuto(), autore=lavoro.autore, pubblica=pubblica, alla_scrittura=lavoro.concludi)
    except FileNonLeggibile as errore:
        lavoro.rifiuta([(0, "", messaggio) for messaggio in errore.messaggi])
        return
    if esito.errori:
        lavoro.rifiuta([_come_riga(errore) for errore in esito.errori])


def _come_riga(errore: Sbaglio | str) -> tuple[int, str, str]:
    if isinstance(errore, str):
        return (0, "", errore)
    return (errore.riga, f"{errore.file}: {errore.colonna}", errore.detto)


LAVORI[IN_BOZZA] = partial(esegui, pubblica=False)
LAVORI[PUBBLICATI] = partial(esegui, pubblica=True)
