"""Public pages below /tavolo/incontri/."""

from django.urls import path

from incontri.views.allegati import AllegatoPubblicoView
from incontri.views.archivio import ArchivioView

app_name = "archivio"
urlpatterns = [
    path("", ArchivioView.as_view(), name="incontro-list"),
    path("allegati/<uuid:pk>/", AllegatoPubblicoView.as_view(), name="allegato"),
]
