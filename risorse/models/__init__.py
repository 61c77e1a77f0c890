"""WHAT: the directory of services, where they are, whom they serve, in which languages, and how true it still is."""

from risorse.models.aperture import OrariInLuoghi
from risorse.models.collegamento import ControlloLink
from risorse.models.contatto import Contatto, TipoContatto
from risorse.models.esterno import DatoEsterno
from risorse.models.freschezza import Freschezza
from risorse.models.orario import Chiusura, Giorno, Orario
from risorse.models.proposta import PropostaModifica, StatoProposta, TipoProposta
from risorse.models.ricerca import RicercaVuota, Sinonimo, TestoRicerca
from risorse.models.ricognizione import (
    EnteInRicognizione,
    EsitoRisposta,
    Ricognizione,
    RicognizioneChiusa,
    RispostaRicognizione,
    StatoRicognizione,
)
from risorse.models.risorsa import LinguaParlata, Risorsa
from risorse.models.schede import AreaServita, Costo, StatoRisorsa, TipoRisorsa
from risorse.models.sede import Accessibilita, RisorsaInSede, Sede, TipoSede
from risorse.models.segnalazione import CosaNonVa, Segnalazione, StatoSegnalazione, Valutazione
from risorse.models.termini import Categoria, Destinatari, DocumentoRichiesto, Lingua, ModalitaAccesso
from risorse.models.traduzione import StatoTraduzione, Traducibile, Traduzione
from risorse.models.verifica import Gradino, ModoVerifica, Sollecito, Verifica

__all__ = [
    "Accessibilita",
    "AreaServita",
    "Categoria",
    "Chiusura",
    "Contatto",
    "ControlloLink",
    "CosaNonVa",
    "Costo",
    "DatoEsterno",
    "Destinatari",
    "DocumentoRichiesto",
    "EnteInRicognizione",
    "EsitoRisposta",
    "Freschezza",
    "Giorno",
    "Gradino",
    "Lingua",
    "LinguaParlata",
    "ModalitaAccesso",
    "ModoVerifica",
    "OrariInLuoghi",
    "Orario",
    "PropostaModifica",
    "RicercaVuota",
    "Ricognizione",
    "RicognizioneChiusa",
    "Risorsa",
    "RisorsaInSede",
    "RispostaRicognizione",
    "Sede",
    "Segnalazione",
    "Sinonimo",
    "Sollecito",
    "StatoProposta",
    "StatoRicognizione",
    "StatoRisorsa",
    "StatoSegnalazione",
    "StatoTraduzione",
    "TestoRicerca",
    "TipoContatto",
    "TipoProposta",
    "TipoRisorsa",
    "TipoSede",
    "Traducibile",
    "Traduzione",
    "Valutazione",
    "Verifica",
]
