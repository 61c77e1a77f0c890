"""Reserved pages below /area/buone-prassi/."""

from django.urls import path

from incontri.views import prassi

app_name = "prassi"
urlpatterns = [
    path("", prassi.PrassiListView.as_view(), name="prassi-list"),
    path("nuova/", prassi.PrassiCreateView.as_view(), name="prassi-create"),
    path("<uuid:pk>/", prassi.PrassiDetailView.as_view(), name="prassi-detail"),
    path("<uuid:pk>/modifica/", prassi.PrassiUpdateView.as_view(), name="prassi-update"),
    path("<uuid:pk>/passaggio/<slug:nome>/", prassi.PassaggioPrassiView.as_view(), name="prassi-passaggio"),
    path("<uuid:pk>/adozioni/nuova/", prassi.AdozioneCreateView.as_view(), name="adozione-create"),
]
