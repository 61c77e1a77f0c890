"""Reserved pages below /area/: the services of one's ente, kept true."""

from django.urls import path

from risorse.views import cura, proposte
from risorse.views.conferme import risorsa_conferma

app_name = "cura"
urlpatterns = [
    path("servizi/", cura.RisorsaListView.as_view(), name="risorsa-list"),
    path("servizi/<slug:slug>/conferma/", risorsa_conferma, name="risorsa-conferma"),
    path("servizi/nuovo/", cura.RisorsaCreateView.as_view(), name="risorsa-create"),
    path("servizi/proposte/<uuid:pk>/", proposte.PropostaDetailView.as_view(), name="proposta-detail"),
    path("servizi/<slug:slug>/modifica/", cura.RisorsaUpdateView.as_view(), name="risorsa-update"),
    path("servizi/<slug:slug>/invia/", cura.risorsa_invia, name="risorsa-invia"),
    path("servizi/<slug:slug>/proponi/", proposte.PropostaCreateView.as_view(), name="proposta-create"),
    path("servizi/<slug:slug>/ritira/", proposte.RitiroCreateView.as_view(), name="ritiro-create"),
]
