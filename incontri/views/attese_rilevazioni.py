"""What waits, on the dashboard, about scoring rounds: for an ente its votes, for who coordinates the turn that is over."""

from django.urls import reverse
from django.utils import timezone

from incontri.models import Rilevazione
from incontri.servizi.rilevazioni.voti import da_votare, valutati
from tavolo.base.passi import DaFare, Passo, in_giorno


def rilevazioni_da_votare(utente):
    """Each open round in which the own ente still has needs to score."""
    for rilevazione, conto in da_votare(utente):
        dove, detto = rilevazione.get_absolute_url(), f"si vota entro il {in_giorno(rilevazione.entro)}"
        yield DaFare(rilevazione, *_che_cosa(rilevazione, conto, utente.ente), dove, rilevazione.entro, detto)


def _che_cosa(rilevazione, conto, ente):
    """What waits for the ente, and the step: the first need without a vote, or what the others said in the first turn."""
    if conto.finito:
        perche = f"Secondo turno: leggi come hanno risposto gli enti e, se vuoi, cambia il voto di {ente.nome_corto}"
        return perche, Passo("Leggi", rilevazione.get_absolute_url())
    fila = rilevazione.in_ordine.exclude(bisogno__in=valutati(rilevazione, ente)).values_list("bisogno", flat=True)
    manca = "manca un bisogno" if conto.tutti - conto.dati == 1 else f"mancano {conto.tutti - conto.dati} bisogni"
    perche = f"Il voto di {ente.nome_corto}: {manca} su {conto.tutti}"
    return perche, Passo("Valuta", reverse("rilevazioni:voto-update", args=[rilevazione.pk, fila[0]]))


def rilevazioni_da_chiudere(utente):
    """The rounds whose turn is over and is still to be closed."""
    if not utente.has_perm("incontri.change_rilevazione"):
        return
    for rilevazione in Rilevazione.objects.aperte().filter(entro__lt=timezone.localdate()).order_by("entro", "creato"):
        dove = rilevazione.get_absolute_url()
        detto = f"si votava entro il {in_giorno(rilevazione.entro)}"
        perche = "Il turno è finito: chiudilo, oppure con «Modifica» sposta il giorno"
        yield DaFare(rilevazione, perche, Passo("Guarda", dove), dove, rilevazione.entro, detto)
