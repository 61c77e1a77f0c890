"""Back office of territory, enti, seats, protocols and people."""

from referenti.admin.adesioni import AvvisoAdesioneAdmin, RichiestaAdesioneAdmin
from referenti.admin.comuni import ComuneAdmin, IndicatoreAdmin
from referenti.admin.enti import EnteAdmin
from referenti.admin.protocolli import ArticoloAdmin, ProtocolloAdmin, SottoscrizioneAdmin, TappaAdmin
from referenti.admin.seggi import IncaricoAdmin, SeggioAdmin
from referenti.admin.utenti import UtenteAdmin

__all__ = [
    "ArticoloAdmin",
    "AvvisoAdesioneAdmin",
    "ComuneAdmin",
    "EnteAdmin",
    "IncaricoAdmin",
    "IndicatoreAdmin",
    "ProtocolloAdmin",
    "RichiestaAdesioneAdmin",
    "SeggioAdmin",
    "SottoscrizioneAdmin",
    "TappaAdmin",
    "UtenteAdmin",
]
