"""The state of a service in words, in the language in force."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tavolo.base.italiano import elidi

if TYPE_CHECKING:
    from risorse.orari.stato import Stato

_UN_MOMENTO = timedelta(microseconds=1)
_UN_GIORNO = timedelta(days=1)


def frase(stato: Stato) -> str:
    """One sentence: open until when, closed and when it opens, by appointment only, not known."""
    if stato.aperto:
        return elidi(_aperto(stato.momento, stato.fino_a))
    if stato.su_appuntamento:
        return _("Solo su appuntamento")
    return elidi(_chiuso(stato)) if stato.noto else _("Orari da verificare")


def ora(quale: time | datetime) -> str:
    """`9:00`."""
    return f"{quale.hour}:{quale.minute:02}"


def giorno_e_data(giorno: date) -> str:
    """`lunedì 24 agosto`."""
    data = date_format(giorno, "MONTH_DAY_FORMAT")
    return _("%(giorno)s %(data)s") % {"giorno": date_format(giorno, "l"), "data": data}


def con_anno(giorno: date, oggi: date) -> str:
    """`lunedì 24 agosto`, with the year if it is not that of `oggi`."""
    return giorno_e_data(giorno) if giorno.year == oggi.year else f"{giorno_e_data(giorno)} {giorno.year}"


def _aperto(momento: datetime, fino_a: datetime | None) -> str:
    if fino_a is None:
        return _("Aperto ora, giorno e notte")
    ultimo = fino_a - _UN_MOMENTO
    alla_fine = ultimo.date() != fino_a.date()
    if alla_fine and ultimo.date() == momento.date():
        return _("Aperto ora, fino a mezzanotte")
    if fino_a - momento < _UN_GIORNO:
        return _("Aperto ora, fino alle %(ora)s") % {"ora": ora(fino_a)}
    quando = {"giorno": _fra_poco(ultimo.date(), momento.date()), "ora": "24:00" if alla_fine else ora(fino_a)}
    return _("Aperto ora, fino a %(giorno)s alle %(ora)s") % quando


def _chiuso(stato: Stato) -> str:
    oggi, apre, chiusura = stato.momento.date(), stato.apre, stato.chiusura
    if chiusura and chiusura.al > oggi:
        al = con_anno(chiusura.al, oggi)
        if apre is None:
            return _("Chiuso fino a %(al)s") % {"al": al}
        quando = {"al": al, "giorno": giorno_e_data(apre.date()), "ora": ora(apre)}
        return _("Chiuso fino a %(al)s: apre %(giorno)s alle %(ora)s") % quando
    if apre is None:
        return _("Chiuso: non sappiamo quando riapre")
    if apre.date() == oggi:
        return _("Chiuso: apre oggi alle %(ora)s") % {"ora": ora(apre)}
    if apre.date() == oggi + _UN_GIORNO:
        return _("Chiuso: apre domani alle %(ora)s") % {"ora": ora(apre)}
    quando = {"giorno": _fra_poco(apre.date(), oggi), "ora": ora(apre)}
    return _("Chiuso: apre %(giorno)s alle %(ora)s") % quando


def _fra_poco(giorno: date, oggi: date) -> str:
    """The weekday alone within six days, when it can only be that one."""
    return date_format(giorno, "l") if giorno - oggi < 7 * _UN_GIORNO else giorno_e_data(giorno)
