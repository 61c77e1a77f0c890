"""The Italian words of the documents: codes, days and hours as a person reads them.

The words of the codes are those of the models (a test holds them to it): this layer does not know the models.
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from tavolo.base.italiano import elidi

PRESENZE = {
    "in-sede": "Presente",
    "online": "Presente online",
    "delega": "Con delega",
    "giustificato": "Assente giustificato",
    "assente": "Assente",
}
C_ERANO = ("in-sede", "online", "delega")
VOCI = {
    "discussione": "Discussione",
    "decisione": "Decisione",
    "impegno": "Impegno",
    "criticita": "Criticità",
    "buona-prassi": "Buona prassi",
    "bisogno": "Bisogno",
    "istanza": "Istanza",
}
DECISIONI = {"unanimita": "All'unanimità", "maggioranza": "A maggioranza", "rinvio": "Rinviata"}
MODALITA = {"in-sede": "In presenza", "online": "Online", "mista": "In presenza e online", "non-nota": "Da verificare"}


def momento(valore: Any) -> datetime | None:
    """The moment an ISO text tells, here; None for nothing."""
    if not valore:
        return None
    letto = valore if isinstance(valore, datetime) else datetime.fromisoformat(valore)
    return timezone.localtime(letto) if timezone.is_aware(letto) else timezone.make_aware(letto)


def giorno(valore: Any, *, settimana: bool = False) -> str:
    """The day of an ISO text or moment, "25 novembre 2026"; with `settimana` "mercoledì 25 novembre 2026"."""
    if not valore:
        return ""
    if isinstance(valore, str):
        letto = momento(valore) if len(valore) > len("2026-01-01") else date.fromisoformat(valore)
    else:
        letto = valore
    with translation.override("it"):
        return date_format(letto, "l j F Y" if settimana else "j F Y")


def ora(valore: Any) -> str:
    """The hour of a moment ("18:30"), or the hour itself where it is one already."""
    if not valore:
        return ""
    if isinstance(valore, str) and len(valore) <= len("18:30:00"):
        return valore[:5]
    letto = momento(valore)
    return f"{letto:%H:%M}" if letto else ""


def orario(da: str, a: str) -> str:
    """From when to when, with what is known of it: "dalle 9:30 alle 11:00", "dalle 9:30"."""
    pezzi = [f"{parola} {quando.removeprefix('0')}" for parola, quando in (("dalle", da), ("alle", a)) if quando]
    return italiano(" ".join(pezzi))


def italiano(testo: str) -> str:
    """The sentence with its elisions ("l'8 marzo"), whatever language the page around it speaks."""
    with translation.override("it"):
        return elidi(testo)


def peso(byte: int) -> str:
    """The size of a file: "12 kB", "1,4 MB"."""
    if byte < 1000:
        return f"{byte} byte"
    if byte < 1_000_000:
        return f"{round(byte / 1000)} kB"
    return f"{byte / 1_000_000:.1f} MB".replace(".", ",")
