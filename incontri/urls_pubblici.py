"""Public pages below /tavolo/incontri/."""

from django.urls import path

from incontri.views.archivio import ArchivioView

app_name = "archivio"
urlpatterns = [path("", ArchivioView.as_view(), name="incontro-list")]
