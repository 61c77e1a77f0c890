"""The sitemap: what is public, once in every language, in files that read only their own rows."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from tavolo.views.mappa_sito import PAGINE, ServiziSitemap
from tests.factories import CategoriaFactory, ComuneFactory, EnteFactory, RisorsaFactory

SPAZI = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def voci(client, indirizzo):
    return ElementTree.fromstring(client.get(indirizzo).content).findall("s:*", SPAZI)


def percorsi(client, sezione, **domanda):
    domanda = "&".join(f"{k}={v}" for k, v in domanda.items())
    indirizzi = [v.findtext("s:loc", None, SPAZI) for v in voci(client, f"/sitemap-{sezione}.xml?{domanda}")]
    return [indirizzo.removeprefix("http://testserver") for indirizzo in indirizzi]


def italiani(client, sezione):
    return [p for p in percorsi(client, sezione) if not p.startswith(("/en/", "/es/", "/ar/", "/fr/", "/zh-hans/"))]


def test_robots_la_nomina(client, db):
    assert "Sitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").text


def test_l_indice_porta_a_ogni_sezione(client, db):
    RisorsaFactory()
    indirizzi = [v.findtext("s:loc", None, SPAZI) for v in voci(client, "/sitemap.xml")]
    assert indirizzi == [
        f"http://testserver/sitemap-{s}.xml"
        for s in ("pagine", "servizi", "comuni", "comuni-categorie", "enti", "verbali", "bisogni")
    ]
    assert [client.get(indirizzo).status_code for indirizzo in indirizzi] == [200] * 7


def test_ogni_pagina_in_ogni_lingua_e_con_le_altre(client, db):
    risorsa = RisorsaFactory(slug="sportello")
    trovate = voci(client, "/sitemap-servizi.xml")
    prefissi = {"it": "", "en": "/en", "es": "/es", "ar": "/ar", "fr": "/fr", "zh-hans": "/zh-hans"}
    attesi = {lingua: f"http://testserver{p}/servizi/sportello/" for lingua, p in prefissi.items()}
    assert [v.findtext("s:loc", None, SPAZI) for v in trovate] == list(attesi.values())
    for voce in trovate:
        altre = {a.get("hreflang"): a.get("href") for a in voce.findall("x:link", SPAZI)}
        assert altre == attesi | {"x-default": attesi["it"]}
        assert voce.findtext("s:lastmod", None, SPAZI) == timezone.localdate(risorsa.aggiornato).isoformat()


def test_solo_i_servizi_che_si_offrono(client, db):
    RisorsaFactory(slug="attiva")
    RisorsaFactory(slug="bozza", stato="bozza")
    RisorsaFactory(slug="inventata", esempio=True)
    RisorsaFactory(slug="finita", valida_al=timezone.localdate() - timedelta(days=1))
    assert italiani(client, "servizi") == ["/servizi/attiva/"]


def test_comuni_enti_e_pagine(client, bollate):
    ComuneFactory(nome="Rho", slug="rho", nell_ambito=False)
    EnteFactory(denominazione="Vero", slug="vero")
    EnteFactory(esempio=True)
    assert italiani(client, "comuni") == ["/comuni/bollate/"]
    assert italiani(client, "enti") == ["/tavolo/enti/vero/"]
    trovate = percorsi(client, "pagine")
    assert len(trovate) == len(PAGINE) * 6
    assert {client.get(percorso).status_code for percorso in trovate} == {200}


def test_un_argomento_in_un_comune_solo_dove_c_e_qualcosa(client, bollate, senago):
    casa, salute, _lavoro = (CategoriaFactory(slug=slug) for slug in ("casa", "salute", "lavoro"))
    RisorsaFactory(categorie=[casa], comuni=[bollate])
    RisorsaFactory(categorie=[salute], area_servita="ambito")
    RisorsaFactory(categorie=[casa], comuni=[senago], stato="bozza")
    assert italiani(client, "comuni-categorie") == [
        "/comuni/bollate/casa/",
        "/comuni/bollate/salute/",
        "/comuni/senago/salute/",
    ]


@pytest.mark.parametrize("quante", [1, 30])
def test_le_domande_non_crescono(client, db, django_assert_num_queries, quante):
    RisorsaFactory.create_batch(quante)
    with django_assert_num_queries(4):
        client.get("/sitemap-servizi.xml")


def test_a_file(client, db):
    RisorsaFactory.create_batch(5)
    with patch.object(ServiziSitemap, "limit", 2):
        assert len(voci(client, "/sitemap.xml")) == 6 + 3
        assert [len(percorsi(client, "servizi", p=pagina)) for pagina in (1, 2, 3)] == [12, 12, 6]


@pytest.mark.parametrize(
    "indirizzo",
    ["/sitemap-servizi.xml?p=99", "/sitemap-servizi.xml?p=x", "/sitemap-servizi.xml?p=-1", "/sitemap-x.xml"],
)
def test_quello_che_non_c_e(client, db, indirizzo):
    assert client.get(indirizzo).status_code == 404
