"""Reserved pages below /area/traduzioni/: the desk of who translates."""

from django.urls import path

from risorse.views import scambio_traduzioni, traduzioni

app_name = "traduzioni"
urlpatterns = [
    path("", traduzioni.LinguaListView.as_view(), name="lingua-list"),
    path("<slug:lingua>/", traduzioni.CodaView.as_view(), name="coda"),
    path("<slug:lingua>/prossima/", traduzioni.ProssimaView.as_view(), name="prossima"),
    path("<slug:lingua>/esporta/", scambio_traduzioni.EsportaView.as_view(), name="esporta"),
    path("<slug:lingua>/importa/", scambio_traduzioni.ImportaView.as_view(), name="importa"),
    path("<slug:lingua>/<slug:tipo>/<uuid:pk>/", traduzioni.SchedaView.as_view(), name="scheda"),
]
