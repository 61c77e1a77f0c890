"""Reserved pages below /area/rilevazioni/."""

from django.urls import path

from incontri.views import decisioni_rilevazioni, rilevazioni, turni, voti

app_name = "rilevazioni"
urlpatterns = [
    path("", rilevazioni.RilevazioneListView.as_view(), name="rilevazione-list"),
    path("nuova/", rilevazioni.RilevazioneCreateView.as_view(), name="rilevazione-create"),
    path("<uuid:pk>/", rilevazioni.RilevazioneDetailView.as_view(), name="rilevazione-detail"),
    path("<uuid:pk>/modifica/", rilevazioni.RilevazioneUpdateView.as_view(), name="rilevazione-update"),
    path("<uuid:pk>/graduatoria.csv", voti.GraduatoriaCsvView.as_view(), name="graduatoria-csv"),
    path("<uuid:pk>/decisione/", decisioni_rilevazioni.DecisioneView.as_view(), name="decisione"),
    path("<uuid:pk>/priorita/", decisioni_rilevazioni.PrioritaView.as_view(), name="priorita"),
    path("<uuid:pk>/sollecita/", turni.rilevazione_sollecita, name="sollecita"),
    path("<uuid:pk>/turno/<slug:nome>/", turni.TurnoView.as_view(), name="turno"),
    path("<uuid:pk>/passaggio/<slug:nome>/", turni.PassaggioView.as_view(), name="passaggio"),
    path("<uuid:pk>/voto/<uuid:bisogno>/", voti.VotoView.as_view(), name="voto-update"),
]
