"""Public pages of what the Tavolo has worked out: needs, coverage, proposals, good practices, documents."""

from django.urls import path

from incontri.views import bisogni_pubblici

app_name = "lavoro"
urlpatterns = [
    path("bisogni/", bisogni_pubblici.BisognoPubblicoListView.as_view(), name="bisogno-list"),
    path("bisogni/<slug:slug>/", bisogni_pubblici.BisognoPubblicoView.as_view(), name="bisogno-detail"),
]
