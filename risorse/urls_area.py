"""Reserved pages below /area/: the services of one's ente, kept true."""

from django.urls import path

from risorse.views import cura
from risorse.views.conferme import risorsa_conferma

app_name = "cura"
urlpatterns = [
    path("servizi/", cura.RisorsaListView.as_view(), name="risorsa-list"),
    path("servizi/<slug:slug>/conferma/", risorsa_conferma, name="risorsa-conferma"),
]
