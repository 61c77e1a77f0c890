"""News of what the Tavolo works out: needs, proposals, good practices."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min, Q

from incontri.models import Bisogno, BuonaPrassi, Proposta
from incontri.servizi.novita.una import Novita, comuni_di, dalla_storia, in_una_riga
from tavolo.base.testo import piano


def bisogni(dal: datetime) -> Iterator[Novita]:
    """Needs whose scoring round was published, since the first one that was."""
    pubblicata = Min("rilevazioni__pubblicata_il", filter=Q(rilevazioni__stato="pubblicata"))
    righe = Bisogno.objects.pubblici().annotate(da=pubblicata).filter(da__gte=dal)
    for bisogno in righe.prefetch_related("comuni"):
        yield Novita(
            chiave=f"bisogno:{bisogno.pk}",
            genere="bisogno",
            titolo=bisogno.titolo,
            quando=bisogno.da,
            url=bisogno.pagina_pubblica,
            sintesi=in_una_riga(piano(bisogno.descrizione)),
            comuni=comuni_di(bisogno.comuni.all()),
            esempio=bisogno.esempio,
        )


def proposte(dal: datetime) -> Iterator[Novita]:
    """Proposals everybody reads: news when they are approved, and again at each further step."""
    righe = Proposta.objects.pubbliche().filter(aggiornato__gte=dal)
    per_stato = {
        stato: dalla_storia(righe.filter(stato=stato), stato=stato)
        for stato in sorted(set(righe.order_by().values_list("stato", flat=True)))
    }
    for proposta in righe.select_related("capofila").prefetch_related("bisogni__comuni"):
        quando = per_stato[proposta.stato].get(proposta.pk, proposta.creato)
        if quando < dal:
            continue
        legati = [bisogno.comuni.all() for bisogno in proposta.bisogni.all()]
        ovunque = not all(legati)
        yield Novita(
            chiave=f"proposta:{proposta.pk}:{proposta.stato}",
            genere="proposta",
            titolo=proposta.titolo,
            quando=quando,
            url=proposta.pagina_pubblica,
            sintesi=f"{proposta.get_stato_display()}. {in_una_riga(piano(proposta.descrizione), 160)}",
            comuni=() if ovunque else tuple(dict.fromkeys(slug for uno in legati for slug in comuni_di(uno))),
            esempio=proposta.esempio,
        )


def buone_prassi(dal: datetime) -> Iterator[Novita]:
    """Good practices that were published."""
    righe = BuonaPrassi.objects.pubblicate().filter(pubblicata_il__gte=dal)
    for prassi in righe.prefetch_related("comuni"):
        yield Novita(
            chiave=f"prassi:{prassi.pk}",
            genere="prassi",
            titolo=prassi.titolo,
            quando=prassi.pubblicata_il,
            url=prassi.pagina_pubblica,
            sintesi=in_una_riga(prassi.in_breve),
            comuni=comuni_di(prassi.comuni.all()),
            esempio=prassi.esempio,
        )
