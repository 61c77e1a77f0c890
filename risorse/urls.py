"""Public pages of the directory."""

from django.urls import path

from risorse.views.comuni import ComuneCategoriaView, ComuneDetailView
from risorse.views.documenti import volantino_pdf
from risorse.views.hsds import DescrizioneView
from risorse.views.mappa import MappaView, mappa_luogo, mappa_punti
from risorse.views.risorse import RisorsaDetailView, RisorsaListView
from risorse.views.segnalazioni import GrazieView, SegnalaView, ValutaView
from risorse.views.sportello import SportelloView

app_name = "risorse"
urlpatterns = [
    path("servizi/", RisorsaListView.as_view(), name="risorsa-list"),
    path("servizi/<slug:slug>/", RisorsaDetailView.as_view(), name="risorsa-detail"),
    path("servizi/<slug:slug>/valuta/", ValutaView.as_view(), name="risorsa-valuta"),
    path("servizi/<slug:slug>/segnala/", SegnalaView.as_view(), name="risorsa-segnala"),
    path("servizi/<slug:slug>/grazie/", GrazieView.as_view(), name="risorsa-grazie"),
    path("servizi/<slug:slug>/sportello/", SportelloView.as_view(), name="risorsa-sportello"),
    path("dati/hsds/", DescrizioneView.as_view(), name="hsds"),
    path("mappa/", MappaView.as_view(), name="mappa"),
    path("mappa/punti.json", mappa_punti, name="mappa-punti"),
    path("mappa/luogo.json", mappa_luogo, name="mappa-luogo"),
    path("comuni/<slug:slug>/", ComuneDetailView.as_view(), name="comune-detail"),
    path("comuni/<slug:slug>/<slug:categoria>/volantino.pdf", volantino_pdf, name="volantino"),
    path("comuni/<slug:slug>/<slug:categoria>/", ComuneCategoriaView.as_view(), name="comune-categoria"),
]
