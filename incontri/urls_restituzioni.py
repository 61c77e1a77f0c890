"""Reserved pages below /area/restituzioni/."""

from django.urls import path

from incontri.views import documenti_restituzione, restituzioni, sezioni

app_name = "restituzioni"
urlpatterns = [
    path("", restituzioni.RestituzioneListView.as_view(), name="restituzione-list"),
    path("nuovo/", restituzioni.RestituzioneCreateView.as_view(), name="restituzione-create"),
    path("<uuid:pk>/", restituzioni.RestituzioneDetailView.as_view(), name="restituzione-detail"),
    path("<uuid:pk>/modifica/", restituzioni.RestituzioneUpdateView.as_view(), name="restituzione-update"),
    path("<uuid:pk>/compila/", restituzioni.restituzione_compila, name="restituzione-compila"),
    path("<uuid:pk>/passaggio/<slug:nome>/", restituzioni.restituzione_passaggio, name="restituzione-passaggio"),
    path("<uuid:pk>/avvisa/", restituzioni.restituzione_avvisa, name="restituzione-avvisa"),
    path("<uuid:pk>/letto/", restituzioni.restituzione_letta, name="restituzione-letta"),
    path("<uuid:pk>/pubblica/", documenti_restituzione.PubblicaView.as_view(), name="restituzione-pubblica"),
    path("<uuid:pk>/documento.<str:formato>", documenti_restituzione.DocumentoView.as_view(), name="documento"),
    path("<uuid:pk>/commenti/<uuid:commento>/", sezioni.CommentoRispondiView.as_view(), name="commento-rispondi"),
    path("<uuid:pk>/<slug:genere>/testo/", sezioni.SezioneUpdateView.as_view(), name="sezione-update"),
    path("<uuid:pk>/<slug:genere>/scelta/", sezioni.ContesaView.as_view(), name="sezione-contesa"),
    path("<uuid:pk>/<slug:genere>/commenta/", sezioni.CommentoCreateView.as_view(), name="commento-create"),
]
