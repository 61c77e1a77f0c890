"""`/dati/`: the open data, a page that says what there is, and the files."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import condition, require_safe
from django.views.generic import TemplateView

from risorse.models import Risorsa
from tavolo.base import contenuto
from tavolo.servizi.dati import tabelle
from tavolo.servizi.dati.calendario import calendario
from tavolo.servizi.dati.catalogo import DATASET, LICENZA, catalogo
from tavolo.servizi.dati.luoghi import geojson


def _radice(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _impronta(request: HttpRequest, *args: Any) -> str:
    """What a copy is good for: the content as it stands, today, at this address."""
    parti = f"{contenuto.versione()}|{timezone.localdate()}|{request.build_absolute_uri()}"
    return f'"{hashlib.sha256(parti.encode()).hexdigest()[:24]}"'


def _file(nome: str, tipo: str) -> Callable:
    """Make a view out of a function that gives the pieces of the file `nome`: Italian, open to every site, with ETag."""

    def decora(pezzi: Callable[[str], Iterator[bytes] | bytes]) -> Callable:
        @require_safe
        @condition(etag_func=_impronta)
        def vista(request):
            with override("it"):
                corpo = pezzi(_radice(request))
            if isinstance(corpo, bytes):
                risposta: Any = HttpResponse(corpo, content_type=tipo)
            else:
                risposta = StreamingHttpResponse(_in_italiano(corpo), content_type=tipo)
            risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
            risposta["Access-Control-Allow-Origin"] = "*"
            return risposta

        return vista

    return decora


def _in_italiano(pezzi: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, made in Italian whatever the language of who sends them out."""
    while True:
        with override("it"):
            pezzo = next(pezzi, None)
        if pezzo is None:
            return
        yield pezzo


@_file("servizi.csv", "text/csv; charset=utf-8; header=present")
def servizi_csv(radice):
    """`/dati/servizi.csv`."""
    return tabelle.scrivi_csv(tabelle.SERVIZI, tabelle.servizi(radice))


@_file("luoghi.csv", "text/csv; charset=utf-8; header=present")
def luoghi_csv(radice):
    """`/dati/luoghi.csv`."""
    return tabelle.scrivi_csv(tabelle.LUOGHI, tabelle.luoghi())


@_file("enti.csv", "text/csv; charset=utf-8; header=present")
def enti_csv(radice):
    """`/dati/enti.csv`."""
    return tabelle.scrivi_csv(tabelle.ENTI, tabelle.enti())


@_file("indicatori.csv", "text/csv; charset=utf-8; header=present")
def indicatori_csv(radice):
    """`/dati/indicatori.csv`."""
    return tabelle.scrivi_csv(tabelle.INDICATORI, tabelle.indicatori())


@_file("servizi.geojson", "application/geo+json")
def servizi_geojson(radice):
    """`/dati/servizi.geojson`."""
    return geojson(radice)


@_file("calendario.ics", "text/calendar; charset=utf-8")
def calendario_ics(radice):
    """`/dati/calendario.ics`."""
    return calendario(radice)


@_file("catalogo.ttl", "text/turtle; charset=utf-8")
def catalogo_ttl(radice):
    """`/dati/catalogo.ttl`: DCAT-AP_IT."""
    return catalogo(_indirizzi(radice), radice=radice, aggiornato=_aggiornato())


def _indirizzi(radice: str) -> dict[str, str]:
    return {d.vista: radice + reverse(d.vista) for dataset in DATASET for d in dataset.distribuzioni}


def _aggiornato():
    """The day of the last change of a published card; today without any."""
    ultimo = Risorsa.objects.attive().order_by("-aggiornato").values_list("aggiornato", flat=True).first()
    return timezone.localdate(ultimo) if ultimo else timezone.localdate()


class DatiView(TemplateView):
    """What there is, in which formats, under which licence."""

    template_name = "pagine/dati.html"

    def get_context_data(self, **kwargs):
        """The datasets with the addresses of their files."""
        indirizzi = _indirizzi("")
        return super().get_context_data(**kwargs) | {
            "dataset": [(uno, [(d, indirizzi[d.vista]) for d in uno.distribuzioni]) for uno in DATASET],
            "licenza": LICENZA,
            "aggiornato": _aggiornato(),
            "quanti": Risorsa.objects.attive().count(),
        }
