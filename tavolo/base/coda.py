"""The queue of the imports that go on behind the pages: whoever sent the file may leave and come back.

Any number of processes may work at it (`manage.py servi`, `manage.py esegui_importazioni`): one takes an import by a
conditional update, and shows by a sign of life that it is still there. An import whose worker has fallen silent is begun
again from the start: nothing of it had been written, because the rows and the word that it is over are one transaction.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from tavolo.base.formati import FileNonLeggibile, formato_di
from tavolo.base.models import Importazione, StatoImportazione
from tavolo.base.registro import registra_righe
from tavolo.base.stati import compi

SILENZIO = timedelta(seconds=60)
TENTATIVI_MASSIMI = 3
ERRORI_MASSIMI = 500
OGNI_TANTO = timedelta(seconds=1)
_log = logging.getLogger(__name__)


class Superato(Exception):
    """Somebody else has begun the same import again, or it was taken away: what was done here must not stay."""


class Lavoro:
    """What a reader of files has in hand: the content, who sent it, and whom to tell how far it is.

    Before its transaction ends it calls `concludi` with its result, which undoes everything if the turn was lost.
    """

    def __init__(self, importazione: Importazione):
        self.importazione = importazione
        self.autore = importazione.autore
        self._detto = timezone.now() - OGNI_TANTO

    def contenuto(self) -> bytes:
        """The file, whole."""
        with self.importazione.file.open("rb") as file:
            return file.read()

    def avanza(self, lette: int, righe: int) -> None:
        """Say how many rows were read, outside any transaction; raises Superato."""
        adesso = timezone.now()
        if lette == righe or adesso - self._detto >= OGNI_TANTO:
            self._detto = adesso
            self._scrivi(lette=lette, righe=righe, battito=adesso)

    def concludi(self, esito: Any) -> None:
        """Close the import with its counts, in the transaction of the rows; raises Superato."""
        self._scrivi(nuove=esito.nuove, aggiornate=esito.aggiornate, invariate=esito.invariate)
        self._chiudi("finisci")

    def rifiuta(self, errori: list[tuple[int, str, str]]) -> None:
        """Close the import with what is wrong, by row and column; raises Superato."""
        with transaction.atomic():
            self._scrivi(errori=errori[:ERRORI_MASSIMI], errori_in_tutto=len(errori))
            self._chiudi("rifiuta")

    def interrompi(self) -> None:
        """Close the import that cannot end; raises Superato."""
        with transaction.atomic():
            self._scrivi()
            self._chiudi("interrompi")

    def _scrivi(self, **valori: Any) -> None:
        mia = Importazione.objects.filter(
            pk=self.importazione.pk, tentativi=self.importazione.tentativi, stato=StatoImportazione.IN_CORSO
        )
        if not mia.update(**{"battito": timezone.now(), **valori}):
            raise Superato

    def _chiudi(self, passaggio: str) -> None:
        deposito, nome = self.importazione.file.storage, str(self.importazione.file.name)
        compi(self.importazione, passaggio, autore=self.autore, valori={"finita": timezone.now(), "file": ""})
        transaction.on_commit(lambda: deposito.delete(nome))


# Who reads files that are not tables of a model, by the name that stands in `Importazione.lavoro`.
LAVORI: dict[str, Callable[[Lavoro], None]] = {}


def accoda(contenuto: bytes, *, nome_file: str, lavoro: str, titolo: str, righe: int = 0, autore: Any) -> Importazione:
    """Put a file in the queue: `lavoro` is a name of `LAVORI`, or the dotted path of a Tracciato."""
    importazione = Importazione(
        nome_file=nome_file[-200:], lavoro=lavoro, titolo=titolo[:120], righe=righe, autore=autore
    )
    importazione.file.save("", ContentFile(contenuto), save=False)
    importazione.save()
    return importazione


def prendi() -> Importazione | None:
    """The oldest import that waits, or whose worker has fallen silent, now ours; None if there is none."""
    adesso = timezone.now()
    silenziose = Q(stato=StatoImportazione.IN_CORSO, battito__lt=adesso - SILENZIO)
    for una in Importazione.objects.filter(Q(stato=StatoImportazione.IN_CODA) | silenziose).order_by("creato"):
        presa = Importazione.objects.filter(pk=una.pk, stato=una.stato, tentativi=una.tentativi, battito=una.battito)
        if una.battito is None:
            presa = Importazione.objects.filter(pk=una.pk, stato=una.stato, tentativi=una.tentativi)
        if presa.update(
            stato=StatoImportazione.IN_CORSO, tentativi=F("tentativi") + 1, battito=adesso, iniziata=adesso, lette=0
        ):
            una.refresh_from_db()
            return una
    return None


def esegui(importazione: Importazione) -> None:
    """Bring an import that is ours to its end, whatever that is."""
    lavoro = Lavoro(importazione)
    try:
        if importazione.tentativi > TENTATIVI_MASSIMI:
            lavoro.interrompi()
        elif importazione.lavoro in LAVORI:
            LAVORI[importazione.lavoro](lavoro)
        else:
            _importa_tabella(lavoro)
    except Superato:
        _log.info("Importazione %s: la continua un altro processo.", importazione.pk)
    except OperationalError:
        raise  # the database went away: once the sign of life is old enough somebody begins again
    except Exception:
        _log.exception("Importazione %s interrotta.", importazione.pk)
        lavoro.interrompi()


def esegui_tutte() -> int:
    """Work at the queue until it is empty, and say how many imports that were."""
    quante = 0
    while importazione := prendi():
        esegui(importazione)
        quante += 1
    return quante


def _importa_tabella(lavoro: Lavoro) -> None:
    contenuto = lavoro.contenuto()
    try:
        tabella = formato_di(contenuto)().create_dataset(contenuto)
    except FileNonLeggibile as errore:
        lavoro.rifiuta([(0, "", messaggio) for messaggio in errore.messaggi])
        return

    def concludi(esito: Any) -> None:
        registra_righe(esito, lavoro.autore)
        lavoro.concludi(esito)

    lavoro.avanza(0, tabella.height)
    tracciato = import_string(lavoro.importazione.lavoro)
    esito = tracciato(anteprima=False, avanzamento=lavoro.avanza, alla_scrittura=concludi).import_data(
        tabella, user=lavoro.autore
    )
    if esito.errori:
        lavoro.rifiuta([(errore.riga, errore.colonna, errore.messaggio) for errore in esito.errori])
