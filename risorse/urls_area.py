"""Reserved pages below /area/: the services of one's ente, kept true."""

from django.urls import path

from risorse.views import cura, proposte, ricognizioni
from risorse.views.conferme import risorsa_conferma
from risorse.views.segnalazioni_area import SegnalazioneListView

app_name = "cura"
UNA = "ricognizioni/<slug:slug_ricognizione>"
UN_ENTE = f"{UNA}/<slug:ente>"
urlpatterns = [
    path("servizi/", cura.RisorsaListView.as_view(), name="risorsa-list"),
    path("servizi/<slug:slug>/conferma/", risorsa_conferma, name="risorsa-conferma"),
    path("servizi/segnalazioni/", SegnalazioneListView.as_view(), name="segnalazione-list"),
    path("servizi/nuovo/", cura.RisorsaCreateView.as_view(), name="risorsa-create"),
    path("servizi/proposte/<uuid:pk>/", proposte.PropostaDetailView.as_view(), name="proposta-detail"),
    path("servizi/<slug:slug>/modifica/", cura.RisorsaUpdateView.as_view(), name="risorsa-update"),
    path("servizi/<slug:slug>/proponi/", proposte.PropostaCreateView.as_view(), name="proposta-create"),
    path("servizi/<slug:slug>/ritira/", proposte.RitiroCreateView.as_view(), name="ritiro-create"),
    # The survey of resources
    path("ricognizioni/", ricognizioni.RicognizioneListView.as_view(), name="ricognizione-list"),
    path(f"{UNA}/", ricognizioni.RicognizioneDetailView.as_view(), name="ricognizione-detail"),
    path(f"{UN_ENTE}/", ricognizioni.RicognizioneEnteView.as_view(), name="ricognizione-ente"),
    path(f"{UN_ENTE}/aggiungi/", ricognizioni.RicognizioneAggiungiView.as_view(), name="ricognizione-aggiungi"),
    path(f"{UN_ENTE}/concludi/", ricognizioni.ricognizione_concludi, name="ricognizione-concludi"),
    path(f"{UN_ENTE}/<slug:slug>/conferma/", ricognizioni.ricognizione_conferma, name="ricognizione-conferma"),
    path(
        f"{UN_ENTE}/<slug:slug>/correggi/",
        ricognizioni.RicognizioneCorreggiView.as_view(),
        name="ricognizione-correggi",
    ),
    path(f"{UN_ENTE}/<slug:slug>/ritira/", ricognizioni.RicognizioneRitiraView.as_view(), name="ricognizione-ritira"),
]
