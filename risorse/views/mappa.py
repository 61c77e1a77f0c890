"""`/mappa/`: how many services each comune has, where they are, and the same in a list."""

import orjson
from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from referenti.models import Comune
from risorse.models import Categoria
from risorse.ricerca.schedario import schedario_di_oggi
from risorse.servizi.punti import confini, del_pubblico, punti, risorse_al_punto
from risorse.servizi.traduzioni import traduci
from tavolo.base.mappa import disegna

AL_PUNTO_MASSIMI = 20


def _categoria(request) -> Categoria | None:
    """The category of the address, None without one or for one nobody knows."""
    slug = request.GET.get("categoria")
    return Categoria.objects.filter(slug=slug).first() if slug else None


class MappaView(TemplateView):
    """The drawing of the server with its numbers, the zoomable map where scripts run, the list beside both."""

    template_name = "risorse/mappa.html"

    def get_context_data(self, **kwargs):
        """Comuni with their numbers, the categories to choose from, and what the map cannot show."""
        categoria = _categoria(self.request)
        schedario, comuni = schedario_di_oggi(), list(Comune.objects.dell_ambito())
        quali = schedario.con("categoria", categoria.slug) if categoria else schedario.tutte
        quante = schedario.quante("comune", [comune.slug for comune in comuni], quali)
        conteggi = {comune: quante[comune.slug] for comune in comuni}
        return super().get_context_data(**kwargs) | {
            "categoria": categoria,
            "categorie": list(Categoria.objects.all()),
            "comuni": list(conteggi.items()),
            "mappa": disegna(comuni, conteggi),
            "quanti": quali.bit_count(),
            "senza_punto": (quali & ~schedario.con("mappa", "on")).bit_count(),
            "con_esempi": bool(quali & schedario.con("esempio", "on")),
            "url_punti": reverse("risorse:mappa-punti"),
            "url_luogo": reverse("risorse:mappa-luogo"),
            "tile_url": settings.MAPPA_TILE_URL,
            "tile_attribuzione": settings.MAPPA_TILE_ATTRIBUZIONE,
        }


def _json(dati) -> HttpResponse:
    return HttpResponse(orjson.dumps(dati), content_type="application/json")


@require_safe
def mappa_punti(request):
    """`/mappa/punti.json`: outlines and positions only, so that ten thousand services weigh little."""
    return _json(
        {
            "confini": confini(Comune.objects.dell_ambito()),
            "punti": punti(del_pubblico(_categoria(request))),
        }
    )


@require_safe
def mappa_luogo(request):
    """`/mappa/luogo.json?lat=…&lon=…`: the services at one point of the map, asked for when somebody chooses it."""
    try:
        lat, lon = (int(request.GET[nome]) for nome in ("lat", "lon"))
    except (KeyError, ValueError):
        return HttpResponseBadRequest(gettext("Il punto della mappa non è valido."))
    if abs(lat) > 9_000_000 or abs(lon) > 18_000_000:
        return HttpResponseBadRequest(gettext("Il punto della mappa non è valido."))
    trovate = risorse_al_punto(del_pubblico(_categoria(request)), lat, lon)
    servizi = list(trovate.select_related("ente")[: AL_PUNTO_MASSIMI + 1])
    traduci(servizi)
    return _json(
        {
            "altri": len(servizi) > AL_PUNTO_MASSIMI,
            "servizi": [
                {
                    "nome": s.testo("nome"),
                    "lingua": s.scritto("nome").lingua,
                    "ente": s.ente.nome_corto,
                    "url": s.get_absolute_url(),
                }
                for s in servizi[:AL_PUNTO_MASSIMI]
            ],
        }
    )
