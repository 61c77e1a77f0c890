"""Published meetings in the shape of OParl 1.1."""

import json

import pytest
from django.utils import timezone

from tests.factories import EnteFactory
from tests.incontri.pubblicati import SEGRETE, pubblica

RADICE = "http://testserver/api/oparl/v1.1/"
TIPO = "https://schema.oparl.org/1.1/"
# What OParl 1.1 asks of each kind of object (schema/*.json of the specification, `required`).
RICHIESTI = {
    "System": {"id", "type", "oparlVersion", "body"},
    "Body": {"id", "type", "name", "organization", "person", "meeting", "paper", "legislativeTerm"},
    "Meeting": {"id", "type", "body", "name", "start", "agendaItem", "resultsProtocol", "created", "modified"},
    "AgendaItem": {"id", "type"},
    "File": {"id", "type", "accessUrl", "created", "modified"},
    "Organization": {"id", "type", "body", "name", "created", "modified"},
}


@pytest.fixture
def ente(db):
    return EnteFactory(denominazione="Comune di Prova", ruolo="aderente")


@pytest.fixture
def incontro(ente):
    return pubblica(ente=ente)


def leggi(client, indirizzo):
    risposta = client.get(indirizzo)
    assert (risposta.status_code, risposta["Content-Type"]) == (200, "application/json")
    assert risposta["Access-Control-Allow-Origin"] == "*"
    return json.loads(risposta.content)


def manca(oggetto):
    return RICHIESTI[oggetto["type"].removeprefix(TIPO)] - set(oggetto)


def test_dal_sistema_si_arriva_a_tutto_e_ogni_id_si_legge(client, incontro):
    sistema = leggi(client, RADICE)
    corpo = leggi(client, sistema["body"])["data"][0]
    incontri = leggi(client, corpo["meeting"])["data"]
    enti = leggi(client, corpo["organization"])["data"]
    uno = incontri[0]
    oggetti = [sistema, corpo, *incontri, *enti, *uno["agendaItem"], uno["resultsProtocol"]]

    assert [(o["type"], manca(o)) for o in oggetti if manca(o)] == []
    assert [leggi(client, o["id"])["id"] for o in oggetti] == [o["id"] for o in oggetti]
    assert uno["organization"] == [enti[0]["id"]]
    assert [leggi(client, corpo[nome])["data"] for nome in ("person", "paper", "legislativeTermList")] == [[], [], []]


def test_la_decisione_e_l_esito(client, incontro):
    (punto,) = leggi(client, f"{RADICE}meeting/{incontro.pk}/")["agendaItem"]

    assert {nome: punto[nome] for nome in ("number", "name", "public", "result", "resolutionText")} == {
        "number": "1",
        "name": "Mediazione nelle scuole",
        "public": True,
        "result": "All'unanimità",
        "resolutionText": "Si apre uno sportello.",
    }


@pytest.mark.parametrize("pezzo", ["", "body/", "meeting/", "organization/", "agenda-item/", "file/"])
def test_niente_di_interno(client, incontro, pezzo):
    testo = client.get(RADICE + pezzo).text
    assert [parola for parola in SEGRETE if parola in testo] == []


@pytest.mark.parametrize("quanti", [1, 3])
@pytest.mark.parametrize(("pezzo", "interrogazioni"), [("meeting/", 8), ("agenda-item/", 6), ("file/", 6)])
def test_le_interrogazioni_di_un_elenco_non_crescono(
    client, db, quanti, pezzo, interrogazioni, django_assert_num_queries
):
    for numero in range(quanti):
        pubblica(titolo=f"Incontro {numero}", giorno=(2026, 3, numero + 1))

    with django_assert_num_queries(interrogazioni):
        assert len(leggi(client, RADICE + pezzo)["data"]) == quanti


def test_un_incontro_non_pubblicato_non_c_e(client, incontro, ente):
    risposta = client.get(f"{RADICE}meeting/{ente.pk}/")

    assert (risposta.status_code, json.loads(risposta.content)["type"]) == (404, f"{TIPO}Error")


def test_i_filtri_di_ogni_elenco(client, incontro):
    domani = (timezone.now() + timezone.timedelta(days=1)).isoformat()
    elenco = f"{RADICE}meeting/"

    quanti = [
        len(json.loads(client.get(elenco, {nome: domani}).content)["data"])
        for nome in ("created_since", "created_until", "modified_since", "modified_until")
    ]

    assert quanti == [0, 1, 0, 1]


@pytest.mark.parametrize(
    "domanda", [{"created_since": "ieri"}, {"created_since": "2026-01-01T10:00:00"}, {"page": "x"}]
)
def test_un_filtro_che_non_si_capisce(client, incontro, domanda):
    risposta = client.get(f"{RADICE}meeting/", domanda)

    assert (risposta.status_code, json.loads(risposta.content)["type"]) == (400, f"{TIPO}Error")


def test_le_pagine(client, db):
    for numero in range(51):
        EnteFactory(ruolo="aderente", ordine=numero)

    prima = leggi(client, f"{RADICE}organization/")
    seconda = leggi(client, prima["links"]["next"])

    assert (len(prima["data"]), len(seconda["data"])) == (50, 1)
    assert prima["pagination"] == {"totalElements": 51, "elementsPerPage": 50, "currentPage": 1, "totalPages": 2}
    assert "next" not in seconda["links"]
