"""Reserved pages below /area/bisogni/."""

from django.urls import path

from incontri.views import (
    bisogni,
    catena,
    copertura,
    dichiarazioni,
    elenco_bisogni,
    evidenze,
    nascita_bisogni,
    passaggi_bisogni,
    servizi_bisogni,
)

app_name = "bisogni"
urlpatterns = [
    path("", elenco_bisogni.BisognoListView.as_view(), name="bisogno-list"),
    path("nuovo/", nascita_bisogni.BisognoCreateView.as_view(), name="bisogno-create"),
    path("ricerche/", nascita_bisogni.RicercaListView.as_view(), name="ricerca-list"),
    # The coverage matrix
    path("copertura/", copertura.CoperturaView.as_view(), name="copertura"),
    path("copertura/figura/", copertura.CoperturaFiguraView.as_view(), name="copertura-figura"),
    path("copertura/copertura.svg", copertura.CoperturaSvgView.as_view(), name="copertura-svg"),
    path("copertura/copertura.csv", copertura.CoperturaCsvView.as_view(), name="copertura-csv"),
    path("copertura/dichiarazioni/", dichiarazioni.DichiarazioneListView.as_view(), name="dichiarazione-list"),
    path(
        "copertura/dichiarazioni/nuova/", dichiarazioni.DichiarazioneCreateView.as_view(), name="dichiarazione-create"
    ),
    path(
        "copertura/dichiarazioni/<uuid:pk>/",
        dichiarazioni.DichiarazioneUpdateView.as_view(),
        name="dichiarazione-update",
    ),
    path(
        "copertura/dichiarazioni/<uuid:pk>/togli/",
        dichiarazioni.DichiarazioneDeleteView.as_view(),
        name="dichiarazione-delete",
    ),
    path("copertura/<uuid:bisogno>/<slug:comune>/", copertura.CoperturaCellaView.as_view(), name="copertura-cella"),
    # The chain
    path("percorso/", catena.PercorsoView.as_view(), name="percorso"),
    path("percorso/<slug:quale>/", catena.PercorsoElencoView.as_view(), name="percorso-elenco"),
    path("<uuid:pk>/storia/", catena.CatenaView.as_view(), name="catena"),
    path("<uuid:pk>/", bisogni.BisognoDetailView.as_view(), name="bisogno-detail"),
    path("<uuid:pk>/modifica/", bisogni.BisognoUpdateView.as_view(), name="bisogno-update"),
    path("<uuid:pk>/passaggio/<slug:nome>/", passaggi_bisogni.PassaggioView.as_view(), name="bisogno-passaggio"),
    path("<uuid:pk>/unisci/", passaggi_bisogni.UnioneView.as_view(), name="bisogno-unisci"),
    path("<uuid:pk>/separa/", passaggi_bisogni.SeparazioneView.as_view(), name="bisogno-separa"),
    path("<uuid:pk>/servizi/", servizi_bisogni.ServizioListView.as_view(), name="servizio-list"),
    path("<uuid:pk>/servizi/<slug:nome>/", servizi_bisogni.servizio_collega, name="servizio-collega"),
    path("<uuid:pk>/evidenze/nuova/", evidenze.EvidenzaCreateView.as_view(), name="evidenza-create"),
    path("<uuid:pk>/evidenze/<uuid:evidenza>/", evidenze.EvidenzaUpdateView.as_view(), name="evidenza-update"),
    path("<uuid:pk>/evidenze/<uuid:evidenza>/togli/", evidenze.evidenza_togli, name="evidenza-togli"),
]
