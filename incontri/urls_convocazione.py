"""The page of the signed links that answer a convocation, in Italian only: it is for who is called."""

from django.urls import path

from incontri.views.risposte import RispostaDaLinkView

app_name = "convocazione"
urlpatterns = [path("<str:token>/", RispostaDaLinkView.as_view(), name="risposta")]
