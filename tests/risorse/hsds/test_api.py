"""The HSDS API: every list and every detail against our schemas, parameters, language, copies kept by others."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from risorse.hsds.openapi import TABELLA_DI, schemi
from risorse.hsds.righe.termini import TASSONOMIE
from risorse.models import Contatto, Risorsa
from tavolo.base.contenuto import versione
from tests import factories as f
from tests.risorse.hsds.schema import errori, errori_di

API = "/api/hsds/v3/"


@pytest.fixture
def leggi(client):
    def _leggi(indirizzo, stato=200, **intestazioni):
        risposta = client.get(API + indirizzo, **intestazioni)
        assert risposta.status_code == stato, risposta.content
        assert risposta["Access-Control-Allow-Origin"] == "*"
        return json.loads(risposta.content) if risposta.content else None

    return _leggi


def test_la_radice_dice_la_versione_e_dove_e_il_documento(leggi, client, db):
    radice = leggi("")
    assert radice["version"].startswith("3.")
    assert radice["profile"].startswith("https://")
    assert radice["openapi_url"] == "http://testserver/api/hsds/v3/openapi.json"
    assert json.loads(client.get("/api/hsds/v3").content) == radice


def test_il_documento_openapi_parla_di_tutti_gli_indirizzi(leggi, db):
    documento = leggi("openapi.json")
    assert set(documento["paths"]) == {"/"} | {f"/{n}" for n in TABELLA_DI} | {f"/{n}/{{id}}" for n in TABELLA_DI}
    citati = json.dumps(documento["paths"])
    for nome in documento["components"]["parameters"]:
        assert f"#/components/parameters/{nome}" in citati


@pytest.mark.parametrize(
    "domanda", ["", "?full=true", "?full_service=true", "?minimal=true", "?lang=en", "?lang=ar&full=1"]
)
@pytest.mark.parametrize(("elenco", "tabella"), TABELLA_DI.items())
def test_ogni_elenco_e_ogni_scheda_rispettano_lo_schema(leggi, rubrica, elenco, tabella, domanda):
    pagina = leggi(elenco + domanda)
    assert errori(pagina, schemi()["Page"]) == []
    assert pagina["size"] == len(pagina["contents"]) > 0
    for oggetto in pagina["contents"]:
        assert errori_di(tabella, oggetto) == []
        assert errori_di(tabella, leggi(f"{elenco}/{oggetto['id']}")) == []
    assert "segret" not in json.dumps(pagina)


def test_un_servizio_in_una_sede_passa_anche_come_servizio(leggi, rubrica):
    for riga in leggi("service_at_locations")["contents"]:
        assert errori_di("service", leggi(f"service_at_locations/{riga['id']}")) == []


def test_le_pagine_dicono_dove_sono(leggi, rubrica):
    quanti = len(rubrica.pubbliche)
    prima, ultima, oltre = (leggi(f"services?per_page=5&page={n}") for n in (1, 3, 10**30))
    fatti = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty")
    assert [prima[nome] for nome in fatti] == [quanti, 3, 1, 5, True, False, False]
    assert [ultima[nome] for nome in fatti] == [quanti, 3, 3, 4, False, True, False]
    assert [oltre[nome] for nome in fatti[3:]] == [0, False, True, True]
    nomi = [r["name"] for n in (1, 2, 3) for r in leggi(f"services?per_page=5&page={n}")["contents"]]
    assert nomi == [r.nome for r in Risorsa.objects.attive()]


def test_la_scheda_intera_di_un_servizio(leggi, rubrica):
    scheda = leggi(f"services/{rubrica.ricca.pk}")
    assert scheda["status"] == "active"
    assert scheda["assured_date"] == "2026-10-01"
    assert (scheda["minimum_age"], scheda["maximum_age"]) == (14, 99)
    assert scheda["application_process"] == "Su appuntamento"
    assert scheda["eligibility_description"] == "Donne. Avere 14 anni"
    assert scheda["interpretation_services"] == "Urdu (il lunedì, su richiesta)"
    assert scheda["alert"].startswith("Chiuso dal ")
    assert scheda["email"] == "ambulatorio@example.org"
    assert [lingua["code"] for lingua in scheda["languages"]] == ["ar"]
    assert [area["name"] for area in scheda["service_areas"]] == ["Bollate"]
    assert {telefono["number"] for telefono in scheda["phones"]} == {"02 35001", "333 1234567"}
    assert [documento["document"] for documento in scheda["required_documents"]] == ["Carta d'identità"]
    assert scheda["cost_options"][0]["amount"] == 0
    assert scheda["organization"]["description"] == "Unità o servizio di un ente"
    posti = {legame["location"]["location_type"]: legame for legame in scheda["service_at_locations"]}
    assert set(posti) == {"physical", "virtual"}
    assert posti["physical"]["schedules"][0]["byday"] == "MO,WE"
    assert posti["physical"]["location"]["addresses"][0] | {"id": "", "location_id": ""} == {
        "id": "",
        "location_id": "",
        "address_1": "via Piave 20",
        "city": "Bollate",
        "state_province": "MI",
        "postal_code": "20021",
        "country": "IT",
        "address_type": "physical",
    }
    assert posti["virtual"]["location"]["url"] == "https://example.org/video"
    assert "addresses" not in posti["virtual"]["location"]
    termini = {a["taxonomy_term"]["name"]: a["taxonomy_term"]["taxonomy_detail"]["name"] for a in scheda["attributes"]}
    assert termini == {
        "Salute": "Categorie",
        "Donne": "Destinatari",
        "Su appuntamento": "Modalità di accesso",
        "Servizio": "Tipi di risorsa",
    }


def test_l_elenco_ha_solo_oggetti_singoli(leggi, rubrica):
    riga = next(r for r in leggi("services")["contents"] if r["id"] == str(rubrica.ricca.pk))
    assert riga["organization"]["name"] == "Consultorio di Bollate"
    assert [nome for nome, valore in riga.items() if isinstance(valore, list)] == []


def test_minimal_da_tutto_in_una_pagina_sola(leggi, rubrica):
    pagina = leggi("services?minimal=true&per_page=2")
    assert pagina["size"] == pagina["total_items"] == len(rubrica.pubbliche)
    assert set(pagina["contents"][0]) == {"id", "name", "status", "modified_date", "last_modified"}


def test_un_esempio_dice_di_esserlo(leggi, rubrica):
    assert leggi(f"services/{rubrica.nuda.pk}")["alert"] == "Dati di esempio"


@pytest.mark.parametrize("domanda", ["", "&full=true"])
def test_ndjson_da_un_oggetto_per_riga(client, rubrica, domanda):
    risposta = client.get(f"{API}services?format=ndjson{domanda}")
    assert risposta["Content-Type"] == "application/x-ndjson"
    righe = [json.loads(riga) for riga in b"".join(risposta.streaming_content).splitlines()]
    assert [riga["name"] for riga in righe] == [risorsa.nome for risorsa in Risorsa.objects.attive()]
    assert [errori_di("service", riga) for riga in righe] == [[]] * len(righe)


def test_quello_che_non_e_pubblico_non_c_e(leggi, rubrica):
    for risorsa in rubrica.nascoste:
        assert leggi(f"services/{risorsa.pk}", 404)["status"] == 404
    assert leggi("services/una-cosa", 404)["title"] == "Not Found"
    assert leggi("niente/di/simile", 404)["title"] == "Not Found"


def test_i_filtri(leggi, rubrica):
    ricca, ente = rubrica.ricca, rubrica.ricca.ente_id

    def nomi(domanda, elenco="services"):
        return [riga["name"] for riga in leggi(f"{elenco}?{domanda}")["contents"]]

    solo_lei, salute = [ricca.nome], ricca.categorie.get().pk
    assert nomi("search=ambulatorio") == solo_lei
    assert nomi(f"taxonomy_term_id={salute}") == solo_lei
    assert nomi(f"taxonomy_id={TASSONOMIE['categorie']}") == solo_lei
    assert nomi(f"taxonomy_id={salute}") == []
    assert len(nomi(f"taxonomy_id={TASSONOMIE['tipi']}")) == len(rubrica.pubbliche)
    assert len(nomi(f"organization_id={ente}")) == len(rubrica.pubbliche)
    assert nomi("modified_after=2999-01-01T00:00:00Z") == []
    assert len(nomi("modified_after=2020-01-01")) == len(rubrica.pubbliche)
    assert ricca.nome not in nomi("maximum_age=13")
    assert ricca.nome in nomi("minimum_age=50&maximum_age=60")
    assert nomi("day=MO") == solo_lei
    assert nomi("day=SU") == []
    assert nomi("day=tuesday&start_time=22:00") == solo_lei
    assert nomi("day=MO&start_time=13:00") == []
    assert ricca.nome in nomi("postcode=20021")
    assert nomi("postcode=20021&proximity=500") == solo_lei
    assert nomi("postcode=99999") == []
    assert nomi("search=consultorio", "organizations") == ["Consultorio di Bollate"]
    assert nomi(f"taxonomy_term_id={salute}", "organizations") == ["Consultorio di Bollate"]
    assert len(nomi("postcode=20021&proximity=500", "service_at_locations")) == 1
    assert len(nomi("postcode=20021", "service_at_locations")) == 2
    assert nomi(f"taxonomy_id={TASSONOMIE['destinatari']}", "taxonomy_terms") == ["Donne"]
    assert nomi(f"parent_id={salute}", "taxonomy_terms") == []
    assert nomi("search=categ", "taxonomies") == ["Categorie"]


def test_full_service_porta_i_servizi_dentro_l_ente(leggi, rubrica):
    ente = leggi(f"organizations/{rubrica.ricca.ente_id}?full_service=true")
    assert {servizio["name"] for servizio in ente["services"]} == {r.nome for r in rubrica.pubbliche}
    assert {luogo["name"] for luogo in ente["locations"]} == {"Palazzina B", "Videochiamata"}
    assert ente["parent_organization_id"] == str(rubrica.ricca.ente.padre_id)
    assert "services" not in leggi(f"organizations/{rubrica.ricca.ente_id}")


def test_i_testi_nella_lingua_chiesta_finche_la_traduzione_vale(client, rubrica):
    f.TraduzioneFactory(oggetto=rubrica.ricca, campo="nome", testo="Walk-in clinic")
    f.TraduzioneFactory(oggetto=rubrica.ricca, campo="in_breve", testo="Old words", impronta="superata")
    f.TraduzioneFactory(oggetto=rubrica.ricca.categorie.get(), campo="nome", testo="Health")
    risposta = client.get(f"{API}services/{rubrica.ricca.pk}?lang=en", headers={"accept-language": "fr"})
    scheda = json.loads(risposta.content)
    assert risposta["Content-Language"] == "en"
    assert scheda["name"] == "Walk-in clinic"
    assert scheda["description"].startswith("Visita chi non ha il medico.")
    assert "Health" in {attributo["taxonomy_term"]["name"] for attributo in scheda["attributes"]}
    senza = client.get(f"{API}services/{rubrica.ricca.pk}", headers={"accept-language": "en"})
    assert senza["Content-Language"] == "it"
    assert json.loads(senza.content)["name"] == rubrica.ricca.nome


def test_chi_ha_gia_la_risposta_non_la_riceve_di_nuovo(client, rubrica, django_assert_num_queries):
    indirizzo = f"{API}services?per_page=3"
    etag = client.get(indirizzo)["ETag"]
    with django_assert_num_queries(1):
        risposta = client.get(indirizzo, headers={"if-none-match": etag})
    assert (risposta.status_code, risposta.content, risposta["ETag"]) == (304, b"", etag)
    assert risposta["Access-Control-Allow-Origin"] == "*"
    prima = versione()
    rubrica.ricca.save()
    assert versione() > prima
    assert client.get(indirizzo, headers={"if-none-match": etag}).status_code == 200


def test_head_options_e_il_resto(client, rubrica):
    testa = client.head(f"{API}services")
    assert (testa.status_code, testa.content) == (200, b"")
    assert client.get(f"{API}services/").status_code == 200
    permesso = client.options(f"{API}services")
    assert (permesso.status_code, permesso["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert client.post(f"{API}services").status_code == 405


@pytest.mark.parametrize(
    "domanda", ["services", "services?full=true", "organizations?full=true", "service_at_locations", "services?lang=en"]
)
def test_le_interrogazioni_non_crescono_con_le_righe(client, rubrica, domanda):
    def quante():
        with CaptureQueriesContext(
            connection,
        ) as viste:
            assert client.get(f"{API}{domanda}{'&' if '?' in domanda else '?'}per_page=100").status_code == 200
        return len(viste)

    client.get(f"{API}{domanda}")
    prima = quante()
    for _ in range(30):
        risorsa = f.RisorsaFactory(categorie=[f.CategoriaFactory()], destinatari=[f.DestinatariFactory()])
        f.RisorsaInSedeFactory(risorsa=risorsa, sede=f.SedeFactory(ente=risorsa.ente))
        f.LinguaParlataFactory(risorsa=risorsa, lingua=rubrica.ricca.lingue_parlate.first().lingua)
        f.ContattoFactory(ente=None, risorsa=risorsa)
        f.OrarioFactory(risorsa=risorsa)
    assert quante() == prima


def test_un_contatto_che_non_e_un_uri_resta_fuori(leggi, rubrica):
    Contatto.objects.filter(tipo="web", risorsa=rubrica.ricca).delete()
    f.ContattoFactory(ente=None, risorsa=rubrica.ricca, tipo="web", valore="https://example.org/è")
    scheda = leggi(f"services/{rubrica.ricca.pk}")
    assert (errori_di("service", scheda), "url" in scheda) == ([], False)
