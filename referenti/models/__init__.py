"""WHO: the territory, its bodies, the Tavolo's seats and the people."""

from referenti.models.adesione import (
    ATTENDONO,
    CHIUSE,
    PERSONALI,
    AvvisoAdesione,
    GenereAvviso,
    RichiestaAdesione,
    StatoAdesione,
)
from referenti.models.comune import Comune
from referenti.models.ente import Ente, RuoloAlTavolo, TipoEnte
from referenti.models.indicatore import Indicatore, Unita, Voce
from referenti.models.protocollo import Articolo, Protocollo, Sottoscrizione, Tappa
from referenti.models.seggio import Area, Incarico, Seggio
from referenti.models.utente import Utente

__all__ = [
    "ATTENDONO",
    "CHIUSE",
    "PERSONALI",
    "Area",
    "Articolo",
    "AvvisoAdesione",
    "Comune",
    "Ente",
    "GenereAvviso",
    "Incarico",
    "Indicatore",
    "Protocollo",
    "RichiestaAdesione",
    "RuoloAlTavolo",
    "Seggio",
    "Sottoscrizione",
    "StatoAdesione",
    "Tappa",
    "TipoEnte",
    "Unita",
    "Utente",
    "Voce",
]
