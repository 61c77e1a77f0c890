"""Publishing approved minutes."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import Verbale
from tavolo.base import contenuto
from tavolo.base.stati import compi


def pubblica_verbale(verbale: Verbale, *, autore: Any) -> Verbale:
    """Publish approved minutes: the public archive shows them from the next page on.

    Raises PassaggioNonPossibile if they are not approved, or are published already.
    """
    with transaction.atomic():
        compi(verbale, "pubblica", autore=autore, valori={"pubblicato_il": timezone.now()})
        # The minutes themselves change no public page; being published does.
        contenuto.cambiato()
    return verbale
