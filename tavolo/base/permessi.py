"""Predicates the three apps compose into sentences; `add_perm` is called only in modules named `permessi`.

Predicates say *who*, never *when*: superusers bypass them. The states of `stati.py` say when.
"""

from typing import Any

import rules
from rules.predicates import Predicate, is_active, is_authenticated, is_group_member, predicate

COORDINAMENTO, REFERENTI, MEDIATORI = "Coordinamento", "Referenti", "Mediatori"
GRUPPI = (COORDINAMENTO, REFERENTI, MEDIATORI)

autenticato: Predicate = is_authenticated & is_active
coordina: Predicate = autenticato & is_group_member(COORDINAMENTO)
referente: Predicate = autenticato & is_group_member(REFERENTI)
media: Predicate = autenticato & is_group_member(MEDIATORI)
partecipa: Predicate = coordina | referente | media


@predicate
def del_proprio_ente(utente: Any, oggetto: Any) -> bool:
    """Whether the object belongs to the person's own ente (never true without one)."""
    return oggetto is not None and utente.ente_id is not None and oggetto.ente_id == utente.ente_id


def amministra(app: str, *nomi: str) -> None:
    """Open the back office's verbs on the models `nomi` of `app` to who coordinates: see, write, import, export."""
    for nome in nomi:
        for azione in ("view", "add", "change", "delete", "import", "export"):
            rules.add_perm(f"{app}.{azione}_{nome}", coordina)


rules.add_perm("tavolo.amministra", coordina)
rules.add_perm("tavolo.entra_area", partecipa)
