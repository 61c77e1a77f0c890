"""Public pages of the directory."""

from django.urls import path

from risorse.views.comuni import ComuneCategoriaView, ComuneDetailView
from risorse.views.risorse import RisorsaDetailView, RisorsaListView

app_name = "risorse"
urlpatterns = [
    path("servizi/", RisorsaListView.as_view(), name="risorsa-list"),
    path("servizi/<slug:slug>/", RisorsaDetailView.as_view(), name="risorsa-detail"),
    path("comuni/<slug:slug>/", ComuneDetailView.as_view(), name="comune-detail"),
    path("comuni/<slug:slug>/<slug:categoria>/", ComuneCategoriaView.as_view(), name="comune-categoria"),
]
