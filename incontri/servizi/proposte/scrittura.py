"""What of a proposal may still be written, and by whom: what a meeting approved does not change under who reads it."""

from typing import Any

from django.db.models import QuerySet

from incontri.models import Evidenza, Proposta, StatoProposta
from incontri.models.proposta import DECISE

SENZA_NUMERI = (
    "Nessun bisogno di questa proposta ha un'evidenza con un numero da misurare di nuovo: prima aggiungila alla pagina del "
    "bisogno."
)
DECISA = "Un incontro ha approvato questa proposta: le sue parole le cambia solo chi coordina. Passi ed esiti li puoi scrivere."
FINITA = {
    StatoProposta.CONCLUSA: "La proposta è conclusa: non si cambia più. Gli esiti si possono ancora misurare.",
    StatoProposta.ABBANDONATA: "La proposta è stata abbandonata: per lavorarci ancora, riprendila.",
}


def contro_le_parole(proposta: Proposta, utente: Any) -> str:
    """Why its title, words, needs, enti and costs cannot be changed by this person now; empty if they can."""
    if finita := contro_i_passi(proposta):
        return finita
    decisa = proposta.stato in DECISE and not utente.has_perm("incontri.approva_proposta", proposta)
    return DECISA if decisa else ""


def contro_i_passi(proposta: Proposta) -> str:
    """Why its steps cannot be changed now, nor commitments taken for it; empty if they can."""
    return FINITA.get(StatoProposta(proposta.stato), "")


def misurabili(proposta: Proposta) -> QuerySet[Evidenza]:
    """The evidence of its needs that has a number to be measured again."""
    return Evidenza.objects.filter(bisogno__proposte=proposta.pk, valore__isnull=False).distinct()


def contro_gli_esiti(proposta: Proposta) -> str:
    """Why nothing can be measured of it now; empty if it can, after its conclusion too, which is when outcomes come."""
    return FINITA[StatoProposta.ABBANDONATA] if proposta.stato == StatoProposta.ABBANDONATA else ""
