"""The text one sends on: it stands alone, in the language of the page."""

import re
from datetime import time
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from tests.factories import (
    ContattoFactory,
    DocumentoRichiestoFactory,
    EnteFactory,
    LinguaFactory,
    LinguaParlataFactory,
    OrarioFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
    TraduzioneFactory,
)


@pytest.fixture
def risorsa(bollate):
    risorsa = RisorsaFactory(
        nome="Sportello casa",
        in_breve="Aiuto & ascolto.",
        ente=EnteFactory(denominazione="La Rotonda"),
        costo="gratuito",
    )
    sede = SedeFactory(nome="Municipio", indirizzo="piazza Moro 1", cap="20021", comune=bollate)
    RisorsaInSedeFactory(risorsa=risorsa, sede=sede, nota="stanza 2")
    ContattoFactory(ente=None, risorsa=risorsa, valore="02 5550001", etichetta="centralino")
    arabo = LinguaFactory(nome="Arabo", nome_proprio="العربية")
    LinguaParlataFactory(risorsa=risorsa, lingua=arabo, con_mediatore=True)
    risorsa.documenti.add(DocumentoRichiestoFactory(nome="Passaporto"))
    OrarioFactory(risorsa=risorsa, giorno=1, dalle=time(9), alle=time(12, 30))
    return risorsa


def condivisione(client, risorsa, prefisso=""):
    return client.get(prefisso + risorsa.get_absolute_url()).context["condivisione"]


def test_il_testo_basta_da_solo(client, risorsa):
    pagina = client.get(risorsa.get_absolute_url())
    oggi = date_format(timezone.localdate(), "DATE_FORMAT")
    testo = (
        "Sportello casa\nLa Rotonda\nAiuto & ascolto.\n\n"
        "Dove: Municipio, stanza 2, piazza Moro 1, 20021 Bollate\n"
        "Orari: lun 9:00–12:30\n"
        "Telefono: 02 5550001 (centralino)\n"
        "Lingue parlate: العربية (Arabo), con mediatrice o mediatore\n"
        "Quanto costa: Gratis\n"
        "Che cosa portare: Passaporto\n\n"
        f"Valido al {oggi}\nhttp://testserver{risorsa.get_absolute_url()}"
    )
    (area,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", pagina.text, re.S)
    assert unescape(area) == testo
    (whatsapp,) = re.findall(r'href="(https://wa.me/[^"]*)"', pagina.text)
    assert parse_qs(urlsplit(unescape(whatsapp)).query) == {"text": [testo]}
    (email,) = re.findall(r'href="(mailto:\?[^"]*)"', pagina.text)
    dentro = parse_qs(urlsplit(unescape(email)).query)
    assert dentro == {"subject": ["Sportello casa"], "body": [testo.replace("\n", "\r\n")]}


def test_nella_lingua_della_pagina(client, risorsa):
    TraduzioneFactory(oggetto=risorsa, campo="nome", lingua="en", testo="Housing desk", stato="verificata")
    indirizzo = f"http://testserver/en{risorsa.get_absolute_url()}"
    righe = condivisione(client, risorsa, "/en").testo.split("\n")
    assert (righe[0], righe[-1]) == ("Housing desk", indirizzo)


def test_quello_che_non_si_sa_non_si_inventa(client, db):
    testo = condivisione(client, RisorsaFactory(costo="non-noto", esempio=True)).testo
    assert "Orari: Da verificare." in testo
    assert "Dati di esempio." in testo
    assert [parola for parola in ("Dove:", "Quanto costa", "Lingue", "Telefono") if parola in testo] == []


def test_una_bozza_non_si_manda_in_giro(come, anna):
    pagina = come(anna).get(RisorsaFactory(stato="bozza").get_absolute_url()).text
    assert "wa.me" not in unquote(pagina)
    assert "sportello/" not in pagina
