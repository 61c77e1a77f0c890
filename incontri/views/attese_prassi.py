"""What waits, on the dashboard, about good practices: to review for who coordinates, to complete for the ente that told it."""

from django.db.models import Q

from incontri.models import BuonaPrassi, StatoPrassi
from tavolo.base.passi import DaFare, Passo


def prassi_da_seguire(utente):
    """One line for each good practice that asks something of this person, the oldest first."""
    righe = BuonaPrassi.objects.visibili_a(utente).order_by("aggiornato", "uuid")
    if utente.has_perm("incontri.rivedi_buonaprassi"):
        for prassi in righe.filter(stato=StatoPrassi.PROPOSTA).select_related("ente"):
            pagina = prassi.get_absolute_url()
            perche = f"Buona prassi da rivedere, di {prassi.ente.nome_corto}"
            yield DaFare(prassi, perche, Passo("Leggila", pagina), pagina)
    elif utente.ente_id and utente.has_perm("incontri.add_buonaprassi"):
        proprie = Q(ente=utente.ente_id) | Q(ente__padre=utente.ente_id)
        for prassi in righe.filter(proprie, stato=StatoPrassi.BOZZA).exclude(osservazioni=""):
            pagina = prassi.get_absolute_url()
            yield DaFare(prassi, "Chi coordina chiede di completarla", Passo("Completala", pagina), pagina)
