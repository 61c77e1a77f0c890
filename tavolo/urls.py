"""Addresses of the portal: public pages in every language, reserved area and back office in Italian."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("amministrazione/", admin.site.urls),
    path("accesso/", include("allauth.urls")),
]
