"""Public pages below /tavolo/: the network and the territory."""

app_name = "referenti"
urlpatterns: list = []
