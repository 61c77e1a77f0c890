"""Enti as organizations."""

from collections import defaultdict

from referenti.models import TipoEnte
from risorse.hsds.righe.comuni import piena, primo, righe_contatti, uri
from risorse.models import TipoContatto


def righe_enti(materia) -> dict[str, list[dict]]:
    """The rows of the bodies and, when everything is wanted, of their contacts."""
    righe: dict[str, list[dict]] = defaultdict(list)
    for ente in materia.enti:
        chiave = ente["uuid"]
        contatti = materia.contatti.get(chiave, ())
        righe["organization"].append(
            piena(
                {
                    "id": chiave,
                    "name": ente["denominazione"],
                    "alternate_name": ente["nome_breve"],
                    # required: where nobody has described the body, what kind of body it is
                    "description": ente["descrizione"] or str(TipoEnte(ente["tipo"]).label),
                    "email": primo(contatti, TipoContatto.EMAIL),
                    "website": uri(primo(contatti, TipoContatto.WEB) or ""),
                    "parent_organization_id": ente["padre_id"] if ente["padre_id"] in materia.padri else None,
                }
            )
        )
        if materia.completa:
            righe_contatti(materia, "organization", chiave, righe)
    return righe
