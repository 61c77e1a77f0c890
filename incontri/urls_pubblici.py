"""Public pages below /tavolo/incontri/."""

app_name = "archivio"
urlpatterns: list = []
