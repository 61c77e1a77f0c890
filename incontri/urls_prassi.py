"""Reserved pages below /area/buone-prassi/."""

from django.urls.resolvers import URLPattern

app_name = "prassi"
urlpatterns: list[URLPattern] = []
