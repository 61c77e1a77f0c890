"""Reserved pages below /area/bisogni/."""

from django.urls import path

from incontri.views import bisogni, copertura, dichiarazioni, elenco_bisogni

app_name = "bisogni"
urlpatterns = [
    path("", elenco_bisogni.BisognoListView.as_view(), name="bisogno-list"),
    path("nuovo/", bisogni.BisognoCreateView.as_view(), name="bisogno-create"),
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
    path("<uuid:pk>/", bisogni.BisognoDetailView.as_view(), name="bisogno-detail"),
    path("<uuid:pk>/modifica/", bisogni.BisognoUpdateView.as_view(), name="bisogno-update"),
]
