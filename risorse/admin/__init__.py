"""Back office of the directory."""

from risorse.admin.contatti import ContattoAdmin, EnteConContattiAdmin
from risorse.admin.freschezza import VerificaAdmin
from risorse.admin.orari import ChiusuraAdmin, OrarioAdmin
from risorse.admin.proposte import PropostaModificaAdmin
from risorse.admin.ricerca import RicercaVuotaAdmin, SinonimoAdmin
from risorse.admin.ricognizioni import RicognizioneAdmin
from risorse.admin.risorse import LinguaParlataAdmin, RisorsaAdmin
from risorse.admin.sedi import RisorsaInSedeAdmin, SedeAdmin
from risorse.admin.segnalazioni import ControlloLinkAdmin, SegnalazioneAdmin, ValutazioneAdmin
from risorse.admin.termini import (
    CategoriaAdmin,
    DestinatariAdmin,
    DocumentoRichiestoAdmin,
    LinguaAdmin,
    ModalitaAccessoAdmin,
)
from risorse.admin.traduzioni import TraduzioneAdmin

__all__ = [
    "CategoriaAdmin",
    "ChiusuraAdmin",
    "ContattoAdmin",
    "ControlloLinkAdmin",
    "DestinatariAdmin",
    "DocumentoRichiestoAdmin",
    "EnteConContattiAdmin",
    "LinguaAdmin",
    "LinguaParlataAdmin",
    "ModalitaAccessoAdmin",
    "OrarioAdmin",
    "PropostaModificaAdmin",
    "RicercaVuotaAdmin",
    "RicognizioneAdmin",
    "RisorsaAdmin",
    "RisorsaInSedeAdmin",
    "SedeAdmin",
    "SegnalazioneAdmin",
    "SinonimoAdmin",
    "TraduzioneAdmin",
    "ValutazioneAdmin",
    "VerificaAdmin",
]
