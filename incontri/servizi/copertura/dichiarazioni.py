"""What an ente declares of its coverage: taking it away. Writing it is the form's plain save."""

from typing import Any

from django.db import transaction

from incontri.models import Copertura
from tavolo.base.concorrenza import VersioneSuperata, timbro


@transaction.atomic
def togli_dichiarazione(dichiarazione: Copertura, *, versione: str, autore: Any) -> None:
    """Remove the declaration; raises VersioneSuperata if it is no longer the `versione` (see `timbro`) the person saw."""
    salvata: Any = Copertura.objects.select_for_update().filter(pk=dichiarazione.pk).first()
    if salvata is None:
        return
    if timbro(salvata) != versione:
        raise VersioneSuperata({salvata.pk: salvata})
    salvata._history_user = autore
    salvata.delete()
