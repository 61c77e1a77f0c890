"""Reserved pages of the newsletter, below /area/newsletter/."""

from django.urls import path

from incontri.views import numeri_newsletter as viste

app_name = "redazione"
urlpatterns = [
    path("", viste.NumeroListView.as_view(), name="numero-list"),
    path("nuovo/", viste.NumeroCreateView.as_view(), name="numero-create"),
    path("<uuid:pk>/", viste.NumeroDetailView.as_view(), name="numero-detail"),
    path("<uuid:pk>/componi/", viste.NumeroUpdateView.as_view(), name="numero-update"),
    path("<uuid:pk>/anteprima/", viste.NumeroHtmlView.as_view(), name="numero-html"),
    path("<uuid:pk>/invia/", viste.NumeroInviaView.as_view(), name="numero-invia"),
    path("<uuid:pk>/prova/", viste.numero_prova, name="numero-prova"),
    path("<uuid:pk>/riprova/", viste.numero_riprova, name="numero-riprova"),
]
