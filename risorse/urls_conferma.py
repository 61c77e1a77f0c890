"""The page of the signed links, in Italian only: it is for who works in the enti."""

from django.urls import path

from risorse.views.conferme import ConfermaView, PropostaDaLinkView, RitiroDaLinkView

app_name = "conferma"
urlpatterns = [
    path("<str:token>/", ConfermaView.as_view(), name="risorsa-conferma"),
    path("<str:token>/correggi/", PropostaDaLinkView.as_view(), name="proposta-create"),
    path("<str:token>/ritira/", RitiroDaLinkView.as_view(), name="ritiro-create"),
]
