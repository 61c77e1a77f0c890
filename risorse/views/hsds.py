"""The HSDS API: reads only, open to every site, in JSON whatever happens."""

import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from io import BytesIO
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from risorse.hsds import openapi
from risorse.hsds.lingue import LINGUE
from risorse.hsds.pacchetto.esci import scrivi_pacchetto
from risorse.hsds.parametri import PER_ELENCO, PER_PAGINA_MASSIMO, PER_SCHEDA, Parametri, ParametriErrati, leggi
from risorse.hsds.risposte import ELENCHI, busta, flusso, scheda
from risorse.hsds.tabelle import VERSIONE
from tavolo.base import contenuto

METODI = "GET, HEAD, OPTIONS"


def _json(corpo: Any, *, stato: int = 200, tipo: str = "application/json") -> HttpResponse:
    return HttpResponse(orjson.dumps(corpo), status=stato, content_type=tipo)


def _problema(stato: int, titolo: str, dettaglio: str, errori: dict[str, str] | None = None) -> HttpResponse:
    corpo = {"type": "about:blank", "title": titolo, "status": stato, "detail": dettaglio}
    return _json(corpo | ({"errors": errori} if errori else {}), stato=stato, tipo="application/problem+json")


def _impronta(request: HttpRequest) -> str:
    """What a copy of the answer is good for: the content as it stands, today (services end), at this address."""
    parti = f"{contenuto.versione()}|{timezone.localdate()}|{request.build_absolute_uri()}"
    return f'W/"{hashlib.sha256(parti.encode()).hexdigest()[:32]}"'


def _aperta(risposta: HttpResponseBase, impronta: str = "") -> HttpResponseBase:
    risposta["Access-Control-Allow-Origin"] = "*"
    risposta["Access-Control-Allow-Methods"] = METODI
    risposta["Access-Control-Allow-Headers"] = "*"
    risposta["Access-Control-Expose-Headers"] = "ETag, Content-Language"
    risposta["Cache-Control"] = "public, no-cache"
    if impronta:
        risposta["ETag"] = impronta
    return risposta


def _lingua(request: HttpRequest) -> str:
    chiesta = request.GET.get("lang", "").lower()
    return chiesta if chiesta in LINGUE else LINGUE[0]


def di_hsds(vista: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of the API: methods, language, ETag, errors and open doors are the same for all.

    Outside of the request's transaction: on SQLite that one would keep everybody else from writing.
    """

    @transaction.non_atomic_requests
    @wraps(vista)
    def con_le_regole(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _aperta(HttpResponse(status=204, headers={"Allow": METODI}))
        if request.method not in ("GET", "HEAD"):
            risposta = _problema(405, "Method Not Allowed", _("Qui si legge soltanto."))
            risposta["Allow"] = METODI
            return _aperta(risposta)
        impronta = _impronta(request)
        invariata = get_conditional_response(request, etag=impronta)
        if invariata is not None:
            return _aperta(invariata, impronta)
        with translation.override(_lingua(request)):
            risposta = _risponde(vista, request, **kwargs)
        risposta["Content-Language"] = _lingua(request)
        return _aperta(risposta, impronta if risposta.status_code == 200 else "")

    return con_le_regole


def _risponde(vista: Callable[..., HttpResponseBase], request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    # PostgreSQL takes the search's hints until the end of a transaction; it keeps nobody from writing there
    insieme = transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
    try:
        with insieme:
            return vista(request, **kwargs)
    except ParametriErrati as errore:
        return _problema(400, "Bad Request", _("Parametri che non si possono leggere: %s") % errore, errore.errori)
    except Http404:
        return _problema(404, "Not Found", _("Qui non c'è niente di pubblicato."))


@di_hsds
def radice(request: HttpRequest) -> HttpResponse:
    """`/`: which version of HSDS this is, and where its document is."""
    return _json(
        {
            "version": VERSIONE,
            "profile": openapi.PROFILO,
            "openapi_url": request.build_absolute_uri(reverse("hsds:openapi")),
            "description": _("I servizi pubblicati dal Tavolo Intercultura."),
            "publisher": {
                "name": "Tavolo Intercultura",
                "website": request.build_absolute_uri("/"),
            },
        }
    )


@di_hsds
def documento(request: HttpRequest) -> HttpResponse:
    """`/openapi.json`."""
    return _json(openapi.documento(request.build_absolute_uri(reverse("hsds:radice"))))


@di_hsds
def elenco(request: HttpRequest, *, nome: str) -> HttpResponseBase:
    """A list: one page in its envelope, or everything as a stream of lines."""
    p = leggi(request.GET, PER_ELENCO[nome])
    if p.format == "ndjson":
        return StreamingHttpResponse(flusso(ELENCHI[nome], p), content_type="application/x-ndjson")
    return _json(busta(ELENCHI[nome], p))


@di_hsds
def oggetto(request: HttpRequest, *, nome: str, chiave: str) -> HttpResponse:
    """One object, with everything."""
    p: Parametri = leggi(request.GET, PER_SCHEDA.get(nome, ("lang",)))
    try:
        trovato = scheda(ELENCHI[nome], UUID(chiave), p)
    except ValueError as errore:
        raise Http404 from errore
    if trovato is None:
        raise Http404
    return _json(trovato)


@di_hsds
def pacchetto(request: HttpRequest) -> HttpResponseBase:
    """`/datapackage.zip`: the tabular data package."""
    archivio = BytesIO()  # ten thousand services are less than a megabyte
    with translation.override(LINGUE[0]):  # the source: what comes back in must be what went out
        scrivi_pacchetto(archivio)
    archivio.seek(0)
    return FileResponse(archivio, as_attachment=True, filename="hsds-datapackage.zip", content_type="application/zip")


@di_hsds
def sconosciuto(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Any other address below the API."""
    raise Http404


class DescrizioneView(TemplateView):
    """`/dati/hsds/`: what the API is, with an example of each question."""

    template_name = "risorse/hsds.html"

    def get_context_data(self, **kwargs):
        """The root of the API, as this installation has it."""
        indirizzo = self.request.build_absolute_uri(reverse("hsds:radice"))
        return super().get_context_data(**kwargs) | {
            "radice": indirizzo,
            "massimo": PER_PAGINA_MASSIMO,
            "lingue": LINGUE,
            "versione": VERSIONE,
        }
