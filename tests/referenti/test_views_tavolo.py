"""The page of the Tavolo."""

import re

import pytest

from tests.factories import (
    ArticoloFactory,
    EnteFactory,
    IncaricoFactory,
    ProtocolloFactory,
    SeggioFactory,
    SottoscrizioneFactory,
    TappaFactory,
)

QUERY = 10  # two are the savepoint of ATOMIC_REQUESTS


def mondo(quanti):
    """Rows behind every query and prefetch of the page."""
    for n in range(quanti):
        ente = EnteFactory(ruolo="aderente")
        EnteFactory(ruolo="rete", padre=ente)
        IncaricoFactory(seggio__ente=ente)
        SeggioFactory(ente=ente, area="minori")
        TappaFactory(dal="2022-01", ordine=n)
        protocollo = ProtocolloFactory()
        ArticoloFactory(protocollo=protocollo)
        SottoscrizioneFactory(protocollo=protocollo, ente=ente)


@pytest.mark.parametrize("quanti", [1, 30])
def test_query_costanti(client, db, django_assert_num_queries, quanti):
    mondo(quanti)

    with django_assert_num_queries(QUERY):
        client.get("/tavolo/")


def test_gli_enti_per_tipo_con_le_loro_unita(client, db):
    senago = EnteFactory(denominazione="Comune di Senago", tipo="comune", ruolo="aderente", ordine=2)
    asst = EnteFactory(denominazione="ASST", tipo="asst", ruolo="sottoscrittore", ordine=3)
    bollate = EnteFactory(denominazione="Comune di Bollate", tipo="comune", ruolo="aderente", ordine=1)
    EnteFactory(denominazione="Consultorio", tipo="unita", ruolo="rete", padre=asst)
    EnteFactory(denominazione="Estraneo", ruolo="nessuno")

    risposta = client.get("/tavolo/")

    assert risposta.context["gruppi"] == [("I comuni", [bollate, senago]), ("La sanità pubblica", [asst])]
    for slug in ("comune-di-senago", "comune-di-bollate", "asst", "consultorio"):
        assert f'href="/tavolo/enti/{slug}/"' in risposta.text
    assert "Estraneo" not in risposta.text


def test_i_seggi_per_area_coperti_e_vacanti(client, db):
    coperto = IncaricoFactory(seggio__ordine=1, seggio__area="comuni").seggio
    scaduto = IncaricoFactory(seggio__ordine=2, seggio__area="comuni", dal="2020-01-01", al="2020-12-31").seggio
    vacante = SeggioFactory(ordine=3, area="sanita")
    SeggioFactory(ordine=4, attivo=False)

    risposta = client.get("/tavolo/")

    assert risposta.context["aree"] == [("Comuni", [coperto, scaduto]), ("Salute", [vacante])]
    assert [s.coperto for _area, seggi in risposta.context["aree"] for s in seggi] == [True, False, False]
    assert (risposta.context["seggi_coperti"], risposta.context["seggi_totali"]) == (1, 3)
    assert "1 di 3" in risposta.text
    assert (risposta.text.count(">coperto<"), risposta.text.count(">vacante<")) == (1, 2)


@pytest.mark.parametrize("indirizzo", ["/tavolo/", "/tavolo/enti/comune-di-bollate/", "/tavolo/incontri/"])
def test_nessun_nome_di_persona_in_pubblico(client, bruno, indirizzo):
    testo = client.get(indirizzo).text

    assert [parola for parola in ("Bruno", "bruno@example.org", str(bruno.pk)) if parola in testo] == []


def test_il_protocollo_con_gli_articoli_e_chi_ha_firmato(client, comune_di_bollate):
    protocollo = ProtocolloFactory(titolo="Protocollo di prova", data="2022-09", fonte="Il documento")
    ArticoloFactory(protocollo=protocollo, numero=1, titolo="Obiettivo", testo="Facilitare.")
    SottoscrizioneFactory(protocollo=protocollo, ente=comune_di_bollate, data="2022-09")

    testo = client.get("/tavolo/").text

    for atteso in ("settembre 2022", "Facilitare.", "Art. 1 – Obiettivo", "Comune di Bollate", "Il documento"):
        assert atteso in testo


@pytest.mark.parametrize(
    ("dal", "al", "scritto"),
    [
        ("2022-01", "2022-09", "Da gennaio 2022 a settembre 2022"),
        ("2022-09", "2022-09", "Settembre 2022"),
        ("2022", "", "Da 2022"),
        ("", "2022", "Fino a 2022"),
        ("", "", "da verificare"),
    ],
)
def test_le_tappe_dicono_quando_o_che_non_si_sa(client, db, dal, al, scritto):
    tappa = TappaFactory(dal=dal, al=al)

    risposta = client.get("/tavolo/")

    assert list(risposta.context["tappe"]) == [tappa]
    assert scritto in risposta.text


def test_le_ancore_non_si_ripetono(client, db):
    ProtocolloFactory(titolo="Protocollo")
    ProtocolloFactory(titolo="Seggi")

    ancore = re.findall(r'\bid="([^"]+)"', client.get("/tavolo/").text)

    assert sorted(ancore) == sorted(set(ancore))


def test_vuoto_lo_dice(client, db):
    testo = client.get("/tavolo/").text

    assert "La rete non ha ancora enti." in testo
    assert "I posti al Tavolo non sono ancora stati decisi." in testo
    assert 'id="protocollo"' not in testo


@pytest.mark.parametrize(("lingua", "dir_"), [("en", "ltr"), ("ar", "rtl")])
def test_in_ogni_lingua(client, db, lingua, dir_):
    mondo(1)

    risposta = client.get(f"/{lingua}/tavolo/")

    assert risposta.status_code == 200
    assert f'<html lang="{lingua}" dir="{dir_}"' in risposta.text
