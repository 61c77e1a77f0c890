"""The back office of every model: pages open, lists do not slow down with their rows."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests import factories

FABBRICHE = {
    "adozione": factories.AdozioneFactory,
    "buonaprassi": factories.BuonaPrassiFactory,
    "allegato": factories.AllegatoFactory,
    "articolo": factories.ArticoloFactory,
    "bisogno": factories.BisognoFactory,
    "avvisoadesione": factories.AvvisoAdesioneFactory,
    "categoria": factories.CategoriaFactory,
    "chiusura": factories.ChiusuraFactory,
    "comune": factories.ComuneFactory,
    "contatto": factories.ContattoFactory,
    "controllolink": factories.ControlloLinkFactory,
    "commentorestituzione": factories.CommentoRestituzioneFactory,
    "convocazione": factories.ConvocazioneFactory,
    "copertura": factories.CoperturaFactory,
    "destinatari": factories.DestinatariFactory,
    "discussioneadesione": factories.DiscussioneAdesioneFactory,
    "documentorichiesto": factories.DocumentoRichiestoFactory,
    "ente": factories.EnteFactory,
    "esitoproposta": factories.EsitoPropostaFactory,
    "evidenza": factories.EvidenzaFactory,
    "impegno": factories.ImpegnoFactory,
    "importazione": factories.ImportazioneFactory,
    "incarico": factories.IncaricoFactory,
    "incontro": factories.IncontroFactory,
    "indicatore": factories.IndicatoreFactory,
    "invionewsletter": factories.InvioNewsletterFactory,
    "iscrizionenewsletter": factories.IscrizioneNewsletterFactory,
    "istanza": factories.IstanzaFactory,
    "lingua": factories.LinguaFactory,
    "linguaparlata": factories.LinguaParlataFactory,
    "messaggioistanza": factories.MessaggioIstanzaFactory,
    "modalitaaccesso": factories.ModalitaAccessoFactory,
    "modelloincontro": factories.ModelloIncontroFactory,
    "numeronewsletter": factories.NumeroNewsletterFactory,
    "orario": factories.OrarioFactory,
    "originale": factories.OriginaleFactory,
    "originebisogno": factories.OrigineBisognoFactory,
    "originalerestituzione": factories.OriginaleRestituzioneFactory,
    "osservazione": factories.OsservazioneFactory,
    "passoproposta": factories.PassoPropostaFactory,
    "presenza": factories.PresenzaFactory,
    "proposta": factories.PropostaFactory,
    "propostamodifica": factories.PropostaModificaFactory,
    "protocollo": factories.ProtocolloFactory,
    "puntomodello": factories.PuntoModelloFactory,
    "puntoodg": factories.PuntoOdgFactory,
    "restituzione": factories.RestituzioneFactory,
    "rettifica": factories.RettificaFactory,
    "richiestaadesione": factories.RichiestaAdesioneFactory,
    "ricercavuota": factories.RicercaVuotaFactory,
    "ricognizione": factories.RicognizioneFactory,
    "rilevazione": factories.RilevazioneFactory,
    "risorsa": factories.RisorsaFactory,
    "risorsainsede": factories.RisorsaInSedeFactory,
    "sede": factories.SedeFactory,
    "seggio": factories.SeggioFactory,
    "segnalazione": factories.SegnalazioneFactory,
    "sinonimo": factories.SinonimoFactory,
    "sottoscrizione": factories.SottoscrizioneFactory,
    "tappa": factories.TappaFactory,
    "tema": factories.TemaFactory,
    "traduzione": factories.TraduzioneFactory,
    "utente": factories.UtenteFactory,
    "valutazione": factories.ValutazioneFactory,
    "verbale": factories.VerbaleFactory,
    "verifica": factories.VerificaFactory,
    "voce": factories.VoceFactory,
}
MODELLI = sorted(admin.site._registry, key=lambda m: m._meta.label)
SOLO_LETTURA = {
    "invionewsletter",
    "numeronewsletter",
    "allegato",
    "avvisoadesione",
    "discussioneadesione",
    "commentorestituzione",
    "convocazione",
    "impegno",
    "importazione",
    "istanza",
    "messaggioistanza",
    "originale",
    "originebisogno",
    "originalerestituzione",
    "osservazione",
    "restituzione",
    "rettifica",
    "rilevazione",
    "verifica",
    "voce",
}
# Written by machines or by people without a name: no history, nothing to add or change.
SENZA_STORIA = {
    "invionewsletter",
    "iscrizionenewsletter",
    "avvisoadesione",
    "controllolink",
    "importazione",
    "originale",
    "originalerestituzione",
    "ricercavuota",
    "valutazione",
}
# Where nothing is added: minutes start from their meeting, proposals, translations and reports from their own pages.
SENZA_AGGIUNTA = (
    SOLO_LETTURA | SENZA_STORIA | {"propostamodifica", "richiestaadesione", "segnalazione", "traduzione", "verbale"}
)
SENZA_EXPORT = {
    "invionewsletter",
    "numeronewsletter",
    "avvisoadesione",
    "discussioneadesione",
    "importazione",
    "originale",
    "originalerestituzione",
    "rettifica",
    "rilevazione",
}


def nome(modello):
    return modello._meta.model_name


def indirizzo(modello, vista, *args):
    return reverse(f"admin:{modello._meta.app_label}_{nome(modello)}_{vista}", args=args)


def risposte_attese(modello, riga):
    """What each page of the back office of `modello` answers to who coordinates, by its address."""
    chiamato = nome(modello)
    attese = {
        indirizzo(modello, "changelist"): 200,
        indirizzo(modello, "add"): 403 if chiamato in SENZA_AGGIUNTA else 200,
        indirizzo(modello, "change", riga.pk): 200,
        indirizzo(modello, "history", riga.pk): 200,
        indirizzo(modello, "delete", riga.pk): 403 if chiamato in SOLO_LETTURA else 200,
    }
    if chiamato not in SENZA_EXPORT:
        attese[indirizzo(modello, "export")] = 200
    if chiamato not in SENZA_STORIA:
        attese[indirizzo(modello, "simple_history", riga.pk, riga.storia.first().pk)] = 200
    return attese


def test_ogni_nome_del_portale_e_nel_retro():
    assert [nome(m) for m in sorted(MODELLI, key=nome)] == sorted(FABBRICHE)


# Session, person, two for the groups, the count and the page; then what the list joins, prefetches and filters by.
DOMANDE = {
    "adozione": 8,
    "buonaprassi": 9,
    "invionewsletter": 8,
    "iscrizionenewsletter": 8,
    "numeronewsletter": 7,
    "avvisoadesione": 7,
    "discussioneadesione": 7,
    "richiestaadesione": 9,
    "allegato": 10,  # and the years and months to choose from, as for each list with a calendar
    "articolo": 8,
    "bisogno": 9,
    "categoria": 7,
    "chiusura": 9,
    "comune": 7,
    "contatto": 7,
    "controllolink": 9,  # and when the addresses were last tried
    "commentorestituzione": 7,
    "convocazione": 8,
    "copertura": 9,
    "destinatari": 7,
    "documentorichiesto": 7,
    "ente": 8,
    "esitoproposta": 7,
    "evidenza": 8,
    "impegno": 8,
    "importazione": 10,
    "incarico": 9,
    "incontro": 10,
    "indicatore": 8,
    "istanza": 10,
    "lingua": 7,
    "linguaparlata": 8,
    "messaggioistanza": 10,
    "modalitaaccesso": 7,
    "modelloincontro": 7,
    "orario": 7,
    "originale": 8,
    "originebisogno": 7,
    "originalerestituzione": 8,
    "osservazione": 8,
    "passoproposta": 7,
    "presenza": 8,
    "proposta": 9,
    "propostamodifica": 8,
    "protocollo": 7,
    "puntomodello": 8,
    "puntoodg": 8,
    "restituzione": 8,
    "rettifica": 7,
    "ricercavuota": 9,
    "ricognizione": 7,
    "rilevazione": 7,
    "risorsa": 11,
    "risorsainsede": 8,
    "sede": 8,
    "seggio": 8,
    "segnalazione": 8,
    "sinonimo": 7,
    "sottoscrizione": 8,
    "tappa": 7,
    "tema": 7,
    "traduzione": 9,
    "utente": 10,
    "valutazione": 10,
    "verbale": 7,
    "verifica": 8,
    "voce": 8,
}


@pytest.mark.parametrize("righe", [1, 30])
@pytest.mark.parametrize("modello", MODELLI, ids=nome)
def test_elenco_domande_costanti(modello, righe, anna, come, django_assert_num_queries):
    cliente = come(anna)
    FABBRICHE[nome(modello)].create_batch(righe)
    with django_assert_num_queries(DOMANDE[nome(modello)]):
        risposta = cliente.get(indirizzo(modello, "changelist"))
    assert risposta.status_code == 200


@pytest.mark.parametrize("modello", MODELLI, ids=nome)
def test_ogni_pagina_si_apre(modello, anna, come):
    cliente = come(anna)
    riga = FABBRICHE[nome(modello)]()
    attese = risposte_attese(modello, riga)
    assert {dove: cliente.get(dove).status_code for dove in attese} == attese
    assert cliente.get(indirizzo(modello, "changelist"), {"q": "a'\"%_ò"}).status_code == 200


def test_ogni_campo_che_cerca_trova(anna, come):
    cliente = come(anna)
    for modello in MODELLI:
        scheda = admin.site.get_model_admin(modello)
        for campo in scheda.autocomplete_fields:
            cercato = modello._meta.get_field(campo).related_model
            FABBRICHE[nome(cercato)]()
            dati = {"app_label": modello._meta.app_label, "model_name": nome(modello), "field_name": campo, "term": ""}
            risposta = cliente.get(reverse("admin:autocomplete"), dati)
            assert (nome(modello), campo, len(risposta.json()["results"]) > 0) == (nome(modello), campo, True)
