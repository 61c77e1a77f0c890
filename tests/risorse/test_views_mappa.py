"""The map: positions that weigh little, what stands at a point, and the same in a list."""

import os
import subprocess
import sys

import pytest

from risorse.models import Risorsa
from risorse.servizi.punti import punti
from tests.factories import CategoriaFactory, RisorsaFactory, RisorsaInSedeFactory, SedeFactory


@pytest.fixture
def luogo(bollate):
    """`luogo(nome, lat, lon, **sede)`: a published service at a point."""

    def _luogo(nome, lat="45.54000", lon="9.11000", risorsa=None, **sede):
        risorsa = risorsa or RisorsaFactory(nome=nome, comuni=[bollate])
        sede = SedeFactory(ente=risorsa.ente, comune=bollate, latitudine=lat, longitudine=lon, **sede)
        RisorsaInSedeFactory(risorsa=risorsa, sede=sede)
        return risorsa

    return _luogo


def test_i_punti_sono_posizioni_con_quanti_servizi_ognuna_dalla_precedente(luogo):
    luogo("Uno")
    luogo("Due")
    luogo("Tre", lat="45.54003", lon="9.10500")
    assert punti(Risorsa.objects.attive()) == [[4554000, 911000, 2], [3, -500, 1]]


def test_un_luogo_da_verificare_virtuale_o_senza_coordinate_non_ha_punto(luogo):
    luogo("Da verificare", da_verificare=True)
    luogo("Virtuale", tipo="virtuale")
    luogo("Senza", lat=None, lon=None)
    assert punti(Risorsa.objects.attive()) == []


def test_la_risposta_ha_confini_e_punti(client, luogo):
    luogo("Uno")
    dati = client.get("/mappa/punti.json").json()
    assert dati["punti"] == [[4554000, 911000, 1]]
    assert [f["properties"] for f in dati["confini"]["features"]] == [{"nome": "Bollate", "url": "/comuni/bollate/"}]


def test_un_argomento_tiene_solo_i_suoi(client, luogo, bollate):
    salute = CategoriaFactory(slug="salute")
    luogo("Uno", risorsa=RisorsaFactory(nome="Uno", comuni=[bollate], categorie=[salute]))
    luogo("Due", lat="45.60000")
    assert client.get("/mappa/punti.json?categoria=salute").json()["punti"] == [[4554000, 911000, 1]]
    assert len(client.get("/mappa/punti.json?categoria=non-c-e").json()["punti"]) == 2


def test_che_cosa_c_e_in_un_punto(client, luogo):
    uno = luogo("Uno")
    luogo("Lontano", lat="45.60000")
    risposta = client.get("/mappa/luogo.json?lat=4554000&lon=911000").json()
    assert risposta == {
        "altri": False,
        "servizi": [{"nome": "Uno", "lingua": "it", "ente": uno.ente.nome_corto, "url": uno.get_absolute_url()}],
    }


def test_in_un_punto_affollato_se_ne_dicono_venti_e_che_ce_ne_sono_altri(client, luogo):
    for numero in range(21):
        luogo(f"Servizio {numero}")
    risposta = client.get("/mappa/luogo.json?lat=4554000&lon=911000").json()
    assert (len(risposta["servizi"]), risposta["altri"]) == (20, True)


@pytest.mark.parametrize(
    "domanda", ["", "?lat=x&lon=1", "?lat=1", "?lat=99999999999999999999999&lon=1", "?lat=1&lon=-99999999"]
)
def test_un_punto_impossibile_si_rifiuta_in_parole(client, db, domanda):
    risposta = client.get(f"/mappa/luogo.json{domanda}")
    assert (risposta.status_code, risposta.text) == (400, "Il punto della mappa non è valido.")


def test_la_pagina_dice_le_stesse_cose_in_elenco(client, luogo, senago):
    luogo("Uno")
    luogo("Senza", lat=None, lon=None)
    contesto = client.get("/mappa/").context
    assert [(str(c), n) for c, n in contesto["comuni"]] == [("Bollate", 2), ("Senago", 0)]
    assert (contesto["quanti"], contesto["senza_punto"]) == (2, 1)
    assert [(f.comune.nome, f.quanti) for f in contesto["mappa"].forme] == [("Bollate", 2), ("Senago", 0)]


@pytest.mark.parametrize("quanti", [1, 30])
@pytest.mark.parametrize(("percorso", "domande"), [("/mappa/", 5), ("/mappa/punti.json", 4)])
def test_le_domande_al_database_non_crescono(client, luogo, quanti, percorso, domande, django_assert_num_queries):
    for numero in range(quanti):
        luogo(f"Servizio {numero}", lat=f"45.5{numero:04}")
    client.get(percorso)  # reads which service answers to what, once for every content version
    with django_assert_num_queries(domande):
        client.get(percorso)


def test_senza_indirizzo_delle_mattonelle_la_politica_resta_chiusa(client, db):
    assert "img-src 'self' data:;" in client.get("/mappa/")["Content-Security-Policy"] + ";"


def test_con_le_mattonelle_si_apre_solo_il_loro_host(tmp_path):
    """Settings are read once: another process reads them with the variable set."""
    codice = "from tavolo import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
    ambiente = os.environ | {"MAPPA_TILE_URL": "https://{s}.tile.example.org/{z}/{x}/{y}.png"}
    esito = subprocess.run([sys.executable, "-c", codice], env=ambiente, capture_output=True, text=True, check=True)
    assert esito.stdout.strip().endswith("'data:', 'https://*.tile.example.org']")


def test_senza_servizi_non_c_e_un_elenco_da_guardare(client, db):
    assert "Guarda tutti" not in client.get("/mappa/").text
