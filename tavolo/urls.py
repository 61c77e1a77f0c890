"""Addresses of the portal: public pages in every language, reserved area and back office in Italian only."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("amministrazione/", admin.site.urls),
    path("accesso/", include("referenti.urls_accesso")),
    path("area/incontri/", include("incontri.urls")),
    *i18n_patterns(
        path("tavolo/incontri/", include("incontri.urls_pubblici")),
        path("tavolo/", include("referenti.urls")),
        path("", include("risorse.urls")),
        prefix_default_language=False,
    ),
]
