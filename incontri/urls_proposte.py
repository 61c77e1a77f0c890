"""Reserved pages below /area/proposte/."""

from django.urls.resolvers import URLPattern

app_name = "proposte"
urlpatterns: list[URLPattern] = []
