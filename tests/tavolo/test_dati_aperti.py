"""Open data: what is published, in the forms the standards ask for, and nothing else."""

import csv
import io
import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, URIRef

from tavolo.servizi.dati.catalogo import DATASET, DCATAPIT, LICENZA
from tests.factories import (
    CategoriaFactory,
    ContattoFactory,
    EnteFactory,
    IncontroFactory,
    IndicatoreFactory,
    OrarioFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
)

FILE = (
    *("servizi.csv", "luoghi.csv", "servizi.geojson", "enti.csv", "indicatori.csv", "calendario.ics", "catalogo.ttl"),
)
RADICE = "http://testserver"


def leggi(risposta):
    return b"".join(risposta.streaming_content) if risposta.streaming else risposta.content


def tabella(client, nome):
    testo = leggi(client.get(f"/dati/{nome}.csv")).decode()
    assert testo.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(testo, newline=""), strict=True))


@pytest.fixture
def sportello(bollate):
    salute, casa = CategoriaFactory(slug="salute"), CategoriaFactory(slug="casa")
    risorsa = RisorsaFactory(
        nome='Sportello, "uno"', categorie=[salute, casa], comuni=[bollate], verificata_il=date(2026, 11, 3)
    )
    sede = SedeFactory(
        ente=risorsa.ente, comune=bollate, indirizzo="via di Esempio 1", latitudine="45.54000", longitudine="9.11000"
    )
    RisorsaInSedeFactory(risorsa=risorsa, sede=sede)
    ContattoFactory(ente=None, risorsa=risorsa, valore="02 000 000011")
    ContattoFactory(ente=None, risorsa=risorsa, valore="+39 02 000 000012", da_verificare=True)
    OrarioFactory(risorsa=risorsa)
    return risorsa


def test_una_riga_per_servizio_con_piu_valori_in_una_cella(client, sportello):
    (riga,) = tabella(client, "servizi")
    assert (riga["id"], riga["nome"]) == (str(sportello.pk), 'Sportello, "uno"')
    assert (riga["categorie"], riga["comuni_serviti"]) == ("salute|casa", "bollate")
    assert (riga["telefoni"], riga["orari"]) == ("02 000 000011", "lun 9:00–12:30")
    assert (riga["verificato_il"], riga["esempio"]) == ("2026-11-03", "no")
    assert riga["indirizzo_pagina"] == RADICE + sportello.get_absolute_url()


def test_quello_che_non_e_pubblico_resta_fuori(client, sportello, bollate):
    RisorsaFactory(nome="Bozza", stato="bozza", comuni=[bollate])
    RisorsaFactory(nome="Finita", valida_al=date(2020, 1, 1), comuni=[bollate])
    nascosta = SedeFactory(ente=sportello.ente, comune=bollate, da_verificare=True)
    RisorsaInSedeFactory(risorsa=sportello, sede=nascosta)
    assert [riga["nome"] for riga in tabella(client, "servizi")] == ['Sportello, "uno"']
    assert len(tabella(client, "luoghi")) == 1


def test_una_formula_esce_disarmata(client, bollate):
    RisorsaFactory(nome="=HYPERLINK(1)", comuni=[bollate])
    assert [riga["nome"] for riga in tabella(client, "servizi")] == ["'=HYPERLINK(1)"]


def test_i_luoghi_come_tabella_e_come_punti(client, sportello):
    (riga,) = tabella(client, "luoghi")
    assert (riga["latitudine"], riga["longitudine"], riga["codice_istat"]) == ("45.54000", "9.11000", "015027")
    risposta = client.get("/dati/servizi.geojson")
    dati = json.loads(leggi(risposta))
    assert dati["type"] == "FeatureCollection"
    (punto,) = dati["features"]
    assert punto["geometry"] == {"type": "Point", "coordinates": [9.11, 45.54]}
    assert punto["properties"]["categorie"] == ["salute", "casa"]


def test_enti_e_numeri_hanno_le_loro_tabelle(client, bollate):
    asst = EnteFactory(denominazione="ASST", tipo="asst", nota_interna="Da non dire")
    EnteFactory(denominazione="Consultorio", tipo="unita", padre=asst)
    IndicatoreFactory(comune=bollate, valore=100, fonte="ISTAT")
    righe = tabella(client, "enti")
    assert [(r["denominazione"], r["fa_parte_di"]) for r in righe] == [("ASST", ""), ("Consultorio", "ASST")]
    assert "Da non dire" not in leggi(client.get("/dati/enti.csv")).decode()
    (numero,) = tabella(client, "indicatori")
    assert (numero["comune"], numero["fonte"], numero["data_di_riferimento"]) == ("Bollate", "ISTAT", "2022-01-01")


def test_il_calendario_ha_gli_incontri_pubblici_e_le_lezioni(client, bollate):
    inizio = datetime(2026, 12, 9, 10, tzinfo=ZoneInfo("Europe/Rome"))
    IncontroFactory(titolo="Pubblico", pubblico=True, inizio=inizio, collegamento="https://call.example.org/segreta")
    IncontroFactory(titolo="Riservato", inizio=inizio)
    corso = RisorsaFactory(nome="Corso di italiano", tipo="corso", comuni=[bollate], aperta_nei_festivi=True)
    domani = timezone.localdate() + timedelta(days=1)
    OrarioFactory(risorsa=corso, giorno=domani.isoweekday(), dalle=time(9), alle=time(11))
    testo = leggi(client.get("/dati/calendario.ics"))
    eventi = [(str(e["summary"]), e["dtstart"].dt) for e in Calendar.from_ical(testo).walk("VEVENT")]
    lezioni = [quando for titolo, quando in eventi if titolo == "Corso di italiano"]
    assert [titolo for titolo, _ in eventi if titolo != "Corso di italiano"] == ["Pubblico"]
    assert lezioni[0] == datetime.combine(domani, time(9), ZoneInfo("Europe/Rome"))
    assert len(lezioni) in (8, 9)
    assert b"segreta" not in testo
    assert len({str(e["uid"]) for e in Calendar.from_ical(testo).walk("VEVENT")}) == len(eventi)


def test_il_catalogo_ha_le_proprieta_obbligatorie_di_dcat_ap_it(client, sportello):
    grafo = Graph().parse(data=leggi(client.get("/dati/catalogo.ttl")), format="turtle")
    obbligatorie = {
        DCATAPIT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.modified, DCAT.dataset),
        DCATAPIT.Dataset: (
            *(DCTERMS.identifier, DCTERMS.title, DCTERMS.description, DCTERMS.modified, DCAT.theme),
            *(DCTERMS.rightsHolder, DCTERMS.accrualPeriodicity, DCAT.distribution),
        ),
        DCATAPIT.Distribution: (DCTERMS.format, DCAT.accessURL, DCTERMS.license),
        DCATAPIT.Agent: (DCTERMS.identifier, FOAF.name),
    }
    mancanti = [
        (soggetto, proprieta)
        for tipo, tutte in obbligatorie.items()
        for soggetto in grafo.subjects(RDF.type, tipo)
        for proprieta in tutte
        if (soggetto, proprieta, None) not in grafo
    ]
    assert mancanti == []
    assert len(set(grafo.subjects(RDF.type, DCATAPIT.Dataset))) == len(DATASET)
    assert set(grafo.objects(None, DCTERMS.license)) == {URIRef(LICENZA)}


def test_ogni_indirizzo_del_catalogo_risponde(client, sportello):
    grafo = Graph().parse(data=leggi(client.get("/dati/catalogo.ttl")), format="turtle")
    indirizzi = sorted(str(uno).removeprefix(RADICE) for uno in set(grafo.objects(None, DCAT.accessURL)))
    assert len(indirizzi) == sum(len(uno.distribuzioni) for uno in DATASET)
    assert {indirizzo: client.get(indirizzo).status_code for indirizzo in indirizzi} == dict.fromkeys(indirizzi, 200)


@pytest.mark.parametrize("nome", FILE)
def test_chi_ha_gia_il_file_riceve_solo_la_conferma(client, sportello, nome):
    prima = client.get(f"/dati/{nome}")
    assert prima["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"/dati/{nome}", headers={"if-none-match": prima["ETag"]}).status_code == 304
    sportello.save()
    assert client.get(f"/dati/{nome}", headers={"if-none-match": prima["ETag"]}).status_code == 200


@pytest.mark.parametrize("quanti", [1, 30])
@pytest.mark.parametrize(("nome", "domande"), [("servizi.csv", 19), ("luoghi.csv", 19), ("servizi.geojson", 19)])
def test_le_domande_al_database_non_crescono(client, bollate, nome, domande, quanti, django_assert_num_queries):
    for _ in range(quanti):
        risorsa = RisorsaFactory(comuni=[bollate], categorie=[CategoriaFactory()])
        RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(ente=risorsa.ente, comune=bollate))
        ContattoFactory(ente=None, risorsa=risorsa)
        OrarioFactory(risorsa=risorsa)
    with django_assert_num_queries(domande):
        leggi(client.get(f"/dati/{nome}"))


def test_i_file_sono_in_italiano_anche_dopo_una_pagina_in_un_altra_lingua(client, sportello):
    client.get("/en/dati/")
    assert tabella(client, "servizi")[0]["orari"] == "lun 9:00–12:30"


def test_la_pagina_porta_a_ogni_file(client, sportello):
    testo = client.get("/dati/").text
    assert [nome for nome in FILE if f'href="/dati/{nome}"' not in testo] == []
    assert "/api/hsds/v3/datapackage.zip" in testo


def test_l_interfaccia_porta_ai_servizi_e_non_si_dice_un_file_da_scaricare(client, sportello):
    pagina = client.get("/dati/").text
    voce = pagina.partition('<a href="/api/hsds/v3/services" type="application/json">')[2].partition("</a>")[0]
    assert ("JSON" in voce, "it-download" in voce) == (True, False)
    assert client.get("/api/hsds/v3/services").json()["contents"][0]["name"] == sportello.nome
    grafo = Graph().parse(data=leggi(client.get("/dati/catalogo.ttl")), format="turtle")
    assert f"{RADICE}/api/hsds/v3/services" not in {str(uno) for uno in grafo.objects(None, DCAT.downloadURL)}
