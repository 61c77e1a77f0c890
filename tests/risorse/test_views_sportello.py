"""The card for the desk: the same words in Italian and in the language of who shows it."""

import re

import pytest

from tests.factories import DocumentoRichiestoFactory, RisorsaFactory, TraduzioneFactory

PARLO = "Parlo arabo. C'è qualcuno che parla arabo, o una mediatrice o un mediatore?"


@pytest.fixture
def risorsa(db):
    risorsa = RisorsaFactory(nome="Sportello casa")
    documento = DocumentoRichiestoFactory(nome="Passaporto")
    risorsa.documenti.add(documento, DocumentoRichiestoFactory(nome="Tessera sanitaria", ordine=1))
    TraduzioneFactory(oggetto=documento, campo="nome", lingua="ar", testo="جواز السفر", stato="verificata")
    return risorsa


def sportello(client, risorsa, prefisso="", **domanda):
    return client.get(f"{prefisso}{risorsa.get_absolute_url()}sportello/", domanda)


@pytest.mark.parametrize(("prefisso", "domanda"), [("/ar", {}), ("", {"lingua": "ar"}), ("/en", {"lingua": "ar"})])
def test_in_italiano_e_in_arabo(client, risorsa, prefisso, domanda):
    pagina = sportello(client, risorsa, prefisso, **domanda)
    carta = pagina.context["sportello"]
    assert (carta.lingua, carta.dir) == ("ar", "rtl")
    assert carta.parlo.italiano == PARLO
    assert carta.documenti == [("Passaporto", "جواز السفر"), ("Tessera sanitaria", "")]
    assert "Sportello casa" in pagina.text
    assert 'lang="ar" dir="rtl" class="altra-lingua"' in pagina.text
    assert re.search(r'<ul lang="it" dir="ltr">.*?<bdi lang="ar" dir="rtl">جواز السفر</bdi>', pagina.text, re.S)


def test_in_italiano_soltanto(client, risorsa):
    carta = sportello(client, risorsa).context["sportello"]
    assert (carta.lingua, carta.parlo.italiano, carta.cerco.altra) == ("it", "", "")


@pytest.mark.parametrize("lingua", ["xx", "", "de", "\u0661", "a" * 500])
def test_una_lingua_che_non_abbiamo_e_quella_della_pagina(client, risorsa, lingua):
    assert sportello(client, risorsa, "/fr", lingua=lingua).context["sportello"].lingua == "fr"


def test_le_altre_lingue_si_scelgono(client, risorsa):
    pagina = sportello(client, risorsa, lingua="es").text
    assert re.findall(r'href="\?lingua=([a-z-]+)"', pagina) == ["en", "es", "ar", "fr", "zh-hans"]
    assert re.findall(r'href="\?lingua=([a-z-]+)" rel="nofollow" aria-current', pagina) == ["es"]
    assert "noindex" in pagina


def test_solo_le_schede_pubblicate(come, anna):
    assert sportello(come(anna), RisorsaFactory(stato="bozza")).status_code == 404
