"""The page of the signed links, in Italian only: it is for who works in the enti."""

from django.urls import path

from risorse.views.conferme import ConfermaView

app_name = "conferma"
urlpatterns = [
    path("<str:token>/", ConfermaView.as_view(), name="risorsa-conferma"),
]
