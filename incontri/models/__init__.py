"""WORK: the Tavolo's themes, its meetings, who was there, what was said and what came of it."""

from incontri.models.allegato import Allegato
from incontri.models.avviso import AvvisoVerbale
from incontri.models.convocazione import CalendarioPersonale, Convocazione, Risposta
from incontri.models.impegno import IN_PIEDI, Impegno, RevisioneImpegno, SollecitoImpegni, StatoImpegno
from incontri.models.incontro import DA_TENERE, Incontro, ModalitaIncontro, StatoIncontro
from incontri.models.istanza import APERTE, Istanza, MessaggioIstanza, StatoIstanza
from incontri.models.odg import ModelloIncontro, PuntoModello, PuntoOdg, TipoPunto
from incontri.models.originale import Originale
from incontri.models.osservazione import Osservazione, StatoOsservazione
from incontri.models.presenza import EsitoPresenza, Presenza
from incontri.models.rettifica import Rettifica, StatoRettifica
from incontri.models.scrittura import PaginaAperta, SalvataggioAutomatico
from incontri.models.tema import StatoTema, Tema
from incontri.models.verbale import FERMI, StatoVerbale, Verbale
from incontri.models.voce import EsitoDecisione, TipoVoce, Voce

__all__ = [
    "APERTE",
    "DA_TENERE",
    "FERMI",
    "IN_PIEDI",
    "Allegato",
    "AvvisoVerbale",
    "CalendarioPersonale",
    "Convocazione",
    "EsitoDecisione",
    "EsitoPresenza",
    "Impegno",
    "Incontro",
    "Istanza",
    "MessaggioIstanza",
    "ModalitaIncontro",
    "ModelloIncontro",
    "Originale",
    "Osservazione",
    "PaginaAperta",
    "Presenza",
    "PuntoModello",
    "PuntoOdg",
    "Rettifica",
    "RevisioneImpegno",
    "Risposta",
    "SalvataggioAutomatico",
    "SollecitoImpegni",
    "StatoImpegno",
    "StatoIncontro",
    "StatoIstanza",
    "StatoOsservazione",
    "StatoRettifica",
    "StatoTema",
    "StatoVerbale",
    "Tema",
    "TipoPunto",
    "TipoVoce",
    "Verbale",
    "Voce",
]
