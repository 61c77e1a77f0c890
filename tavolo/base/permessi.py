"""Predicates the three apps compose into sentences; `add_perm` is called only in modules named `permessi`.

Predicates say *who*, never *when*: superusers bypass them. The states of `stati.py` say when.
"""

import rules
from rules.predicates import Predicate, is_active, is_authenticated, is_group_member

COORDINAMENTO, REFERENTI, MEDIATORI = "Coordinamento", "Referenti", "Mediatori"
GRUPPI = (COORDINAMENTO, REFERENTI, MEDIATORI)

autenticato: Predicate = is_authenticated & is_active
coordina: Predicate = autenticato & is_group_member(COORDINAMENTO)
referente: Predicate = autenticato & is_group_member(REFERENTI)
media: Predicate = autenticato & is_group_member(MEDIATORI)
partecipa: Predicate = coordina | referente | media


def amministra(app: str, *nomi: str) -> None:
    """Open the back office's verbs on the models `nomi` of `app` to who coordinates: see, write, import, export."""
    for nome in nomi:
        for azione in ("view", "add", "change", "delete", "import", "export"):
            rules.add_perm(f"{app}.{azione}_{nome}", coordina)


rules.add_perm("tavolo.amministra", coordina)
rules.add_perm("base", coordina)
rules.add_perm("base.view_importazione", coordina)
rules.add_perm("tavolo.entra_area", partecipa)
