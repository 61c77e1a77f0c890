"""Reserved pages below /area/proposte/."""

from django.urls import path

from incontri.views import esiti_proposte, passi_proposte, proposte

app_name = "proposte"
urlpatterns = [
    path("", proposte.PropostaListView.as_view(), name="proposta-list"),
    path("nuova/", proposte.PropostaCreateView.as_view(), name="proposta-create"),
    path("<uuid:pk>/", proposte.PropostaDetailView.as_view(), name="proposta-detail"),
    path("<uuid:pk>/modifica/", proposte.PropostaUpdateView.as_view(), name="proposta-update"),
    path("<uuid:pk>/passaggio/<slug:nome>/", proposte.PassaggioPropostaView.as_view(), name="proposta-passaggio"),
    path("<uuid:pk>/passi/nuovo/", passi_proposte.PassoCreateView.as_view(), name="passo-create"),
    path("<uuid:pk>/passi/<uuid:passo>/", passi_proposte.PassoUpdateView.as_view(), name="passo-update"),
    path("<uuid:pk>/passi/<uuid:passo>/togli/", passi_proposte.PassoDeleteView.as_view(), name="passo-delete"),
    path("<uuid:pk>/esiti/nuovo/", esiti_proposte.EsitoCreateView.as_view(), name="esito-create"),
    path("<uuid:pk>/esiti/<uuid:esito>/", esiti_proposte.EsitoUpdateView.as_view(), name="esito-update"),
    path("<uuid:pk>/impegno/", esiti_proposte.ImpegnoDaPropostaView.as_view(), name="impegno-create"),
]
