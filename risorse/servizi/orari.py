"""The week of a service or a place, written as a whole."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from risorse.models import Orario, Risorsa, RisorsaInSede, Sede
from risorse.orari import Intervallo

# The column of Orario in which each keeps its hours.
DI_CHI = {Risorsa: "risorsa", RisorsaInSede: "in_sede", Sede: "sede"}


def di_tutto_l_anno(di_chi: Any) -> Any:
    """The rows of its week: those of a season are others."""
    return di_chi.orari.filter(valido_dal__isnull=True, valido_al__isnull=True)


@transaction.atomic
def scrivi_settimana(di_chi: Any, settimana: Mapping[int, Iterable[Intervallo]], *, autore: Any) -> int:
    """Make the days of `settimana` what it says, all year round; give how many rows were written or removed.

    Days it does not name, rows of a season and rows that are already so are left alone. Raises ValidationError for
    what no row may hold.
    """
    cambiate = 0
    for giorno, intervalli in settimana.items():
        presenti: dict[Any, Any] = {riga.dalle: riga for riga in di_tutto_l_anno(di_chi).filter(giorno=giorno)}
        for uno in intervalli:
            nuova = {DI_CHI[type(di_chi)]: di_chi, "giorno": giorno}
            riga: Any = presenti.pop(uno.dalle, None) or Orario(**nuova)
            voluti = {"dalle": uno.dalle, "alle": uno.alle, "su_appuntamento": uno.su_appuntamento, "nota": uno.nota}
            if any(getattr(riga, campo) != valore for campo, valore in voluti.items()):
                for campo, valore in voluti.items():
                    setattr(riga, campo, valore)
                riga.guardato_con_gli_altri = True
                riga._history_user = autore
                riga.full_clean()
                riga.save()
                cambiate += 1
        for riga in presenti.values():
            riga._history_user = autore
            riga.delete()
            cambiate += 1
    return cambiate
