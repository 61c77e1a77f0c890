"""Public pages of the directory."""

app_name = "risorse"
urlpatterns: list = []
