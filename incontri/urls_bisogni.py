"""Reserved pages below /area/bisogni/."""

from django.urls import path

from incontri.views import bisogni, elenco_bisogni

app_name = "bisogni"
urlpatterns = [
    path("", elenco_bisogni.BisognoListView.as_view(), name="bisogno-list"),
    path("nuovo/", bisogni.BisognoCreateView.as_view(), name="bisogno-create"),
    path("<uuid:pk>/", bisogni.BisognoDetailView.as_view(), name="bisogno-detail"),
    path("<uuid:pk>/modifica/", bisogni.BisognoUpdateView.as_view(), name="bisogno-update"),
]
