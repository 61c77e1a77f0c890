"""Whatever is written in the address of the API: an answer, quick and clear, never a failure."""

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from risorse.hsds.openapi import schemi
from risorse.hsds.parametri import PER_ELENCO, PER_PAGINA_MASSIMO
from tests import factories as f
from tests.risorse.hsds.schema import errori

API = "/api/hsds/v3/"
OSTILI = (
    *("", " ", "0", "-1", "1e9", "99999999999999999999999", "NaN", "inf", "١٢", "½", "true", "null", "2026-02-30"),
    *(
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
        "25:00",
        "24:00",
        "00000",
        "2002",
        "MO,TU",
        "MOX",
        "xml",
    ),
    *(
        "' OR 1=1 --",
        '"; DROP TABLE',
        "NEAR(a b)",
        "a AND",
        "*",
        "%",
        "\\",
        "(",
        "x" * 10_000,
        "è" * 300,
        "\ud83d\ude00",
        "../..",
    ),
)


@pytest.mark.parametrize("nome", sorted({nome for nomi in PER_ELENCO.values() for nome in nomi}))
def test_valori_ostili_in_ogni_parametro(client, db, nome):
    f.RisorsaFactory(categorie=[f.CategoriaFactory()])
    f.ComuneFactory(cap="00000")
    for elenco in PER_ELENCO:
        for valore in OSTILI:
            risposta = client.get(
                f"{API}{elenco}", {nome: valore.encode("utf-8", "surrogatepass"), "postcode": "00000"}
            )
            assert risposta.status_code in (200, 400), (elenco, nome, valore)
            if risposta.status_code == 400:
                problema = json.loads(risposta.content)
                assert errori(problema, schemi()["Problem"]) == []
                assert list(problema["errors"]) == [nome]


@given(
    st.dictionaries(
        st.sampled_from(sorted({nome for nomi in PER_ELENCO.values() for nome in nomi} - {"format"})),
        st.one_of(
            st.text(max_size=40),
            st.integers().map(str),
            st.datetimes().map(str),
            st.uuids().map(str),
            st.times().map(str),
        ),
        max_size=4,
    ),
    st.sampled_from(sorted(PER_ELENCO)),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_qualunque_domanda_ha_una_risposta(db, domanda, elenco):
    risposta = Client().get(f"{API}{elenco}", domanda)
    assert risposta.status_code in (200, 400)
    if risposta.status_code == 200:
        assert errori(json.loads(risposta.content), schemi()["Page"]) == []


def test_una_pagina_ha_un_massimo(client, db):
    f.RisorsaFactory()
    assert json.loads(client.get(f"{API}services?per_page=1000000").content)["size"] == 1
    assert client.get(f"{API}services?per_page={PER_PAGINA_MASSIMO}").status_code == 200


def test_un_errore_dice_quali_parametri_e_perche(client, db):
    risposta = client.get(f"{API}services?page=-1&proximity=5&full=forse")
    assert (risposta.status_code, risposta["Content-Type"]) == (400, "application/problem+json")
    assert risposta["Access-Control-Allow-Origin"] == "*"
    assert json.loads(risposta.content)["errors"] == {
        "page": "un numero intero, da 1 in su",
        "full": "true, false",
        "proximity": "serve anche postcode",
    }


def test_un_byte_nullo_e_rifiutato(client, db):
    assert client.get(f"{API}services?search=%00").status_code == 400
