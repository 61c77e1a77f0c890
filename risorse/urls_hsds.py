"""Addresses of the HSDS API: with a slash at the end or without."""

from django.urls import path, re_path

from risorse.hsds.risposte import ELENCHI
from risorse.views import hsds

app_name = "hsds"
urlpatterns = [
    path("", hsds.radice, name="radice"),
    re_path(r"^openapi\.json/?$", hsds.documento, name="openapi"),
    path("datapackage.zip", hsds.pacchetto, name="pacchetto"),
    *(re_path(rf"^{nome}/?$", hsds.elenco, {"nome": nome}, name=f"{nome}-list") for nome in ELENCHI),
    *(
        re_path(rf"^{nome}/(?P<chiave>[^/]+)/?$", hsds.oggetto, {"nome": nome}, name=f"{nome}-detail")
        for nome in ELENCHI
    ),
    re_path(r"^.+$", hsds.sconosciuto),
]
