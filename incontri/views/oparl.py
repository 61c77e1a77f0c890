"""`/api/oparl/v1.1/`: published meetings for programs, open to every site, in JSON whatever happens."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import orjson
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import override
from django.views.decorators.http import require_safe

from incontri.models import Incontro, PuntoOdg
from incontri.servizi.oparl import OParl, pagina
from referenti.models import Ente
from tavolo.base.indirizzi import portale

# Rows of the database written as objects, all together.
Scrittura = Callable[[Sequence[Any]], list[dict[str, Any]]]

PER_PAGINA = 50
# The filters every OParl list has, and what they ask of a row.
FILTRI = {
    "created_since": "creato__gte",
    "created_until": "creato__lte",
    "modified_since": "aggiornato__gte",
    "modified_until": "aggiornato__lte",
}


def _json(corpo: Any, stato: int = 200) -> HttpResponse:
    intestazioni = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, no-cache"}
    return HttpResponse(orjson.dumps(corpo), status=stato, content_type="application/json", headers=intestazioni)


def oggetto(vista: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """Make a view of a function that gives an object: Italian, open, 404 in JSON."""

    @require_safe
    @wraps(vista)
    def _vista(request: HttpRequest, **chiavi: Any) -> HttpResponse:
        with override("it"):
            try:
                return _json(vista(request, OParl(portale(request)), **chiavi))
            except Http404 as manca:
                return _json({"type": "https://schema.oparl.org/1.1/Error", "message": str(manca)}, 404)
            except FiltroErrato as errato:
                return _json({"type": "https://schema.oparl.org/1.1/Error", "message": str(errato)}, 400)

    return _vista


class FiltroErrato(Exception):
    """A filter that is not a moment, or a page that is not a number."""


def _incontri():
    return Incontro.objects.con_verbale_pubblicato().order_by("inizio", "uuid")


def _enti():
    return Ente.objects.della_rete().order_by("ordine", "denominazione")


def _uno(righe: Any, scrivi: Scrittura, **chiavi: Any) -> dict[str, Any]:
    for trovato in scrivi(righe.filter(**chiavi)[:1]):
        return trovato
    raise Http404("Questo oggetto non c'è, o non è pubblicato.")


def _elenco(request: HttpRequest, righe: Any, scrivi: Scrittura, prefisso: str = "") -> dict[str, Any]:
    for nome, campo in FILTRI.items():
        if detto := request.GET.get(nome):
            righe = righe.filter(**{prefisso + campo: _momento(nome, detto)})
    chiesta = request.GET.get("page", "1")
    if not chiesta.isdecimal():
        raise FiltroErrato("«page» è il numero di una pagina.")
    fogli = Paginator(righe, PER_PAGINA)
    foglio = fogli.get_page(int(chiesta[:6]))

    def _url(numero: int) -> str:
        parametri = request.GET.copy()
        parametri["page"] = str(numero)
        return f"{portale(request)}{request.path}?{parametri.urlencode()}"

    return pagina(
        scrivi(foglio.object_list),
        numero=foglio.number,
        pagine=fogli.num_pages,
        quanti=fogli.count,
        per_pagina=PER_PAGINA,
        url=_url,
    )


def _momento(nome: str, detto: str) -> Any:
    try:
        # In an address a plus sign is a space.
        quando = parse_datetime(detto.replace(" ", "+"))
    except ValueError:
        quando = None
    if quando is None or quando.tzinfo is None:
        raise FiltroErrato(f"«{nome}» è un momento con il fuso orario, come 2026-01-31T10:00:00+01:00.")
    return quando


@oggetto
def system(request, api):
    """The entry point."""
    return api.sistema()


@oggetto
def body_list(request, api):
    """The list of bodies: one."""
    return pagina([api.corpo()], numero=1, pagine=1, quanti=1, per_pagina=1, url=lambda _: api.indirizzo("body-list"))


@oggetto
def body_detail(request, api):
    """The Tavolo."""
    return api.corpo()


@oggetto
def organization_list(request, api):
    """The enti of the network."""
    return _elenco(request, _enti(), api.enti)


@oggetto
def organization_detail(request, api, pk):
    """One ente."""
    return _uno(Ente.objects.all(), api.enti, pk=pk)


@oggetto
def meeting_list(request, api):
    """The meetings with published minutes."""
    return _elenco(request, _incontri().prefetch_related("temi"), api.incontri, "verbale__")


@oggetto
def meeting_detail(request, api, pk):
    """One meeting."""
    return _uno(_incontri().prefetch_related("temi"), api.incontri, pk=pk)


def _punti_pubblicati():
    incontri = Incontro.objects.con_verbale_pubblicato()
    return PuntoOdg.objects.filter(pubblico=True, incontro__in=incontri).order_by(
        "incontro__inizio", "ordine", "creato"
    )


@oggetto
def agenda_item_list(request, api):
    """The public points of all the published minutes."""
    return _elenco(request, _punti_pubblicati(), api.punti)


@oggetto
def agenda_item_detail(request, api, pk):
    """One point."""
    return _uno(_punti_pubblicati(), api.punti, pk=pk)


@oggetto
def file_list(request, api):
    """The published minutes as files."""
    return _elenco(request, _incontri(), api.file, "verbale__")


@oggetto
def file_detail(request, api, pk):
    """One of them."""
    return _uno(_incontri(), api.file, verbale=pk)


@oggetto
def vuoto(request, api):
    """What the Tavolo has none of: people (no names are published), papers, legislative terms."""
    return _elenco(request, Ente.objects.none(), api.enti)
