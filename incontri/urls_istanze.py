"""Reserved pages below /area/istanze/."""

from django.urls import path

from incontri.views import allegati, elenco_istanze, istanze, istanze_in_incontro

app_name = "istanze"
urlpatterns = [
    path("", elenco_istanze.IstanzaListView.as_view(), name="istanza-list"),
    path("nuova/", istanze.IstanzaCreateView.as_view(), name="istanza-create"),
    path("<uuid:pk>/", istanze.IstanzaDetailView.as_view(), name="istanza-detail"),
    path("<uuid:pk>/passaggio/<slug:nome>/", istanze.istanza_passaggio, name="istanza-passaggio"),
    path("<uuid:pk>/allegati/", allegati.AllegatiIstanzaView.as_view(), name="allegato-list"),
    path("<uuid:pk>/discussa/<uuid:incontro>/", istanze_in_incontro.istanza_discussa, name="istanza-discussa"),
]
