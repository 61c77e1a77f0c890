"""The sample cards of the demo, confirmed on days spread so that every way a card can stand is seen."""

from datetime import timedelta
from itertools import cycle, groupby
from operator import attrgetter

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from risorse.models import ModoVerifica, Risorsa
from risorse.ricerca.indice import raccolta
from risorse.servizi.verifiche import conferma_risorsa

# In how many days a card falls due; None for one that nobody has confirmed yet.
DI_CHI_ENTRA = (-10, 9, 120)
DEGLI_ALTRI = (175, 160, 147, 132, 119, 105, 92, 78, 65, 51, 40, 30, 22, 20, 150, 90, None, 10, -12, 120)
MODI = (ModoVerifica.LINK, ModoVerifica.ACCESSO, ModoVerifica.TELEFONO)


@transaction.atomic
def conferma_esempi() -> int:
    """Confirm the sample cards that nobody has confirmed, most of them; gives how many. Nothing if any was already.

    Those of an ente with people who log in come first to their eyes: one overdue, one due soon. One card is overdue by so
    much that the public does not see it.
    """
    esempi = Risorsa.objects.valide().filter(esempio=True)
    if esempi.filter(verifiche__isnull=False).exists():
        return 0
    seguite = esempi.filter(ente__utenti__isnull=False).distinct().order_by("ente", "slug")
    altre = list(esempi.filter(ente__utenti__isnull=True).order_by("slug"))
    giorni: list[tuple[Risorsa, int | None]] = []
    for _ente, sue in groupby(seguite, key=attrgetter("ente_id")):
        giorni += zip(sue, cycle(DI_CHI_ENTRA), strict=False)
    giorni += zip(altre, cycle(DEGLI_ALTRI), strict=False)
    if altre:
        giorni[-1] = (altre[-1], -settings.GIORNI_NASCOSTA - 5)
    with raccolta():
        return sum(_conferma(scheda, fra, modo) for (scheda, fra), modo in zip(giorni, cycle(MODI), strict=False))


def _conferma(scheda: Risorsa, fra: int | None, modo: str) -> int:
    if fra is None:
        return 0
    oggi = timezone.localdate()
    giorno = min(oggi, oggi - timedelta(days=settings.GIORNI_VERIFICA - fra))
    conferma_risorsa(scheda, autore=None, modo=modo, giorno=giorno)
    return 1
