"""WORK: the Tavolo's themes, its meetings, who was there, what was said and what came of it."""

from incontri.models.adesione import DiscussioneAdesione
from incontri.models.allegato import Allegato
from incontri.models.avviso import AvvisoRestituzione, AvvisoVerbale
from incontri.models.bisogno import VIVI, Bisogno, OrigineBisogno, StatoBisogno, TipoOrigine
from incontri.models.convocazione import CalendarioPersonale, Convocazione, Risposta
from incontri.models.copertura import QUOTE, Copertura
from incontri.models.evidenza import SOGLIA, Evidenza, TipoEvidenza, UnitaEvidenza
from incontri.models.impegno import IN_PIEDI, Impegno, RevisioneImpegno, SollecitoImpegni, StatoImpegno
from incontri.models.incontro import DA_TENERE, Incontro, ModalitaIncontro, StatoIncontro
from incontri.models.istanza import APERTE, Istanza, MessaggioIstanza, StatoIstanza
from incontri.models.newsletter import (
    InvioNewsletter,
    IscrizioneNewsletter,
    NumeroNewsletter,
    StatoInvio,
    StatoIscrizione,
    StatoNumero,
)
from incontri.models.odg import ModelloIncontro, PuntoModello, PuntoOdg, TipoPunto
from incontri.models.originale import Originale
from incontri.models.osservazione import Osservazione, StatoOsservazione
from incontri.models.prassi import Adozione, BuonaPrassi, StatoPrassi
from incontri.models.presenza import EsitoPresenza, Presenza
from incontri.models.proposta import VIVE, EsitoProposta, PassoProposta, Proposta, StatoProposta
from incontri.models.restituzione import LetturaRestituzione, Restituzione, StatoRestituzione
from incontri.models.rettifica import Rettifica, StatoRettifica
from incontri.models.rilevazione import (
    APERTE_AL_VOTO,
    BisognoInRilevazione,
    Rilevazione,
    SollecitoVoto,
    StatoRilevazione,
)
from incontri.models.scrittura import PaginaAperta, SalvataggioAutomatico
from incontri.models.sezione import (
    CommentoRestituzione,
    GenereSezione,
    OriginaleRestituzione,
    SezioneRestituzione,
    StatoCommento,
)
from incontri.models.tema import StatoTema, Tema
from incontri.models.verbale import FERMI, StatoVerbale, Verbale
from incontri.models.voce import EsitoDecisione, TipoVoce, Voce
from incontri.models.voto import Voto, VotoComune

__all__ = [
    "APERTE",
    "APERTE_AL_VOTO",
    "DA_TENERE",
    "FERMI",
    "IN_PIEDI",
    "QUOTE",
    "SOGLIA",
    "VIVE",
    "VIVI",
    "Adozione",
    "Allegato",
    "AvvisoRestituzione",
    "AvvisoVerbale",
    "Bisogno",
    "BisognoInRilevazione",
    "BuonaPrassi",
    "CalendarioPersonale",
    "CommentoRestituzione",
    "Convocazione",
    "Copertura",
    "DiscussioneAdesione",
    "EsitoDecisione",
    "EsitoPresenza",
    "EsitoProposta",
    "Evidenza",
    "GenereSezione",
    "Impegno",
    "Incontro",
    "InvioNewsletter",
    "IscrizioneNewsletter",
    "Istanza",
    "LetturaRestituzione",
    "MessaggioIstanza",
    "ModalitaIncontro",
    "ModelloIncontro",
    "NumeroNewsletter",
    "Originale",
    "OriginaleRestituzione",
    "OrigineBisogno",
    "Osservazione",
    "PaginaAperta",
    "PassoProposta",
    "Presenza",
    "Proposta",
    "PuntoModello",
    "PuntoOdg",
    "Restituzione",
    "Rettifica",
    "RevisioneImpegno",
    "Rilevazione",
    "Risposta",
    "SalvataggioAutomatico",
    "SezioneRestituzione",
    "SollecitoImpegni",
    "SollecitoVoto",
    "StatoBisogno",
    "StatoCommento",
    "StatoImpegno",
    "StatoIncontro",
    "StatoInvio",
    "StatoIscrizione",
    "StatoIstanza",
    "StatoNumero",
    "StatoOsservazione",
    "StatoPrassi",
    "StatoProposta",
    "StatoRestituzione",
    "StatoRettifica",
    "StatoRilevazione",
    "StatoTema",
    "StatoVerbale",
    "Tema",
    "TipoEvidenza",
    "TipoOrigine",
    "TipoPunto",
    "TipoVoce",
    "UnitaEvidenza",
    "Verbale",
    "Voce",
    "Voto",
    "VotoComune",
]
