"""Public pages of the newsletter, below /newsletter/."""

from django.urls import path

from incontri.views import newsletter

app_name = "newsletter"
urlpatterns = [
    path("", newsletter.IscrizioneCreateView.as_view(), name="iscrizione-create"),
    path("grazie/", newsletter.GrazieView.as_view(), name="grazie"),
    path("conferma/<str:token>/", newsletter.ConfermaView.as_view(), name="conferma"),
    path("disdetta/<str:token>/", newsletter.DisdettaView.as_view(), name="disdetta"),
    path("numeri/<slug:slug>/", newsletter.NumeroPubblicoView.as_view(), name="numero-detail"),
]
