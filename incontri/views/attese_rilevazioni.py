"""What waits, on the dashboard, about scoring rounds: for an ente its votes, for who coordinates the turn that is over."""

from django.urls import reverse
from django.utils import timezone

from incontri.models import Rilevazione
from incontri.servizi.rilevazioni.voti import da_votare, votati
from tavolo.base.passi import DaFare, Passo, in_giorno


def rilevazioni_da_votare(utente):
    """Each open round in which the own ente still has needs to score."""
    for rilevazione, conto in da_votare(utente):
        gia = votati(rilevazione, utente.ente)
        fila = rilevazione.in_ordine.exclude(bisogno__in=gia).values_list("bisogno", flat=True)
        dove = reverse("rilevazioni:voto-update", args=[rilevazione.pk, fila[0]])
        manca = "manca un bisogno" if conto.tutti - conto.dati == 1 else f"mancano {conto.tutti - conto.dati} bisogni"
        perche = f"Il voto di {utente.ente.nome_corto}: {manca} su {conto.tutti}"
        detto = f"si vota entro il {in_giorno(rilevazione.entro)}"
        yield DaFare(
            rilevazione, perche, Passo("Valuta", dove), rilevazione.get_absolute_url(), rilevazione.entro, detto
        )


def rilevazioni_da_chiudere(utente):
    """The rounds whose turn is over and is still to be closed."""
    if not utente.has_perm("incontri.change_rilevazione"):
        return
    for rilevazione in Rilevazione.objects.aperte().filter(entro__lt=timezone.localdate()).order_by("entro", "creato"):
        dove = rilevazione.get_absolute_url()
        detto = f"si votava entro il {in_giorno(rilevazione.entro)}"
        perche = "Il turno è finito: chiudilo, o sposta il giorno"
        yield DaFare(rilevazione, perche, Passo("Guarda", dove), dove, rilevazione.entro, detto)
