"""Reserved pages below /area/bisogni/."""

from django.urls.resolvers import URLPattern

app_name = "bisogni"
urlpatterns: list[URLPattern] = []
