"""News of the services: those that appeared, those that are no longer there, those somebody has confirmed."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from incontri.servizi.novita.una import Novita, comuni_di, dalla_storia
from risorse.models import AreaServita, Risorsa, StatoRisorsa

PUBBLICATA = StatoRisorsa.PUBBLICATA
CHIUSE = (StatoRisorsa.SOSPESA, StatoRisorsa.ARCHIVIATA)


def nuovi(dal: datetime) -> Iterator[Novita]:
    """Services the public is offered, since they were first published: one that comes back is not new."""
    righe = Risorsa.objects.attive().filter(aggiornato__gte=dal)
    quando = dalla_storia(righe, stato=PUBBLICATA)
    for risorsa in _con_comuni(righe):
        da = quando.get(risorsa.pk, risorsa.creato)
        if da >= dal:
            yield _novita("servizio-nuovo", risorsa, da, f"{risorsa.ente.nome_corto}. {risorsa.in_breve}")


def verificati(dal: datetime) -> Iterator[Novita]:
    """Services somebody has confirmed: the last time, if it was after the day they were published."""
    righe = Risorsa.objects.attive().annotate(ultima=Max("verifiche__creato")).filter(ultima__gte=dal)
    quando = dalla_storia(righe, stato=PUBBLICATA)
    for risorsa in _con_comuni(righe):
        ultima: Any = risorsa.ultima
        pubblicata = quando.get(risorsa.pk, risorsa.creato)
        if timezone.localdate(ultima) > timezone.localdate(pubblicata):
            ente = risorsa.ente.nome_corto
            yield _novita("servizio-verificato", risorsa, ultima, f"{ente}. Le informazioni sono state confermate.")


def chiusi(dal: datetime) -> Iterator[Novita]:
    """Services that were public and are no longer: suspended, put away, or over."""
    tolte = Risorsa.objects.filter(stato__in=CHIUSE, aggiornato__gte=dal)
    ultime = _ultime_pubbliche(tolte)
    for risorsa in _con_comuni(tolte.filter(pk__in=ultime)):
        nome, quando = ultime[risorsa.pk]
        if quando >= dal:
            come = "sospeso" if risorsa.stato == StatoRisorsa.SOSPESA else "chiuso"
            yield _novita("servizio-chiuso", risorsa, quando, f"{risorsa.ente.nome_corto}. Il servizio è {come}.", nome)
    ieri = timezone.localdate() - timedelta(days=1)
    for risorsa in _con_comuni(
        Risorsa.objects.pubblicate().filter(Q(valida_al__gte=timezone.localdate(dal)) & Q(valida_al__lte=ieri))
    ):
        fine = timezone.make_aware(datetime.combine(risorsa.valida_al + timedelta(days=1), time.min))
        if fine >= dal:
            yield _novita("servizio-chiuso", risorsa, fine, f"{risorsa.ente.nome_corto}. Il servizio è finito.")


def _ultime_pubbliche(righe: Any) -> dict[Any, tuple[str, datetime]]:
    """Of cards the public does not see any more: the name it last read, and when they went; none for who never was public."""
    storia = Risorsa.storia.filter(uuid__in=righe.order_by().values("pk")).order_by("history_date", "history_id")
    lette: dict[Any, str] = {}
    andate: dict[Any, tuple[str, datetime]] = {}
    for chiave, stato, nome, quando in storia.values_list("uuid", "stato", "nome", "history_date"):
        if stato == PUBBLICATA:
            lette[chiave] = nome
            andate.pop(chiave, None)
        elif chiave in lette and chiave not in andate:
            andate[chiave] = (lette[chiave], quando)
    return andate


def _con_comuni(righe: Any) -> Any:
    return righe.select_related("ente").prefetch_related("comuni_serviti")


def _novita(genere: str, risorsa: Risorsa, quando: datetime, sintesi: str, nome: str = "") -> Novita:
    nuovo = genere == "servizio-nuovo"
    limitata = risorsa.area_servita == AreaServita.COMUNI
    return Novita(
        chiave=f"{genere}:{risorsa.pk}" if nuovo else f"{genere}:{risorsa.pk}:{timezone.localdate(quando):%Y-%m-%d}",
        genere=genere,
        titolo=nome or risorsa.nome,
        quando=quando,
        url=reverse("risorse:risorsa-list") if genere == "servizio-chiuso" else risorsa.get_absolute_url(),
        sintesi=sintesi,
        comuni=comuni_di(risorsa.comuni_serviti.all()) if limitata else (),
        esempio=risorsa.esempio,
    )
