"""News of the Tavolo itself: meetings, minutes, documents."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from incontri.models import Allegato, Incontro, Restituzione, StatoVerbale, Verbale
from incontri.servizi.novita.una import Novita, dalla_storia


def incontri(dal: datetime) -> Iterator[Novita]:
    """Meetings shown to the public before they were held: those of the past, shown later, are no news."""
    righe = Incontro.objects.filter(pubblico=True).exclude(stato="annullato")
    quando = dalla_storia(righe, pubblico=True)
    for incontro in righe.filter(Q(inizio__isnull=False, inizio__gte=dal)).select_related("verbale"):
        da = quando.get(incontro.pk, incontro.creato)
        if incontro.inizio is None or da < dal or da > incontro.inizio:
            continue
        giorno = date_format(timezone.localtime(incontro.inizio), "j F Y, H:i")
        yield Novita(
            chiave=f"incontro:{incontro.pk}",
            genere="incontro",
            titolo=incontro.titolo,
            quando=da,
            url=_pagina(incontro),
            sintesi=f"Incontro del Tavolo, {giorno}.",
        )


def verbali(dal: datetime) -> Iterator[Novita]:
    """Minutes that were published."""
    righe = Verbale.objects.filter(stato=StatoVerbale.PUBBLICATO, pubblicato_il__gte=dal)
    for verbale in righe.select_related("incontro"):
        inizio = verbale.incontro.inizio
        del_giorno = f" del {date_format(timezone.localtime(inizio), 'j F Y')}" if inizio else ""
        yield Novita(
            chiave=f"verbale:{verbale.pk}",
            genere="verbale",
            titolo=verbale.incontro.titolo,
            quando=verbale.pubblicato_il or dal,
            url=verbale.incontro.pagina_pubblica,
            sintesi=f"Il verbale dell'incontro{del_giorno}: che cosa si è detto e deciso.",
        )


def documenti(dal: datetime) -> Iterator[Novita]:
    """Files everybody downloads with published minutes or good practices: new with them, or when they were added."""
    righe = Allegato.objects.pubblicati().filter(
        Q(creato__gte=dal) | Q(incontro__verbale__pubblicato_il__gte=dal) | Q(prassi__pubblicata_il__gte=dal)
    )
    for allegato in righe.select_related("incontro__verbale", "prassi"):
        prassi = allegato.prassi
        cosa = prassi or allegato.incontro
        da = prassi.pubblicata_il if prassi else allegato.incontro.verbale.pubblicato_il
        dove = f"con la buona prassi «{prassi}»" if prassi else f"con il verbale di «{allegato.incontro}»"
        yield Novita(
            chiave=f"allegato:{allegato.pk}",
            genere="documento",
            titolo=str(allegato),
            quando=max(allegato.creato, da),
            url=cosa.pagina_pubblica,
            sintesi=f"{allegato.formato}, {dove}.",
            esempio=prassi is not None and prassi.esempio,
        )


def restituzioni(dal: datetime) -> Iterator[Novita]:
    """Restitution documents that were published."""
    for uno in Restituzione.objects.pubblicate().filter(pubblicata_il__gte=dal):
        yield Novita(
            chiave=f"restituzione:{uno.pk}",
            genere="restituzione",
            titolo=uno.titolo,
            quando=uno.pubblicata_il,
            url=uno.pagina_pubblica,
            sintesi=f"Il lavoro del Tavolo dal {date_format(uno.dal, 'j F Y')} al {date_format(uno.al, 'j F Y')}.",
            esempio=uno.esempio,
        )


def _pagina(incontro: Incontro) -> str:
    verbale = getattr(incontro, "verbale", None)
    if verbale is not None and verbale.stato == StatoVerbale.PUBBLICATO:
        return incontro.pagina_pubblica
    return reverse("archivio:incontro-list")
