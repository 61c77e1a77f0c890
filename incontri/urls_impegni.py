"""Reserved pages below /area/impegni/."""

from django.urls import path

from incontri.views import impegni

app_name = "impegni"
urlpatterns = [
    path("", impegni.ImpegnoListView.as_view(), name="impegno-list"),
    path("impegni.csv", impegni.ImpegniCsvView.as_view(), name="impegni-csv"),
    path("nuovo/", impegni.ImpegnoCreateView.as_view(), name="impegno-create"),
    path("<uuid:pk>/", impegni.ImpegnoDetailView.as_view(), name="impegno-detail"),
    path("<uuid:pk>/modifica/", impegni.ImpegnoUpdateView.as_view(), name="impegno-update"),
    path("<uuid:pk>/aggiorna/", impegni.RevisioneCreateView.as_view(), name="revisione-create"),
]
