"""Who works at the queue of the imports for as long as a process lives."""

import logging
import threading

from django.db import close_old_connections, connection

from tavolo.base.coda import esegui_tutte

PAUSA = 2.0
_log = logging.getLogger(__name__)


def lavora(ferma: threading.Event) -> None:
    """Look at the queue every two seconds until told to stop; a database that is away is waited for."""
    while not ferma.is_set():
        try:
            close_old_connections()
            esegui_tutte()
        except Exception:
            _log.exception("La coda delle importazioni non risponde: riprovo.")
            connection.close()
        ferma.wait(PAUSA)
    connection.close()


def in_un_filo() -> threading.Event:
    """Work beside a server, in the same process; set what this gives to stop."""
    ferma = threading.Event()
    threading.Thread(target=lavora, args=(ferma,), name="importazioni", daemon=True).start()
    return ferma
