"""Reserved pages below /area/incontri/."""

app_name = "incontri"
urlpatterns: list = []
