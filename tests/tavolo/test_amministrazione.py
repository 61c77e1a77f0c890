"""The back office of every model: pages open, lists do not slow down with their rows."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests import factories

FABBRICHE = {
    "articolo": factories.ArticoloFactory,
    "categoria": factories.CategoriaFactory,
    "chiusura": factories.ChiusuraFactory,
    "comune": factories.ComuneFactory,
    "contatto": factories.ContattoFactory,
    "controllolink": factories.ControlloLinkFactory,
    "destinatari": factories.DestinatariFactory,
    "documentorichiesto": factories.DocumentoRichiestoFactory,
    "ente": factories.EnteFactory,
    "incarico": factories.IncaricoFactory,
    "incontro": factories.IncontroFactory,
    "indicatore": factories.IndicatoreFactory,
    "lingua": factories.LinguaFactory,
    "linguaparlata": factories.LinguaParlataFactory,
    "modalitaaccesso": factories.ModalitaAccessoFactory,
    "orario": factories.OrarioFactory,
    "presenza": factories.PresenzaFactory,
    "protocollo": factories.ProtocolloFactory,
    "puntoodg": factories.PuntoOdgFactory,
    "risorsa": factories.RisorsaFactory,
    "risorsainsede": factories.RisorsaInSedeFactory,
    "sede": factories.SedeFactory,
    "seggio": factories.SeggioFactory,
    "segnalazione": factories.SegnalazioneFactory,
    "sottoscrizione": factories.SottoscrizioneFactory,
    "tappa": factories.TappaFactory,
    "tema": factories.TemaFactory,
    "utente": factories.UtenteFactory,
    "valutazione": factories.ValutazioneFactory,
    "verbale": factories.VerbaleFactory,
    "verifica": factories.VerificaFactory,
    "voce": factories.VoceFactory,
}
MODELLI = sorted(admin.site._registry, key=lambda m: m._meta.label)
SOLO_LETTURA = {"verifica", "voce"}
# Written by machines or by people without a name: no history, nothing to add or change.
CONTEGGI = {"controllolink", "valutazione"}
# Where nothing is added: minutes start from their meeting, reports from the public's form.
SENZA_AGGIUNTA = SOLO_LETTURA | CONTEGGI | {"verbale", "segnalazione"}


def nome(modello):
    return modello._meta.model_name


def indirizzo(modello, vista, *args):
    return reverse(f"admin:{modello._meta.app_label}_{nome(modello)}_{vista}", args=args)


def test_ogni_nome_del_portale_e_nel_retro():
    assert [nome(m) for m in sorted(MODELLI, key=nome)] == sorted(FABBRICHE)


# Session, person, two for the groups, the count and the page; then what the list joins, prefetches and filters by.
DOMANDE = {
    "articolo": 8,
    "categoria": 7,
    "chiusura": 9,
    "comune": 7,
    "contatto": 7,
    "controllolink": 8,
    "destinatari": 7,
    "documentorichiesto": 7,
    "ente": 8,
    "incarico": 9,
    "incontro": 10,
    "indicatore": 8,
    "lingua": 7,
    "linguaparlata": 8,
    "modalitaaccesso": 7,
    "orario": 7,
    "presenza": 8,
    "protocollo": 7,
    "puntoodg": 8,
    "risorsa": 11,
    "risorsainsede": 8,
    "sede": 8,
    "seggio": 8,
    "segnalazione": 8,
    "sottoscrizione": 8,
    "tappa": 7,
    "tema": 7,
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
    scrive = nome(modello) not in SOLO_LETTURA
    attese = {
        "add": 403 if nome(modello) in SENZA_AGGIUNTA else 200,
        "change": 200,
        "history": 200,
        "delete": 200 if scrive else 403,
        "export": 200,
    }
    viste = {v: indirizzo(modello, v, *([riga.pk] if v in ("change", "history", "delete") else [])) for v in attese}
    assert {v: cliente.get(dove).status_code for v, dove in viste.items()} == attese
    assert cliente.get(indirizzo(modello, "changelist"), {"q": "a'\"%_ò"}).status_code == 200
    if nome(modello) in CONTEGGI:
        return
    versione = riga.storia.first()
    dove = indirizzo(modello, "simple_history", riga.pk, versione.pk)
    assert cliente.get(dove).status_code == 200


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
