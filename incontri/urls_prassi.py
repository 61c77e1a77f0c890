"""Reserved pages below /area/buone-prassi/."""

from django.urls import path

from incontri.views import adozioni, materiali, prassi

app_name = "prassi"
urlpatterns = [
    path("", prassi.PrassiListView.as_view(), name="prassi-list"),
    path("nuova/", prassi.PrassiCreateView.as_view(), name="prassi-create"),
    path("<uuid:pk>/", prassi.PrassiDetailView.as_view(), name="prassi-detail"),
    path("<uuid:pk>/modifica/", prassi.PrassiUpdateView.as_view(), name="prassi-update"),
    path("<uuid:pk>/passaggio/<slug:nome>/", prassi.PassaggioPrassiView.as_view(), name="prassi-passaggio"),
    path("<uuid:pk>/adozioni/nuova/", adozioni.AdozioneCreateView.as_view(), name="adozione-create"),
    path(
        "<uuid:pk>/adozioni/<uuid:adozione>/modifica/",
        adozioni.AdozioneUpdateView.as_view(),
        name="adozione-update",
    ),
    path("<uuid:pk>/adozioni/<uuid:adozione>/togli/", adozioni.adozione_togli, name="adozione-togli"),
    path("<uuid:pk>/materiali/", materiali.AllegatiPrassiView.as_view(), name="allegato-list"),
]
