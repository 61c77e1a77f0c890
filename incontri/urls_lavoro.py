"""Public pages of what the Tavolo has worked out: needs, coverage, proposals, good practices, documents."""

from django.urls import path

from incontri.views import (
    bisogni_pubblici,
    copertura_pubblica,
    documenti_restituzione,
    lavoro_pubblico,
    novita,
    rilevazioni_pubbliche,
)

app_name = "lavoro"
urlpatterns = [
    path("novita/", novita.NovitaView.as_view(), name="novita"),
    path("bisogni/", bisogni_pubblici.BisognoPubblicoListView.as_view(), name="bisogno-list"),
    path("bisogni/<slug:slug>/", bisogni_pubblici.BisognoPubblicoView.as_view(), name="bisogno-detail"),
    path("copertura/", copertura_pubblica.CoperturaPubblicaView.as_view(), name="copertura"),
    path("copertura/figura/", copertura_pubblica.CoperturaPubblicaFiguraView.as_view(), name="copertura-figura"),
    path("copertura/copertura.svg", copertura_pubblica.CoperturaPubblicaSvgView.as_view(), name="copertura-svg"),
    path("copertura/copertura.csv", copertura_pubblica.CoperturaPubblicaCsvView.as_view(), name="copertura-csv"),
    path(
        "copertura/<slug:bisogno>/<slug:comune>/",
        copertura_pubblica.CoperturaPubblicaCellaView.as_view(),
        name="copertura-cella",
    ),
    # Proposals and good practices
    path("proposte/", lavoro_pubblico.PropostaPubblicaListView.as_view(), name="proposta-list"),
    path("proposte/<slug:slug>/", lavoro_pubblico.PropostaPubblicaView.as_view(), name="proposta-detail"),
    path("buone-prassi/", lavoro_pubblico.PrassiPubblicaListView.as_view(), name="prassi-list"),
    path("buone-prassi/<slug:slug>/", lavoro_pubblico.PrassiPubblicaView.as_view(), name="prassi-detail"),
    # The restitution documents
    path("documenti/", documenti_restituzione.DocumentoPubblicoListView.as_view(), name="documento-list"),
    path("documenti/<slug:slug>/", documenti_restituzione.DocumentoPubblicoView.as_view(), name="documento-detail"),
    path(
        "documenti/<slug:slug>/documento.<str:formato>",
        documenti_restituzione.DocumentoPubblicoFileView.as_view(),
        name="documento-file",
    ),
    path(
        "rilevazioni/<slug:slug>/", rilevazioni_pubbliche.RilevazionePubblicaView.as_view(), name="rilevazione-detail"
    ),
    path(
        "rilevazioni/<slug:slug>/graduatoria.csv",
        rilevazioni_pubbliche.GraduatoriaPubblicaCsvView.as_view(),
        name="rilevazione-csv",
    ),
]
