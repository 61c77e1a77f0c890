"""Reserved pages below /area/restituzioni/."""

from django.urls.resolvers import URLPattern

app_name = "restituzioni"
urlpatterns: list[URLPattern] = []
