"""The public holidays of Italy."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays

# Kept on the first Sunday of November since law 54/1977 took its effects away: it closes nothing.
_SENZA_EFFETTI = "Giorno dell'unità nazionale"


@lru_cache(maxsize=16)
def festivi(anno: int) -> frozenset[date]:
    """The days of the year on which offices are closed all over Italy (law 260/1949 as amended), Easter included."""
    feste = country_holidays("IT", years=anno, language="it_IT")
    return frozenset(giorno for giorno, nome in feste.items() if nome != _SENZA_EFFETTI)
