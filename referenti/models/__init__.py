"""WHO: the territory, its bodies, the Tavolo's seats and the people."""

from referenti.models.comune import Comune
from referenti.models.ente import Ente, RuoloAlTavolo, TipoEnte
from referenti.models.indicatore import Indicatore, Unita, Voce
from referenti.models.protocollo import Articolo, Protocollo, Sottoscrizione, Tappa
from referenti.models.seggio import Area, Incarico, Seggio
from referenti.models.utente import Utente

__all__ = [
    "Area",
    "Articolo",
    "Comune",
    "Ente",
    "Incarico",
    "Indicatore",
    "Protocollo",
    "RuoloAlTavolo",
    "Seggio",
    "Sottoscrizione",
    "Tappa",
    "TipoEnte",
    "Unita",
    "Utente",
    "Voce",
]
