"""Open now, closes when, opens when: the one function that answers, and what follows from its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from risorse.orari.parole import frase
from risorse.orari.settimana import ROMA, UN_GIORNO, Orari, Periodo

ORIZZONTE = 60  # days ahead in which the next opening is looked for
SEMPRE = 8  # an opening that lasts as many days is "day and night"


class Come(StrEnum):
    """How one finds it."""

    APERTO = "aperto"
    SU_APPUNTAMENTO = "su-appuntamento"
    CHIUSO = "chiuso"
    NON_NOTO = "non-noto"


@dataclass(frozen=True)
class Stato:
    """How one finds it at `momento`, in Rome as every moment here.

    `fino_a` is when what goes on now ends (None: it does not, within SEMPRE days); `apre` when it next opens to who
    comes without an appointment (None: not within ORIZZONTE days); `chiusura` is the closure in force.
    """

    come: Come
    momento: datetime
    fino_a: datetime | None = None
    apre: datetime | None = None
    chiusura: Periodo | None = None
    festa: bool = False

    @property
    def aperto(self) -> bool:
        """Whether one finds it open without an appointment."""
        return self.come == Come.APERTO

    @property
    def su_appuntamento(self) -> bool:
        """Whether one is received by appointment only."""
        return self.come == Come.SU_APPUNTAMENTO

    @property
    def noto(self) -> bool:
        """Whether anything is known of its hours."""
        return self.come != Come.NON_NOTO

    @property
    def frase(self) -> str:
        """The state in words, in the language in force: "Aperto ora, fino alle 12:30"."""
        return frase(self)


def stato_a(orari: Orari, momento: datetime) -> Stato:
    """How one finds it at `momento` (aware)."""
    adesso = momento.astimezone(ROMA)
    libera, su_appuntamento = (_apertura(orari, momento, su_appuntamento=quale) for quale in (False, True))
    apre = libera[0].astimezone(ROMA) if libera else None
    if libera and libera[0] <= momento:
        return Stato(Come.APERTO, adesso, fino_a=_a_roma(libera[1]))
    if su_appuntamento and su_appuntamento[0] <= momento:
        fine = _a_roma(su_appuntamento[1])
        return Stato(Come.SU_APPUNTAMENTO, adesso, fino_a=min(filter(None, (fine, apre)), default=None), apre=apre)
    chiusura, festa = orari.chiusura(adesso.date()), orari.festa(adesso.date())
    if not orari.intervalli and not chiusura:
        return Stato(Come.NON_NOTO, adesso)
    if su_appuntamento and not libera and not chiusura:
        return Stato(Come.SU_APPUNTAMENTO, adesso, festa=festa)
    return Stato(Come.CHIUSO, adesso, apre=apre, chiusura=chiusura, festa=festa)


def prossimo_cambio(orari: Orari, momento: datetime) -> datetime:
    """Until when what `stato_a` says at `momento`, and its words, hold: at most until midnight ("domani" becomes "oggi")."""
    mezzanotte = datetime.combine(momento.astimezone(ROMA).date() + UN_GIORNO, time.min, ROMA)
    confini = [mezzanotte]
    for quale in (False, True):
        apertura = _apertura(orari, momento, su_appuntamento=quale)
        confini += [uno for uno in apertura or () if uno is not None and uno > momento]
    return min(confini).astimezone(ROMA)


def migliore(stati: Iterable[Stato]) -> Stato:
    """Of several places, the one to go to: open the longest, else by appointment now, else the first to open; at least one."""
    return min(stati, key=_preferenza)


def _preferenza(stato: Stato) -> tuple[int, float]:
    lontano = stato.momento + timedelta(days=2 * ORIZZONTE)
    if stato.aperto:
        return (0, -(stato.fino_a or lontano).timestamp())
    if stato.su_appuntamento and stato.fino_a:
        return (1, -stato.fino_a.timestamp())
    if stato.apre:
        return (2, stato.apre.timestamp())
    return ({Come.SU_APPUNTAMENTO: 3, Come.CHIUSO: 4}.get(stato.come, 5), 0)


def _apertura(orari: Orari, momento: datetime, *, su_appuntamento: bool) -> tuple[datetime, datetime | None] | None:
    """The opening in course at `momento`, else the next one: its start and its end, None if it goes on and on."""
    oggi = momento.astimezone(ROMA).date()
    inizio = fine = None
    ce_ne_sono = any(uno.su_appuntamento == su_appuntamento for uno in orari.intervalli)
    for distanza in range(ORIZZONTE + 1 if ce_ne_sono else 0):
        giorno = oggi + distanza * UN_GIORNO
        for da, a in orari.aperture(giorno, su_appuntamento=su_appuntamento):
            if fine is None:
                if a > momento:
                    inizio, fine = da, a
            elif da <= fine:
                fine = max(fine, a)
            else:
                return inizio, fine
        if fine is None:
            continue
        if fine < datetime.combine(giorno + UN_GIORNO, time.min, ROMA).astimezone(UTC):
            return inizio, fine
        if fine - max(inizio, momento) > timedelta(days=SEMPRE):
            return inizio, None
    return (inizio, fine) if fine else None


def _a_roma(momento: datetime | None) -> datetime | None:
    return momento.astimezone(ROMA) if momento else None
