"""Reserved pages below /area/adesioni/: the requests to join the Tavolo, for who coordinates."""

from django.urls import path

from incontri.views import adesioni, decidi_adesioni

app_name = "adesioni"
urlpatterns = [
    path("", adesioni.RichiestaListView.as_view(), name="richiesta-list"),
    path("<uuid:pk>/", adesioni.RichiestaDetailView.as_view(), name="richiesta-detail"),
    path("<uuid:pk>/discussione/", decidi_adesioni.DiscussioneCreateView.as_view(), name="discussione-create"),
    path("<uuid:pk>/accogli/", decidi_adesioni.AccogliView.as_view(), name="richiesta-accogli"),
    path("<uuid:pk>/respingi/", decidi_adesioni.RespingiView.as_view(), name="richiesta-respingi"),
    path("<uuid:pk>/ritira/", decidi_adesioni.RitiraView.as_view(), name="richiesta-ritira"),
]
