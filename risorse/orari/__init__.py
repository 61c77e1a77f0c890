"""When a service is open: pure functions from weekly hours, seasons and closures to a state and its words.

Below the models and without the database: `risorse.models.aperture` fills `Orari` from the rows.
"""

from risorse.orari.festivi import festivi
from risorse.orari.settimana import ROMA, Giorno, Intervallo, Orari, Periodo
from risorse.orari.stato import Come, Stato, migliore, prossimo_cambio, stato_a
from risorse.orari.tabelle import Fascia, Riga, Tabella, orari_in_righe, tabelle

__all__ = [
    "ROMA",
    "Come",
    "Fascia",
    "Giorno",
    "Intervallo",
    "Orari",
    "Periodo",
    "Riga",
    "Stato",
    "Tabella",
    "festivi",
    "migliore",
    "orari_in_righe",
    "prossimo_cambio",
    "stato_a",
    "tabelle",
]
