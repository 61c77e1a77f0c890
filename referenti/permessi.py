"""Who may do what with territory, enti, seats and people."""

from typing import Any

from rules import add_perm, predicate, set_perm

from tavolo.base.permessi import amministra, coordina


@predicate
def persona_comune(utente: Any, persona: Any) -> bool:
    """Whether it is not a superuser's account: those are out of the coordinator's hands."""
    return persona is None or not persona.is_superuser


add_perm("referenti", coordina)
amministra(
    "referenti",
    "comune",
    "ente",
    "seggio",
    "incarico",
    "utente",
    "indicatore",
    "protocollo",
    "articolo",
    "sottoscrizione",
    "tappa",
    "richiestaadesione",
    "avvisoadesione",
)
set_perm("referenti.change_utente", coordina & persona_comune)
set_perm("referenti.delete_utente", coordina & persona_comune)
add_perm("referenti.invita_utente", coordina & persona_comune)
# Requests to join come from anybody; who coordinates reads them and does what the Tavolo has decided.
add_perm("referenti.decidi_richiestaadesione", coordina)
