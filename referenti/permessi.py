"""Who may do what with territory, enti, seats and people."""

from rules import add_perm

from tavolo.base.permessi import amministra, coordina

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
)
add_perm("referenti.invita_utente", coordina)
