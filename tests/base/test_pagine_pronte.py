"""Pages kept ready: the same for everybody, right as soon as the content changes, never somebody's own."""

import gzip

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from tavolo.base import contenuto, pagine_pronte
from tavolo.base.pagine_pronte import PaginePronte
from tests.factories import RisorsaFactory


@pytest.fixture
def portale(db):
    """`portale(path, **headers)` asks the WSGI application: gives status, headers, body; `.chieste` counts Django's share."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    django, fabbrica = WSGIHandler(), RequestFactory()

    def conta(environ, start_response):
        chiedi.chieste.append(environ["PATH_INFO"])
        return django(environ, start_response)

    chiedi_a = PaginePronte(conta, 10_000_000)

    def chiedi(percorso, metodo="GET", **intestazioni):
        avvio = []
        environ = fabbrica.generic(metodo, percorso, **intestazioni).environ
        risposta = chiedi_a(environ, lambda *argomenti: avvio.extend(argomenti))
        corpo = b"".join(risposta)
        if hasattr(risposta, "close"):
            risposta.close()
        return int(avvio[0][:3]), dict(avvio[1]), corpo

    chiedi.chieste, chiedi.pagine = [], chiedi_a
    yield chiedi
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_la_seconda_volta_django_non_lavora(portale):
    prima, seconda = portale("/servizi/"), portale("/servizi/")
    assert (prima[0], prima[2]) == (200, seconda[2])
    assert portale.chieste == ["/servizi/"]


def test_dopo_un_cambiamento_la_pagina_e_quella_nuova(portale):
    RisorsaFactory(nome="Sportello uno")
    assert b"Sportello due" not in portale("/servizi/")[2]
    RisorsaFactory(nome="Sportello due")
    assert b"Sportello due" in portale("/servizi/")[2]


def test_una_pagina_vive_un_minuto(portale, monkeypatch):
    portale("/servizi/")
    adesso = pagine_pronte.time.monotonic()
    monkeypatch.setattr(pagine_pronte.time, "monotonic", lambda: adesso + 59)
    portale("/servizi/")
    monkeypatch.setattr(pagine_pronte.time, "monotonic", lambda: adesso + 61)
    portale("/servizi/")
    assert len(portale.chieste) == 2


@pytest.mark.parametrize(
    ("percorso", "intestazioni"),
    [
        ("/servizi/", {"HTTP_COOKIE": "sessionid=x"}),
        ("/servizi/", {"HTTP_COOKIE": "messages=x"}),
        ("/non-c-e/", {}),
        ("/area/", {}),
        ("/accesso/entra/", {}),
        (f"/servizi/?q={'x' * 2000}", {}),
        ("/servizi/?q=quisquilia", {}),  # found nothing: every asking is counted
        ("/servizi/?lat=45.5&lon=9.1", {}),
    ],
)
def test_quello_che_e_di_uno_solo_non_si_tiene(portale, percorso, intestazioni):
    portale(percorso, **intestazioni)
    portale(percorso, **intestazioni)
    assert (len(portale.chieste), len(portale.pagine.pagine)) == (2, 0)


def test_chi_ha_una_sessione_non_riceve_la_pagina_di_tutti(portale):
    portale("/servizi/")
    portale("/servizi/", HTTP_COOKIE="sessionid=x")
    assert len(portale.chieste) == 2


def test_un_invio_passa_sempre(portale):
    portale("/servizi/", metodo="POST")
    portale("/servizi/", metodo="POST")
    assert len(portale.chieste) == 2


def test_lingue_e_domande_sono_pagine_diverse(portale):
    assert b'lang="it"' in portale("/servizi/")[2]
    assert b'lang="ar"' in portale("/ar/servizi/")[2]
    portale("/servizi/?q=casa")
    assert len(portale.chieste) == 3


@pytest.mark.parametrize(
    ("accetta", "codifica", "apri"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_esce_compressa_come_la_si_accetta(portale, accetta, codifica, apri):
    intera = portale("/servizi/")[2]
    _, intestazioni, corpo = portale("/servizi/", HTTP_ACCEPT_ENCODING=accetta)
    assert (intestazioni.get("Content-Encoding"), apri(corpo)) == (codifica, intera)
    assert intestazioni["Content-Length"] == str(len(corpo))


def test_chi_ha_gia_la_pagina_riceve_solo_la_conferma(portale):
    _, intestazioni, _ = portale("/servizi/")
    stato, dopo, corpo = portale("/servizi/", HTTP_IF_NONE_MATCH=intestazioni["ETag"])
    assert (stato, corpo, dopo["ETag"]) == (304, b"", intestazioni["ETag"])
    assert portale("/servizi/", HTTP_IF_NONE_MATCH='"altra"')[0] == 200


def test_una_richiesta_head_ha_le_intestazioni_e_niente_corpo(portale):
    intera = portale("/servizi/")[2]
    stato, intestazioni, corpo = portale("/servizi/", metodo="HEAD")
    assert (stato, corpo, intestazioni["Content-Length"]) == (200, b"", str(len(intera)))


def test_la_politica_dei_contenuti_esce_anche_dalla_pagina_tenuta(portale):
    prima, dopo = portale("/servizi/")[1], portale("/servizi/")[1]
    assert dopo["Content-Security-Policy"] == prima["Content-Security-Policy"]
    assert "nonce" not in dopo["Content-Security-Policy"]


def test_la_memoria_ha_un_limite(portale):
    portale("/servizi/")
    portale.pagine.massimo = portale.pagine.peso + 10
    portale("/servizi/?q=uno")
    portale("/servizi/?q=due")
    assert portale.pagine.peso <= portale.pagine.massimo
    assert portale.pagine.peso == sum(p.peso for p in portale.pagine.pagine.values())


def test_senza_la_versione_risponde_django(portale, monkeypatch):
    monkeypatch.setattr(pagine_pronte, "_versione", lambda: None)
    assert portale("/robots.txt")[0] == 200
    assert len(portale.pagine.pagine) == 0


@pytest.mark.django_db(transaction=True)
def test_se_il_database_non_risponde_la_versione_non_c_e(monkeypatch):
    monkeypatch.setattr(pagine_pronte, "_VERSIONE", "SELECT numero FROM non_c_e")
    assert pagine_pronte._versione() is None


def test_la_versione_letta_e_quella_del_contenuto(db):
    RisorsaFactory()
    assert pagine_pronte._versione() == contenuto.versione() > 0
