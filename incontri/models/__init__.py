"""WORK: the Tavolo's themes, its meetings, who was there and what was said."""

from incontri.models.incontro import DA_TENERE, Incontro, ModalitaIncontro, PuntoOdg, StatoIncontro
from incontri.models.presenza import EsitoPresenza, Presenza
from incontri.models.tema import StatoTema, Tema
from incontri.models.verbale import StatoVerbale, TipoVoce, Verbale, Voce

__all__ = [
    "DA_TENERE",
    "EsitoPresenza",
    "Incontro",
    "ModalitaIncontro",
    "Presenza",
    "PuntoOdg",
    "StatoIncontro",
    "StatoTema",
    "StatoVerbale",
    "Tema",
    "TipoVoce",
    "Verbale",
    "Voce",
]
