"""From the rows of hours and closures to `risorse.orari`: for one service, for a list, and as a filter in SQL."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from risorse.orari import ROMA, Orari, Periodo, Stato, festivi, migliore, prossimo_cambio, stato_a
from risorse.orari.tabelle import Tabella, chiusure_future, orari_in_righe, periodo_in_parole, tabelle


@dataclass(frozen=True)
class OrariInLuoghi:
    """The hours of a service, and the places (RisorsaInSede) that have just these; no places if it has none."""

    orari: Orari
    in_sedi: tuple = ()

    @property
    def stato(self) -> Stato:
        """How one finds it there now."""
        return stato_a(self.orari, timezone.now())

    @property
    def tabelle(self) -> list[Tabella]:
        """Its week, season by season."""
        return tabelle(self.orari, timezone.localdate())

    @property
    def chiusure(self) -> list[tuple[str, Periodo]]:
        """The closures in course and ahead, each with its days in words."""
        oggi = timezone.localdate()
        return [(periodo_in_parole(una, oggi), una) for una in chiusure_future(self.orari, oggi)]

    @property
    def in_righe(self) -> list[str]:
        """Its hours as short lines of text, for a message or a leaflet."""
        return orari_in_righe(self.orari, timezone.localdate())


class ConOrari:
    """A service that knows when it is open; from `con_orari()` it asks the database nothing."""

    # What a service has; said here for who reads this class alone.
    in_sedi: Any
    orari: Any
    chiusure: Any
    ente: Any
    aperta_nei_festivi: Any

    @cached_property
    def in_sedi_pubbliche(self) -> list:
        """The service at each of its confirmed places."""
        return [uno for uno in self.in_sedi.all() if not uno.sede.da_verificare]

    @cached_property
    def orari_in_luoghi(self) -> list[OrariInLuoghi]:
        """Its hours, once for all the places that share them; at least one, empty if nothing is known."""
        gruppi: dict[Orari, list] = {}
        for in_sede in self.in_sedi_pubbliche:
            gruppi.setdefault(self._orari(in_sede), []).append(in_sede)
        if not gruppi:
            return [OrariInLuoghi(self._orari(None))]
        return [OrariInLuoghi(orari, tuple(in_sedi)) for orari, in_sedi in gruppi.items()]

    @property
    def stato_orari(self) -> Stato:
        """How one finds it now, in the best of its places."""
        return self.stato_orari_a(timezone.now())

    def stato_orari_a(self, momento: datetime) -> Stato:
        """How one finds it at `momento` (aware), in the best of its places."""
        return migliore(stato_a(uno.orari, momento) for uno in self.orari_in_luoghi)

    @property
    def stato_orari_fino_a(self) -> datetime:
        """The moment until which `stato_orari` and its words hold: how long a page that says them may be kept."""
        return min(prossimo_cambio(uno.orari, timezone.now()) for uno in self.orari_in_luoghi)

    @property
    def orari_noti(self) -> bool:
        """Whether hours are written for it, here or there."""
        return any(uno.orari.intervalli for uno in self.orari_in_luoghi)

    def _orari(self, in_sede: Any) -> Orari:
        righe = list(in_sede.orari.all()) if in_sede else []
        righe = righe or list(self.orari.all())
        righe = righe or (list(in_sede.sede.orari.all()) if in_sede else [])
        di_chi = [self, self.ente, self.ente.padre, in_sede and in_sede.sede]
        comune = in_sede.sede.comune if in_sede else None
        return Orari(
            intervalli=tuple(riga.intervallo for riga in righe),
            chiusure=tuple(una.periodo for uno in di_chi if uno for una in uno.chiusure.all()),
            nei_festivi=self.aperta_nei_festivi,
            patrono=comune.patrono if comune else "",
        )


class ConOrariQuerySet(models.QuerySet):
    """Questions asked of services about when they are open."""

    def con_orari(self):
        """With the rows their hours are made of, in a constant number of queries."""
        in_sedi = apps.get_model("risorse", "RisorsaInSede").objects.select_related("sede__comune")
        return self.select_related("ente__padre").prefetch_related(
            Prefetch("in_sedi", in_sedi),
            "orari",
            "in_sedi__orari",
            "in_sedi__sede__orari",
            "chiusure",
            "ente__chiusure",
            "ente__padre__chiusure",
            "in_sedi__sede__chiusure",
        )

    def aperte_a(self, momento: datetime):
        """Open at `momento` (aware) to who comes without an appointment; the same answer as `stato_orari_a`."""
        adesso = momento.astimezone(ROMA)
        giorno = adesso.date()
        luoghi = apps.get_model("risorse", "RisorsaInSede").objects.filter(
            risorsa=OuterRef("pk"), sede__da_verificare=False
        )
        di_questo, del_servizio, del_posto = (
            {"in_sede": OuterRef("pk")},
            {"risorsa": OuterRef("risorsa")},
            {"sede": OuterRef("sede")},
        )
        aperti = luoghi.filter(
            _aperto(adesso, **di_questo)
            | (
                ~_con_orari(**di_questo)
                & (_aperto(adesso, **del_servizio) | (~_con_orari(**del_servizio) & _aperto(adesso, **del_posto)))
            ),
            ~_chiuso(adesso, Q(sede=OuterRef("sede"))),
            Q(risorsa__aperta_nei_festivi=True) | ~Q(sede__comune__patrono=f"{giorno:%m-%d}"),
        )
        aperte = self.filter(
            Exists(aperti) | (~Exists(luoghi) & _aperto(adesso, risorsa=OuterRef("pk"))),
            ~_chiuso(adesso, Q(risorsa=OuterRef("pk")) | Q(ente=OuterRef("ente")) | Q(ente=OuterRef("ente__padre"))),
        )
        return aperte.filter(aperta_nei_festivi=True) if giorno in festivi(giorno.year) else aperte


def _con_orari(**di: Any) -> Q:
    return Q(Exists(apps.get_model("risorse", "Orario").objects.filter(**di)))


def _aperto(adesso: datetime, **di: Any) -> Q:
    """Among the hours of one owner, one covers `adesso`: of its season, or of the whole year where no season is on."""
    giorno, ora = adesso.date(), adesso.time()
    righe = apps.get_model("risorse", "Orario").objects.filter(**di)
    tutto_l_anno = Q(valido_dal__isnull=True, valido_al__isnull=True)
    in_stagione = (
        ~tutto_l_anno
        & (Q(valido_dal__isnull=True) | Q(valido_dal__lte=giorno))
        & (Q(valido_al__isnull=True) | Q(valido_al__gte=giorno))
    )
    adesso_aperta = Q(giorno=adesso.isoweekday(), dalle__lte=ora, su_appuntamento=False) & (
        Q(alle__gt=ora) | Q(alle=time(0))
    )
    return Q(Exists(righe.filter(adesso_aperta, in_stagione))) | Q(
        Exists(righe.filter(adesso_aperta, tutto_l_anno)), ~Exists(righe.filter(in_stagione))
    )


def _chiuso(adesso: datetime, di: Q) -> Q:
    giorno = adesso.date()
    return Q(Exists(apps.get_model("risorse", "Chiusura").objects.filter(di, dal__lte=giorno, al__gte=giorno)))
