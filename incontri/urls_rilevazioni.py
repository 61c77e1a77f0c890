"""Reserved pages below /area/rilevazioni/."""

from django.urls.resolvers import URLPattern

app_name = "rilevazioni"
urlpatterns: list[URLPattern] = []
