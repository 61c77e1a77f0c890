"""The week at a glance: tables for a page, one line for a message or a leaflet."""

from dataclasses import dataclass, replace
from datetime import date, time
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from risorse.orari.parole import con_anno, ora
from risorse.orari.settimana import MEZZANOTTE, Giorno, Intervallo, Orari, Periodo

_LUNEDI = date(2024, 1, 1)  # a Monday: only its weekday is read


@dataclass(frozen=True)
class Fascia:
    """One interval of a day, as it is read."""

    dalle: time
    alle: time
    su_appuntamento: bool = False
    nota: str = ""
    lingua: str = "it"  # of the note

    @property
    def testo(self) -> str:
        """`9:00–12:30`, "giorno e notte" for a whole day."""
        if self.dalle == self.alle == MEZZANOTTE:
            return _("giorno e notte")
        return f"{ora(self.dalle)}–{'24:00' if self.alle == MEZZANOTTE else ora(self.alle)}"


@dataclass(frozen=True)
class Riga:
    """A day of the week with its intervals, none if it is closed."""

    giorno: Giorno
    fasce: tuple[Fascia, ...]
    oggi: bool = False

    @property
    def nome(self) -> str:
        """The weekday, in the language in force."""
        return _giorno(self.giorno, "l")


@dataclass(frozen=True)
class Tabella:
    """The week of one season; `titolo` is empty for hours that hold the whole year."""

    titolo: str
    righe: tuple[Riga, ...]
    in_vigore: bool

    @property
    def ogni_giorno(self) -> tuple[Fascia, ...]:
        """The intervals of all seven days, if they are the same; else none."""
        fasce = self.righe[0].fasce
        return fasce if all(riga.fasce == fasce for riga in self.righe) else ()


def tabelle(orari: Orari, oggi: date) -> list[Tabella]:
    """One table per season that is not over, the one in force first; the row of `oggi` is marked there."""
    stagioni: dict[tuple, list[Intervallo]] = {}
    for intervallo in orari.intervalli:
        if intervallo.valido_al is None or intervallo.valido_al >= oggi:
            stagioni.setdefault((intervallo.valido_dal, intervallo.valido_al), []).append(intervallo)
    adesso = orari.in_vigore(oggi)
    fatte = []
    for (dal, al), intervalli in stagioni.items():
        in_vigore = intervalli[0] in adesso
        righe = tuple(_riga(giorno, intervalli, oggi if in_vigore else None) for giorno in Giorno)
        posto = (not in_vigore, dal is None and al is None, dal or date.min, al or date.max)
        fatte.append((posto, Tabella(_titolo(dal, al, oggi), righe, in_vigore)))
    tabelle = [tabella for _posto, tabella in sorted(fatte, key=lambda fatta: fatta[0])]
    if len(tabelle) > 1:
        altri, questo = _("Negli altri periodi"), _("In questo periodo")
        return [una if una.titolo else replace(una, titolo=questo if una.in_vigore else altri) for una in tabelle]
    return tabelle


def chiusure_future(orari: Orari, oggi: date) -> list[Periodo]:
    """The closures that are not over, by date, each once."""
    return sorted({una for una in orari.chiusure if una.al >= oggi}, key=lambda una: (una.dal, una.al, una.motivo))


def periodo_in_parole(periodo: Periodo, oggi: date) -> str:
    """`da lunedì 10 agosto a venerdì 21 agosto`; one day alone: `lunedì 10 agosto`."""
    if periodo.dal == periodo.al:
        return con_anno(periodo.dal, oggi)
    return _("da %(dal)s a %(al)s") % {"dal": con_anno(periodo.dal, oggi), "al": con_anno(periodo.al, oggi)}


def orari_in_righe(orari: Orari, oggi: date) -> list[str]:
    """The hours and the closures ahead as short lines of text: `lun–ven 9:00–12:30, 14:00–16:00; sab 9:00–12:00`."""
    righe = []
    for tabella in tabelle(orari, oggi):
        settimana = "; ".join(_giorni_uguali(tabella))
        righe.append(f"{tabella.titolo}: {settimana}" if tabella.titolo else settimana)
    for chiusura in chiusure_future(orari, oggi):
        motivo = f" ({chiusura.motivo})" if chiusura.motivo else ""
        righe.append(_("Chiuso %(periodo)s") % {"periodo": periodo_in_parole(chiusura, oggi)} + motivo)
    return righe


def _riga(giorno: Giorno, intervalli: list[Intervallo], oggi: date | None) -> Riga:
    del_giorno = [uno for uno in intervalli if uno.giorno == giorno]
    fasce = sorted(
        (Fascia(u.dalle, u.alle, u.su_appuntamento, u.nota, u.lingua) for u in del_giorno), key=lambda f: f.dalle
    )
    return Riga(giorno, tuple(fasce), oggi is not None and oggi.isoweekday() == giorno)


def _titolo(dal: date | None, al: date | None, oggi: date) -> str:
    if dal and al:
        parole = periodo_in_parole(Periodo(dal, al), oggi)
        return parole[:1].upper() + parole[1:]
    if dal:
        return _("Da %(dal)s") % {"dal": con_anno(dal, oggi)}
    return _("Fino a %(al)s") % {"al": con_anno(al, oggi)} if al else ""


def _giorni_uguali(tabella: Tabella) -> list[str]:
    """The days of a table, those that follow one another with the same hours in one."""
    pezzi = []
    for fasce, gruppo in groupby(tabella.righe, key=lambda riga: riga.fasce):
        giorni = [riga.giorno for riga in gruppo]
        if fasce:
            ore = ", ".join(_fascia(replace(fascia, nota="")) for fascia in fasce)
            pezzi.append(f"{_nomi(giorni)} {ore}")
    return pezzi


def _fascia(fascia: Fascia) -> str:
    return f"{fascia.testo} ({_('su appuntamento')})" if fascia.su_appuntamento else fascia.testo


def _nomi(giorni: list[Giorno]) -> str:
    if len(giorni) == len(Giorno):
        return _("tutti i giorni")
    nomi = [_giorno(giorno, "D") for giorno in (giorni[0], giorni[-1])]
    return nomi[0] if len(giorni) == 1 else (", " if len(giorni) == 2 else "–").join(nomi)


def _giorno(giorno: Giorno, formato: str) -> str:
    return date_format(_LUNEDI.replace(day=giorno), formato)
