"""Public pages below /aderisci/: a body asks to join the Tavolo."""

from django.urls import path

from referenti.views.adesioni import GrazieView, RichiestaCreateView, RichiestaDetailView

app_name = "aderisci"
urlpatterns = [
    path("", RichiestaCreateView.as_view(), name="richiesta-create"),
    path("grazie/", GrazieView.as_view(), name="grazie"),
    path("richiesta/<str:token>/", RichiestaDetailView.as_view(), name="richiesta-detail"),
]
