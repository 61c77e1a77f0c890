"""WHAT: the directory of services, where they are, whom they serve, in which languages."""

from risorse.models.contatto import Contatto, TipoContatto
from risorse.models.risorsa import LinguaParlata, Risorsa
from risorse.models.schede import AreaServita, Costo, StatoRisorsa, TipoRisorsa
from risorse.models.sede import Accessibilita, RisorsaInSede, Sede, TipoSede
from risorse.models.termini import Categoria, Destinatari, DocumentoRichiesto, Lingua, ModalitaAccesso

__all__ = [
    "Accessibilita",
    "AreaServita",
    "Categoria",
    "Contatto",
    "Costo",
    "Destinatari",
    "DocumentoRichiesto",
    "Lingua",
    "LinguaParlata",
    "ModalitaAccesso",
    "Risorsa",
    "RisorsaInSede",
    "Sede",
    "StatoRisorsa",
    "TipoContatto",
    "TipoRisorsa",
    "TipoSede",
]
