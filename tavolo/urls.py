"""Addresses of the portal: public pages in every language, reserved area and back office in Italian only."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path

from incontri.views.calendari import calendario_ics
from incontri.views.novita import novita_atom
from risorse.views import hsds
from tavolo.views import dati
from tavolo.views.area import AreaView
from tavolo.views.mappa_sito import SEZIONI
from tavolo.views.pagine import HomeView, PaginaView, robots, security_txt

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": SEZIONI, "sitemap_url_name": "sitemap-sezione"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SEZIONI}, name="sitemap-sezione"),
    path("novita.atom", novita_atom, name="novita-atom"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("amministrazione/", admin.site.urls),
    path("accesso/", include("referenti.urls_accesso")),
    path("area/", AreaView.as_view(), name="area"),
    path("area/adesioni/", include("incontri.urls_adesioni")),
    path("area/bisogni/", include("incontri.urls_bisogni")),
    path("area/buone-prassi/", include("incontri.urls_prassi")),
    path("area/impegni/", include("incontri.urls_impegni")),
    path("area/incontri/", include("incontri.urls")),
    path("area/istanze/", include("incontri.urls_istanze")),
    path("area/newsletter/", include("incontri.urls_redazione")),
    path("area/proposte/", include("incontri.urls_proposte")),
    path("area/restituzioni/", include("incontri.urls_restituzioni")),
    path("area/rilevazioni/", include("incontri.urls_rilevazioni")),
    path("area/traduzioni/", include("risorse.urls_traduzioni")),
    path("area/", include("risorse.urls_area")),
    path("conferma/", include("risorse.urls_conferma")),
    path("convocazione/", include("incontri.urls_convocazione")),
    path("calendario/<str:token>.ics", calendario_ics, name="calendario-ics"),
    path("dati/servizi.csv", dati.servizi_csv, name="dati-servizi"),
    path("dati/luoghi.csv", dati.luoghi_csv, name="dati-luoghi"),
    path("dati/servizi.geojson", dati.servizi_geojson, name="dati-geojson"),
    path("dati/enti.csv", dati.enti_csv, name="dati-enti"),
    path("dati/indicatori.csv", dati.indicatori_csv, name="dati-indicatori"),
    path("dati/calendario.ics", dati.calendario_ics, name="dati-calendario"),
    path("dati/catalogo.ttl", dati.catalogo_ttl, name="dati-catalogo"),
    path("api/hsds/v3", hsds.radice),
    path("api/hsds/v3/", include("risorse.urls_hsds")),
    path("api/oparl/v1.1/", include("incontri.urls_oparl")),
    *i18n_patterns(
        path("", HomeView.as_view(), name="home"),
        path("accessibilita/", PaginaView.as_view(template_name="pagine/accessibilita.html"), name="accessibilita"),
        path("privacy/", PaginaView.as_view(template_name="pagine/privacy.html"), name="privacy"),
        path("note-legali/", PaginaView.as_view(template_name="pagine/note_legali.html"), name="note-legali"),
        path("newsletter/", include("incontri.urls_newsletter")),
        path("aderisci/", include("referenti.urls_aderisci")),
        path("dati/", dati.DatiView.as_view(), name="dati"),
        path("tavolo/incontri/", include("incontri.urls_pubblici")),
        path("tavolo/", include("incontri.urls_lavoro")),
        path("tavolo/", include("referenti.urls")),
        path("", include("risorse.urls")),
        prefix_default_language=False,
    ),
]
