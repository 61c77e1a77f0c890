"""Public pages of what the Tavolo has worked out: needs, coverage, proposals, good practices, documents."""

from django.urls.resolvers import URLPattern

app_name = "lavoro"
urlpatterns: list[URLPattern] = []
