"""The one thing to do next about a meeting: the main action of its page, and its line in the dashboard."""

from django.urls import reverse

from incontri.models import StatoIncontro, StatoVerbale
from tavolo.base.passi import Passo


def prossimo_passo(incontro, utente, *, verbale=None, punti=0, presenze=0):
    """What this person would do next about the meeting; None where there is nothing to do.

    `verbale` are the minutes, `punti` and `presenze` how many points and attendances there are.
    """
    if verbale is not None:
        return passo_del_verbale(incontro, verbale, utente)
    if incontro.annullato or not utente.has_perm("incontri.change_incontro", incontro):
        return None
    if incontro.tenuto:
        return _da_tenuto(incontro, utente, punti, presenze)
    if incontro.inizio is None:
        return Passo("Fissa la data", reverse("incontri:incontro-update", args=[incontro.pk]))
    if not punti:
        return Passo("Scrivi l'ordine del giorno", reverse("incontri:odg-update", args=[incontro.pk]))
    if incontro.stato == StatoIncontro.PIANIFICATO:
        return Passo("Convoca l'incontro", reverse("incontri:convocazione", args=[incontro.pk]))
    return None


def passo_del_verbale(incontro, verbale, utente):
    """To go on writing the minutes, to publish or to read them; None if they are not for this person."""
    if verbale.si_scrive and utente.has_perm("incontri.change_verbale", verbale):
        return Passo("Continua il verbale", reverse("incontri:verbale-scrivi", args=[incontro.pk]))
    if verbale.stato == StatoVerbale.APPROVATO and utente.has_perm("incontri.pubblica_verbale", verbale):
        return Passo("Guarda e pubblica il verbale", reverse("incontri:verbale-pubblica", args=[incontro.pk]))
    if utente.has_perm("incontri.view_verbale", verbale):
        return Passo("Leggi il verbale", reverse("incontri:verbale-detail", args=[incontro.pk]))
    return None


def _da_tenuto(incontro, utente, punti, presenze):
    if not punti:
        return Passo("Scrivi l'ordine del giorno", reverse("incontri:odg-update", args=[incontro.pk]))
    if not presenze:
        return Passo("Segna le presenze", reverse("incontri:presenza-update", args=[incontro.pk]))
    if utente.has_perm("incontri.add_verbale", incontro):
        return Passo("Inizia il verbale", reverse("incontri:verbale-create", args=[incontro.pk]), post=True)
    return None
