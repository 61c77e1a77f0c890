"""Who may do what with the directory."""

from typing import Any

from rules import add_perm, predicate, set_perm

from tavolo.base.permessi import amministra, coordina, media, partecipa, referente


@predicate
def del_proprio_ente(utente: Any, oggetto: Any) -> bool:
    """Whether it is about the person's own ente, or a unit of it (without an object: whether they have one at all)."""
    if not utente.ente_id or oggetto is None:
        return bool(utente.ente_id)
    ente = oggetto.ente
    return utente.ente_id in (ente.pk, ente.padre_id)


add_perm("risorse", coordina)
amministra(
    "risorse",
    "categoria",
    "destinatari",
    "lingua",
    "documentorichiesto",
    "modalitaaccesso",
    "risorsa",
    "linguaparlata",
    "sede",
    "risorsainsede",
    "contatto",
    "orario",
    "chiusura",
    "traduzione",
    "verifica",
    "propostamodifica",
    "ricognizione",
    "enteinricognizione",
    "rispostaricognizione",
    "segnalazione",
    "valutazione",
    "sinonimo",
    "ricercavuota",
    "controllolink",
)
add_perm("risorse.pubblica_risorsa", coordina)
# Confirms that a card is still true; proposes changes to it, or a new one.
add_perm("risorse.conferma_risorsa", coordina | (referente & del_proprio_ente))
add_perm("risorse.proponi_risorsa", coordina | (referente & del_proprio_ente))
add_perm("risorse.decidi_propostamodifica", coordina)
set_perm("risorse.view_propostamodifica", coordina | (referente & del_proprio_ente))
# Progress of a survey is visible to all; each ente answers for itself.
set_perm("risorse.view_ricognizione", partecipa)
add_perm("risorse.rispondi_enteinricognizione", coordina | (referente & del_proprio_ente))
set_perm("risorse.view_segnalazione", coordina | (referente & del_proprio_ente))
add_perm("risorse.traduci", coordina | media)
