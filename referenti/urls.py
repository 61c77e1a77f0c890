"""Public pages below /tavolo/: the network and the territory."""

from django.urls import path

from referenti.views.enti import EnteDetailView
from referenti.views.tavolo import TavoloView
from referenti.views.territorio import TerritorioView

app_name = "referenti"
urlpatterns = [
    path("", TavoloView.as_view(), name="tavolo"),
    path("enti/<slug:slug>/", EnteDetailView.as_view(), name="ente-detail"),
    path("territorio/", TerritorioView.as_view(), name="territorio"),
]
