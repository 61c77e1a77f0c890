"""The services that answer a need although they are about something else: linked one by one."""

from typing import Any

from django.db import transaction

from incontri.models import Bisogno
from incontri.servizi.bisogni.nascita import tieni
from risorse.models import Risorsa


def collega_servizio(bisogno: Bisogno, risorsa: Risorsa, *, autore: Any) -> None:
    """Say that the service answers the need; raises BisognoNonPossibile if the need was merged."""
    with transaction.atomic():
        _firmato(bisogno, autore).risorse.add(risorsa)


def scollega_servizio(bisogno: Bisogno, risorsa: Risorsa, *, autore: Any) -> None:
    """Take it back; raises BisognoNonPossibile if the need was merged."""
    with transaction.atomic():
        _firmato(bisogno, autore).risorse.remove(risorsa)


def _firmato(bisogno: Bisogno, autore: Any) -> Bisogno:
    tenuto: Any = tieni(bisogno)
    tenuto._history_user = autore
    return tenuto
