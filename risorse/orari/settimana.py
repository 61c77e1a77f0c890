"""Hours as a week repeats them, and the stretches of time they really cover: wall-clock hours meet summer time here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _

from risorse.orari.festivi import festivi

ROMA = ZoneInfo("Europe/Rome")
UN_GIORNO = timedelta(days=1)
MEZZANOTTE = time(0)


class Giorno(IntegerChoices):
    """The days of the week, as ISO 8601 numbers them."""

    LUNEDI = 1, _("lunedì")
    MARTEDI = 2, _("martedì")
    MERCOLEDI = 3, _("mercoledì")
    GIOVEDI = 4, _("giovedì")
    VENERDI = 5, _("venerdì")
    SABATO = 6, _("sabato")
    DOMENICA = 7, _("domenica")


@dataclass(frozen=True)
class Intervallo:
    """From one hour to another of one day of the week; `alle` at midnight is the end of the day."""

    giorno: int
    dalle: time
    alle: time
    su_appuntamento: bool = False
    valido_dal: date | None = None
    valido_al: date | None = None
    nota: str = ""
    lingua: str = "it"  # of the note

    @property
    def di_stagione(self) -> bool:
        """Whether it holds in some part of the year only."""
        return self.valido_dal is not None or self.valido_al is not None

    def vale(self, giorno: date) -> bool:
        """Whether `giorno` is within its season."""
        return (self.valido_dal or date.min) <= giorno <= (self.valido_al or date.max)

    def si_accavalla(self, altro: "Intervallo") -> bool:
        """Whether the two, in a season they share, have minutes in common; one of all year is replaced, not doubled."""
        if self.giorno != altro.giorno or self.di_stagione != altro.di_stagione:
            return False
        dal = max(self.valido_dal or date.min, altro.valido_dal or date.min)
        al = min(self.valido_al or date.max, altro.valido_al or date.max)
        return dal <= al and max(self.dalle, altro.dalle) < min(self.fine, altro.fine)

    @property
    def fine(self) -> time:
        """`alle`, the last moment of the day for midnight."""
        return time.max if self.alle == MEZZANOTTE else self.alle


@dataclass(frozen=True)
class Periodo:
    """Whole days on which something is closed, both ends included."""

    dal: date
    al: date
    motivo: str = ""
    lingua: str = "it"  # of the reason


@dataclass(frozen=True)
class Orari:
    """All that decides whether one place is open: its week, its closures, and whether holidays close it.

    On the days of a season the rows of that season replace those without one, so that summer hours need no end of the
    ordinary ones; seasons that overlap add up. `patrono` is the day (MM-DD) of the patron saint of its comune.
    """

    intervalli: tuple[Intervallo, ...] = ()
    chiusure: tuple[Periodo, ...] = ()
    nei_festivi: bool = False
    patrono: str = ""

    def in_vigore(self, giorno: date) -> list[Intervallo]:
        """The rows, of any weekday, that hold in the season of `giorno`."""
        di_stagione = [uno for uno in self.intervalli if uno.di_stagione and uno.vale(giorno)]
        return di_stagione or [uno for uno in self.intervalli if not uno.di_stagione]

    def festa(self, giorno: date) -> bool:
        """Whether a public holiday or the patron saint closes it on `giorno`."""
        if self.nei_festivi:
            return False
        return giorno in festivi(giorno.year) or (bool(self.patrono) and self.patrono == f"{giorno:%m-%d}")

    def chiusura(self, giorno: date) -> Periodo | None:
        """The closure in force on `giorno`, lengthened by those that follow it without a day between."""
        in_corso = [una for una in self.chiusure if una.dal <= giorno <= una.al]
        if not in_corso:
            return None
        al = max(una.al for una in in_corso)
        for una in sorted(self.chiusure, key=lambda una: una.dal):
            if una.dal <= al + UN_GIORNO:
                al = max(al, una.al)
        detta = next((una for una in in_corso if una.motivo), in_corso[0])
        return Periodo(min(una.dal for una in in_corso), al, detta.motivo, detta.lingua)

    def aperture(self, giorno: date, *, su_appuntamento: bool) -> list[tuple[datetime, datetime]]:
        """The moments (UTC) between which it is open on `giorno`, in order; they may touch or overlap."""
        numero = giorno.isoweekday()
        del_giorno = [uno for uno in self.intervalli if uno.giorno == numero and uno.su_appuntamento == su_appuntamento]
        # Most days of a week have nothing: what costs more is asked of the others only.
        if del_giorno and any(uno.di_stagione for uno in self.intervalli):
            in_vigore = self.in_vigore(giorno)
            del_giorno = [uno for uno in del_giorno if uno in in_vigore]
        if not del_giorno or self.festa(giorno) or any(una.dal <= giorno <= una.al for una in self.chiusure):
            return []
        return sorted(tratto for uno in del_giorno for tratto in _momenti(giorno, uno.dalle, uno.alle))


def _momenti(giorno: date, dalle: time, alle: time) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of `giorno` during which clocks show an hour from `dalle` to `alle`.

    None if summer time skips them, two if the return to solar time repeats them.
    """
    fine_del_muro = giorno + UN_GIORNO if alle == MEZZANOTTE else giorno
    for inizio, fine, scarto in _tratti(giorno):
        da = max(inizio, datetime.combine(giorno, dalle, UTC) - scarto)
        a = min(fine, datetime.combine(fine_del_muro, alle, UTC) - scarto)
        if da < a:
            yield da, a


@lru_cache(maxsize=1024)
def _tratti(giorno: date) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """The parts of `giorno` with one distance from UTC each: (start, end, distance). In Italy clocks change on the hour."""
    inizio, fine = (datetime.combine(g, MEZZANOTTE, ROMA).astimezone(UTC) for g in (giorno, giorno + UN_GIORNO))
    prima, dopo = _scarto(inizio), _scarto(fine)
    if prima == dopo:
        return ((inizio, fine, prima),)
    cambio = next(t for ora in range(26) if _scarto(t := inizio + timedelta(hours=ora)) != prima)
    return ((inizio, cambio, prima), (cambio, fine, dopo))


def _scarto(momento: datetime) -> timedelta:
    return momento.astimezone(ROMA).utcoffset() or timedelta()
