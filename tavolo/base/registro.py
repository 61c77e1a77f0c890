"""The back office's own register of who wrote what, for rows that did not pass through a form."""

from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from import_export.results import Result, RowResult

MESSAGGIO = "Importazione di una tabella"


def registra_righe(esito: Result, autore: Any) -> None:
    """An entry for each row an import made or changed; none if nobody is known to have sent it."""
    if autore is None:
        return
    for tipo, azione in ((RowResult.IMPORT_TYPE_NEW, ADDITION), (RowResult.IMPORT_TYPE_UPDATE, CHANGE)):
        righe: list[Any] = [riga.instance for riga in esito if riga.import_type == tipo]
        if len(righe) == 1:
            LogEntry.objects.log_actions(autore.pk, righe, azione, change_message=MESSAGGIO, single_object=True)
        elif righe:
            LogEntry.objects.log_actions(autore.pk, righe, azione, change_message=MESSAGGIO)
