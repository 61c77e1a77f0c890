"""What the enti of the demo declare of their coverage of the sample needs: in some comuni a lot, in some little, in some nothing."""

from decimal import Decimal
from itertools import cycle
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import Bisogno, Copertura
from incontri.servizi.copertura.celle import Cella, matrice
from referenti.models import Utente

NOTA = "Dichiarazione di esempio."
# How much of the need an ente reaches, over and over in the order of the cells that have a service; None: it has not said.
QUANTO = (Decimal("0.75"), Decimal("0.25"), None, Decimal("1"), Decimal("0.5"), Decimal("0.25"), None)
# What an ente without a service in the comune declares, in one cell every so many.
OGNI, SENZA_SERVIZIO = 5, (Decimal("0.25"), Decimal("0.5"))


@transaction.atomic
def crea_coperture_di_esempio(persone: list[Utente]) -> int:
    """Make the sample declarations, unless there are any for a sample need; gives how many. `persone`: coordination first."""
    bisogni = Bisogno.objects.vivi().filter(esempio=True)
    if Copertura.objects.filter(bisogno__in=bisogni).exists():
        return 0
    coordina, fatte = persone[0], 0
    quote, senza = cycle(QUANTO), cycle(SENZA_SERVIZIO)
    for riga in matrice(bisogni, giorno=timezone.localdate()).righe:
        for cella in riga.celle:
            if cella.servizi:
                fatte += _con_servizio(cella, next(quote), coordina)
            elif (fatte + cella.comune.ordine) % OGNI == 0 and (
                ente := cella.comune.enti.filter(tipo="comune").first()
            ):
                fatte += _dichiara(cella, coordina, ente=ente, quota=next(senza))
    return fatte


def _con_servizio(cella: Cella, quota: Decimal | None, autore: Utente) -> int:
    """Each service of the cell says the same share; as people where it is known how many have the need."""
    if quota is None:
        return 0
    persone = cella.fabbisogno.in_bisogno
    for risposta in cella.servizi:
        quanti = int(persone * quota / len(cella.servizi)) if persone else None
        _dichiara(
            cella,
            autore,
            ente=risposta.risorsa.ente,
            risorsa=risposta.risorsa,
            raggiunti=quanti,
            quota=None if persone else quota,
        )
    return len(cella.servizi)


def _dichiara(cella: Cella, autore: Utente, **valori: Any) -> int:
    riga: Any = Copertura(bisogno=cella.bisogno, comune=cella.comune, nota=NOTA, autore=autore, **valori)
    riga._history_user = autore
    riga.save()
    return 1
