"""Public pages below /tavolo/incontri/."""

from django.urls import path

from incontri.views.allegati import AllegatoPubblicoView
from incontri.views.archivio import ArchivioView, IncontroPubblicoView, VerbalePubblicoView

app_name = "archivio"
urlpatterns = [
    path("", ArchivioView.as_view(), name="incontro-list"),
    path("allegati/<uuid:pk>/", AllegatoPubblicoView.as_view(), name="allegato"),
    path("<slug:slug>/", IncontroPubblicoView.as_view(), name="incontro-detail"),
    path("<slug:slug>/verbale.<str:formato>", VerbalePubblicoView.as_view(), name="verbale"),
]
