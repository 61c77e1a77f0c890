"""Back office of themes, meetings and minutes."""

from incontri.admin.adesioni import DiscussioneAdesioneAdmin
from incontri.admin.allegati import AllegatoAdmin
from incontri.admin.bisogni import BisognoAdmin, EvidenzaAdmin, OrigineBisognoAdmin
from incontri.admin.convocazioni import ConvocazioneAdmin
from incontri.admin.coperture import CoperturaAdmin
from incontri.admin.impegni import ImpegnoAdmin
from incontri.admin.incontri import IncontroAdmin
from incontri.admin.istanze import IstanzaAdmin, MessaggioIstanzaAdmin
from incontri.admin.modelli import ModelloIncontroAdmin, PuntoModelloAdmin
from incontri.admin.newsletter import InvioNewsletterAdmin, IscrizioneNewsletterAdmin, NumeroNewsletterAdmin
from incontri.admin.odg import PuntoOdgAdmin
from incontri.admin.originali import OriginaleAdmin, RettificaAdmin
from incontri.admin.osservazioni import OsservazioneAdmin
from incontri.admin.prassi import AdozioneAdmin, BuonaPrassiAdmin
from incontri.admin.presenze import PresenzaAdmin
from incontri.admin.proposte import EsitoPropostaAdmin, PassoPropostaAdmin, PropostaAdmin
from incontri.admin.restituzioni import CommentoRestituzioneAdmin, OriginaleRestituzioneAdmin, RestituzioneAdmin
from incontri.admin.rilevazioni import RilevazioneAdmin
from incontri.admin.temi import TemaAdmin
from incontri.admin.verbali import VerbaleAdmin
from incontri.admin.voci import VoceAdmin

__all__ = [
    "AdozioneAdmin",
    "AllegatoAdmin",
    "BisognoAdmin",
    "BuonaPrassiAdmin",
    "CommentoRestituzioneAdmin",
    "ConvocazioneAdmin",
    "CoperturaAdmin",
    "DiscussioneAdesioneAdmin",
    "EsitoPropostaAdmin",
    "EvidenzaAdmin",
    "ImpegnoAdmin",
    "IncontroAdmin",
    "InvioNewsletterAdmin",
    "IscrizioneNewsletterAdmin",
    "IstanzaAdmin",
    "MessaggioIstanzaAdmin",
    "ModelloIncontroAdmin",
    "NumeroNewsletterAdmin",
    "OriginaleAdmin",
    "OriginaleRestituzioneAdmin",
    "OrigineBisognoAdmin",
    "OsservazioneAdmin",
    "PassoPropostaAdmin",
    "PresenzaAdmin",
    "PropostaAdmin",
    "PuntoModelloAdmin",
    "PuntoOdgAdmin",
    "RestituzioneAdmin",
    "RettificaAdmin",
    "RilevazioneAdmin",
    "TemaAdmin",
    "VerbaleAdmin",
    "VoceAdmin",
]
