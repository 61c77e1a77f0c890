"""What the rows are made of, read in a number of queries that does not depend on how many services there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from referenti.models import Ente
from risorse.hsds.lingue import Testi
from risorse.hsds.pubblici import enti_pubblici
from risorse.models import Chiusura, Contatto, LinguaParlata, Orario, Risorsa, RisorsaInSede, Sede

# A queryset of services, or the keys of some.
Servizi = QuerySet | Iterable[UUID]

_SERVIZIO = (
    "uuid",
    "ente_id",
    "nome",
    "in_breve",
    "descrizione",
    "tipo",
    "stato",
    "area_servita",
    "costo",
    "costo_nota",
    "requisiti",
    "eta_minima",
    "eta_massima",
    "verificata_il",
    "aggiornato",
    "esempio",
)
_ENTE = ("uuid", "denominazione", "nome_breve", "tipo", "padre_id", "descrizione", "esempio")
_SEDE = (
    "uuid",
    "ente_id",
    "nome",
    "tipo",
    "indirizzo",
    "cap",
    "comune__nome",
    "comune__cap",
    "comune__codice_istat",
    "latitudine",
    "longitudine",
    "accessibilita",
    "accessibilita_nota",
)
_CONTATTO = ("uuid", "ente_id", "sede_id", "risorsa_id", "tipo", "valore", "etichetta")
_ORARIO = (
    "risorsa_id",
    "in_sede_id",
    "sede_id",
    "giorno",
    "dalle",
    "alle",
    "su_appuntamento",
    "valido_dal",
    "valido_al",
    "nota",
    "uuid",
)


def _chiavi(scelta: Any) -> Any:
    return scelta.order_by().values("pk") if isinstance(scelta, QuerySet) else list(scelta)


class Materia:
    """Values of services and of all that hangs on them; `completa` says whether the places and the rest are wanted too.

    `enti` and `sedi` add bodies and places that no service of `servizi` leads to.
    """

    def __init__(
        self,
        servizi: Servizi = (),
        *,
        completa: bool = False,
        enti: Any = (),
        sedi: Any = (),
        lingua: str | None = None,
        oggi: date | None = None,
    ):
        self.oggi = oggi or timezone.localdate()
        self._servizi = _chiavi(servizi)
        self.servizi = list(Risorsa.objects.filter(pk__in=self._servizi).order_by("nome", "uuid").values(*_SERVIZIO))
        self.completa = completa
        self.in_sedi = self._in_sedi() if completa else []
        self.sedi = self._sedi(_chiavi(sedi)) if completa else []
        self.enti = self._enti(_chiavi(enti))
        self.padri = self._padri()
        self.contatti = self._per_padrone(self._contatti())
        self.chiusure = self._per_padrone(self._chiusure())
        self.termini = {nome: self._coppie(nome) for nome in self._elenchi()}
        self.lingue = self._lingue()
        self.orari = list(self._orari()) if completa else []
        self.testi = Testi(lingua, self._tradotti)

    def _elenchi(self) -> tuple[str, ...]:
        return ("categorie", "destinatari", "modalita", "documenti") if self.completa else ("destinatari", "modalita")

    def _in_sedi(self) -> list[dict]:
        righe = RisorsaInSede.objects.filter(risorsa__in=self._servizi, sede__da_verificare=False)
        return list(righe.order_by("sede__nome", "uuid").values("uuid", "risorsa_id", "sede_id", "nota"))

    def _sedi(self, altre: Any) -> list[dict]:
        di_servizi = RisorsaInSede.objects.filter(risorsa__in=self._servizi).values("sede_id")
        righe = Sede.objects.pubbliche().filter(Q(pk__in=di_servizi) | Q(pk__in=altre))
        return list(righe.order_by("nome", "uuid").values(*_SEDE))

    def _enti(self, altri: Any) -> list[dict]:
        chiavi = {servizio["ente_id"] for servizio in self.servizi}
        di_servizi: Any = (
            chiavi if len(chiavi) < 1000 else Risorsa.objects.filter(pk__in=self._servizi).values("ente_id")
        )
        righe = Ente.objects.filter(Q(pk__in=di_servizi) | Q(pk__in=altri))
        return list(righe.order_by("denominazione", "uuid").values(*_ENTE))

    def _padri(self) -> set[UUID]:
        """The bodies that others are part of, as far as the public knows them."""
        padri = {ente["padre_id"] for ente in self.enti if ente["padre_id"]}
        return set(enti_pubblici().filter(pk__in=padri).values_list("pk", flat=True))

    def _contatti(self) -> QuerySet:
        padroni = Q(risorsa__in=self._servizi) | Q(ente__in=[ente["uuid"] for ente in self.enti])
        if self.completa:
            padroni |= Q(sede__in=[sede["uuid"] for sede in self.sedi])
        righe = Contatto.objects.pubblici().filter(padroni)
        return righe.order_by("ordine", "tipo", "valore").values(*_CONTATTO)

    def _chiusure(self) -> QuerySet:
        padroni = Q(risorsa__in=self._servizi) | Q(ente__in=[ente["uuid"] for ente in self.enti])
        if self.completa:
            padroni |= Q(sede__in=[sede["uuid"] for sede in self.sedi])
        righe = Chiusura.objects.filter(padroni, al__gte=self.oggi)
        return righe.order_by("dal", "al", "uuid").values(
            "uuid", "ente_id", "sede_id", "risorsa_id", "dal", "al", "motivo"
        )

    @staticmethod
    def _per_padrone(righe: Iterable[dict]) -> dict[UUID, list[dict]]:
        di = defaultdict(list)
        for riga in righe:
            di[riga["risorsa_id"] or riga["sede_id"] or riga["ente_id"]].append(riga)
        return di

    def _coppie(self, nome: str) -> dict[UUID, list[dict]]:
        """The terms of one list by service: their key and name."""
        campo = Risorsa._meta.get_field(nome)
        termine = campo.m2m_reverse_field_name()
        righe = campo.remote_field.through.objects.filter(risorsa__in=self._servizi)
        ordine, di = (f"{termine}__ordine", f"{termine}__nome"), defaultdict(list)
        for servizio, chiave, testo in righe.order_by(*ordine).values_list(
            "risorsa_id", f"{termine}_id", f"{termine}__nome"
        ):
            di[servizio].append({"uuid": chiave, "nome": testo})
        return di

    def _lingue(self) -> dict[UUID, list[dict]]:
        righe = LinguaParlata.objects.filter(risorsa__in=self._servizi)
        if not self.completa:
            righe = righe.filter(con_mediatore=True)
        ordine, di = ("con_mediatore", "lingua__ordine", "lingua__nome"), defaultdict(list)
        colonne = ("uuid", "risorsa_id", "lingua_id", "lingua__nome", "lingua__codice", "con_mediatore", "quando")
        for riga in righe.order_by(*ordine).values(*colonne):
            di[riga["risorsa_id"]].append(riga)
        return di

    def _orari(self) -> QuerySet:
        sedi = [sede["uuid"] for sede in self.sedi]
        padroni = Q(risorsa__in=self._servizi) | Q(in_sede__risorsa__in=self._servizi) | Q(sede__in=sedi)
        return Orario.objects.filter(padroni).order_by("giorno", "dalle", "valido_dal", "uuid").values(*_ORARIO)

    def aree(self) -> dict[UUID, list[dict]]:
        """The comuni each service names, by service."""
        return self._coppie("comuni_serviti") if self.completa else {}

    def _tradotti(self) -> Iterator[UUID]:
        """Every object whose texts may be shown in another language."""
        yield from (riga["uuid"] for riga in chain(self.servizi, self.in_sedi, self.sedi, self.orari))
        for gruppi in (self.contatti, self.chiusure, self.lingue, *self.termini.values()):
            yield from (riga["uuid"] for riga in chain.from_iterable(gruppi.values()))
        yield from (riga["lingua_id"] for riga in chain.from_iterable(self.lingue.values()))
