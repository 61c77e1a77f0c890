"""Reserved pages below /area/incontri/."""

from django.urls import path

from incontri.views import (
    allegati,
    approvazioni,
    calendario,
    dati_verbale,
    documenti,
    impegni_incontro,
    incontri,
    odg,
    originali,
    osservazioni,
    passaggi,
    presenze,
    pubblicazioni,
    rettifiche,
    salvataggi,
    verbali,
    voci,
)

app_name = "incontri"
urlpatterns = [
    path("", incontri.IncontroListView.as_view(), name="incontro-list"),
    path("prossimi.ics", calendario.ProssimiIcsView.as_view(), name="prossimi-ics"),
    path("nuovo/", incontri.IncontroCreateView.as_view(), name="incontro-create"),
    path("anteprima/", voci.testo_anteprima, name="testo-anteprima"),
    # Attachments, of meetings and of instances
    path("allegati/<uuid:pk>/", allegati.AllegatoView.as_view(), name="allegato"),
    path("allegati/<uuid:pk>/togli/", allegati.allegato_togli, name="allegato-togli"),
    path("allegati/<uuid:pk>/pubblico/", allegati.allegato_pubblico, name="allegato-pubblico"),
    # The meeting
    path("<uuid:pk>/", incontri.IncontroDetailView.as_view(), name="incontro-detail"),
    path("<uuid:pk>/incontro.ics", calendario.IncontroIcsView.as_view(), name="incontro-ics"),
    path("<uuid:pk>/modifica/", incontri.IncontroUpdateView.as_view(), name="incontro-update"),
    path("<uuid:pk>/annulla/", incontri.IncontroAnnullaView.as_view(), name="incontro-annulla"),
    path("<uuid:pk>/passaggio/<slug:nome>/", passaggi.incontro_passaggio, name="incontro-passaggio"),
    path("<uuid:pk>/ordine-del-giorno/", odg.OdgView.as_view(), name="odg-update"),
    path("<uuid:pk>/ordine-del-giorno/tipo/", odg.odg_tipo, name="odg-tipo"),
    path("<uuid:pk>/convocazione.<str:formato>", documenti.ConvocazioneView.as_view(), name="convocazione-documento"),
    path(
        "<uuid:pk>/foglio-presenze.<str:formato>",
        documenti.FoglioPresenzeView.as_view(),
        name="foglio-presenze-documento",
    ),
    path("<uuid:pk>/presenze/", presenze.PresenzeView.as_view(), name="presenza-update"),
    path("<uuid:pk>/allegati/", allegati.AllegatiIncontroView.as_view(), name="allegato-list"),
    # The minutes
    path("<uuid:pk>/verbale/", verbali.VerbaleDetailView.as_view(), name="verbale-detail"),
    path("<uuid:pk>/verbale/verbale.<str:formato>", documenti.VerbaleDocumentoView.as_view(), name="verbale-documento"),
    path("<uuid:pk>/verbale/inizia/", verbali.verbale_inizia, name="verbale-create"),
    path("<uuid:pk>/verbale/scrivi/", verbali.VerbaleScriviView.as_view(), name="verbale-scrivi"),
    path("<uuid:pk>/verbale/impegni/", impegni_incontro.RevisioniView.as_view(), name="revisione-update"),
    path("<uuid:pk>/verbale/redattori/", verbali.RedattoriView.as_view(), name="verbale-update"),
    path("<uuid:pk>/verbale/dati/", dati_verbale.DatiVerbaleView.as_view(), name="verbale-dati"),
    path("<uuid:pk>/verbale/riprendi/", passaggi.RiprendiView.as_view(), name="verbale-riprendi"),
    path("<uuid:pk>/verbale/approva/", approvazioni.ApprovaView.as_view(), name="verbale-approva"),
    path("<uuid:pk>/verbale/pubblica/", pubblicazioni.PubblicaView.as_view(), name="verbale-pubblica"),
    path("<uuid:pk>/verbale/avvisa/", passaggi.verbale_avvisa, name="verbale-avvisa"),
    path(
        "<uuid:pk>/verbale/osservazioni/nuova/",
        osservazioni.OsservazioneCreateView.as_view(),
        name="osservazione-create",
    ),
    path(
        "<uuid:pk>/verbale/osservazioni/<uuid:osservazione>/",
        osservazioni.OsservazioneDecidiView.as_view(),
        name="osservazione-decidi",
    ),
    path("<uuid:pk>/verbale/passaggio/<slug:nome>/", passaggi.verbale_passaggio, name="verbale-passaggio"),
    path("<uuid:pk>/verbale/punti/<uuid:punto>/", voci.VociView.as_view(), name="voce-update"),
    path("<uuid:pk>/verbale/punti/<uuid:punto>/salvataggio/", salvataggi.SalvataggioView.as_view(), name="salvataggio"),
    path("salvataggi/<uuid:salvataggio>/", salvataggi.SalvataggioDetailView.as_view(), name="salvataggio-detail"),
    path("salvataggi/<uuid:salvataggio>/scarta/", salvataggi.salvataggio_scarta, name="salvataggio-scarta"),
    # What approval leaves, and the corrections
    path("<uuid:pk>/verbale/originale/<slug:formato>/", originali.OriginaleView.as_view(), name="originale"),
    path("<uuid:pk>/verbale/rettifiche/nuova/", rettifiche.RettificaCreateView.as_view(), name="rettifica-create"),
    path(
        "<uuid:pk>/verbale/rettifiche/<uuid:rettifica>/",
        rettifiche.RettificaDecidiView.as_view(),
        name="rettifica-decidi",
    ),
]
