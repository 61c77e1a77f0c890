"""What waits, on the dashboard, about needs: for who coordinates, those proposed and not yet looked at."""

from django.db.models import Count, Min
from django.urls import reverse

from incontri.models import Bisogno, StatoBisogno
from tavolo.base.passi import DaFare, Passo


def bisogni_da_analizzare(utente):
    """The proposed needs, in one line, since the oldest was written."""
    if not utente.has_perm("incontri.avanza_bisogno"):
        return
    proposti = Bisogno.objects.veri().filter(stato=StatoBisogno.PROPOSTO, esempio=False).order_by()
    conto = proposti.aggregate(quanti=Count("pk"), prima=Min("creato"))
    if conto["quanti"]:
        titolo = "Un bisogno da analizzare" if conto["quanti"] == 1 else f"{conto['quanti']} bisogni da analizzare"
        dove = f"{reverse('bisogni:bisogno-list')}?stato={StatoBisogno.PROPOSTO}"
        yield DaFare(
            titolo, "Prendilo in analisi, o uniscilo a uno che c'è già", Passo("Guarda", dove), dove, conto["prima"]
        )
