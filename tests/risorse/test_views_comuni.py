"""The page of a comune and of a category there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from risorse.models import StatoRisorsa
from risorse.ricerca.indice import raccolta
from tests.factories import (
    CategoriaFactory,
    ComuneFactory,
    LinguaParlataFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SeggioFactory,
)

# Two of each count are the savepoint of ATOMIC_REQUESTS.
QUERY_COMUNE, QUERY_CATEGORIA, QUERY_VUOTA = 26, 24, 14


@pytest.fixture
def salute(db):
    return CategoriaFactory(nome="Salute", slug="salute", ordine=1)


@pytest.fixture
def casa(db):
    return CategoriaFactory(nome="Casa", slug="casa", ordine=2)


def nomi(gruppo):
    return [scheda.nome for scheda in gruppo.servizi]


def nomi_per_area(contesto):
    return [nomi(contesto[area]) for area in ("propri", "dell_ambito", "nazionali")]


def risorse_intere(quante, **campi):
    """Services with one row behind every prefetch of the short card."""
    with raccolta():
        for _ in range(quante):
            risorsa = RisorsaFactory(**campi)
            LinguaParlataFactory(risorsa=risorsa)
            RisorsaInSedeFactory(risorsa=risorsa)


@pytest.mark.parametrize(
    ("pagina", "domanda"),
    [
        ("/", "aperto=on"),
        ("/comuni/bollate/", "comune=bollate&amp;aperto=on"),
        ("/comuni/bollate/salute/", "comune=bollate&amp;categoria=salute&amp;aperto=on"),
    ],
)
def test_open_now_is_one_tap_away(client, bollate, salute, pagina, domanda):
    assert f'href="/servizi/?{domanda}"' in client.get(pagina).text
    chiesto = client.get(f"/servizi/?{domanda.replace('&amp;', '&')}").context["filtro"].cleaned_data
    assert chiesto["aperto"] is True


def test_a_comune_shows_its_services_then_the_ambito_then_the_nation(client, bollate, senago, salute, casa):
    RisorsaFactory(nome="Medico", comuni=[bollate], categorie=[salute])
    RisorsaFactory(nome="Affitto", comuni=[bollate], categorie=[casa, salute])
    RisorsaFactory(nome="Ambito", area_servita="ambito", categorie=[casa])
    RisorsaFactory(nome="Italia", area_servita="nazionale", categorie=[casa])
    RisorsaFactory(nome="Altrove", comuni=[senago], categorie=[salute])
    RisorsaFactory(nome="Bozza", comuni=[bollate], categorie=[salute], stato=StatoRisorsa.BOZZA)
    contesto = client.get("/comuni/bollate/").context
    assert nomi_per_area(contesto) == [["Affitto", "Medico"], ["Ambito"], ["Italia"]]
    assert [(g.categoria, nomi(g), g.quanti) for g in contesto["gruppi"]] == [
        (salute, ["Affitto", "Medico"], 2),  # each service once, under the first of its categories
    ]
    assert contesto["categorie"] == [(salute, 2), (casa, 3)]


def test_services_without_a_category_come_last_and_are_not_lost(client, bollate, salute):
    RisorsaFactory(nome="Medico", comuni=[bollate], categorie=[salute])
    RisorsaFactory(nome="Altro", comuni=[bollate])
    risposta = client.get("/comuni/bollate/")
    assert [(g.categoria, nomi(g)) for g in risposta.context["gruppi"]] == [(salute, ["Medico"]), (None, ["Altro"])]
    assert "Altri servizi" in risposta.text


def test_a_long_group_shows_the_first_six_and_the_way_to_all(client, bollate, salute):
    RisorsaFactory.create_batch(7, comuni=[bollate], categorie=[salute])
    risposta = client.get("/comuni/bollate/")
    assert [(len(g.servizi), g.quanti) for g in risposta.context["gruppi"]] == [(6, 7)]
    assert "Guarda tutti i 7 servizi" in risposta.text


def test_a_comune_outside_the_ambito_has_what_is_there_and_what_is_national(client, salute):
    rho = ComuneFactory(nome="Rho", slug="rho", nell_ambito=False)
    RisorsaFactory(nome="Qui", comuni=[rho], categorie=[salute])
    RisorsaFactory(area_servita="ambito")
    contesto = client.get("/comuni/rho/").context
    assert nomi_per_area(contesto) == [["Qui"], [], []]


def test_the_seat_is_vacant_or_held_and_never_a_name(client, bruno, senait, comune_di_senago):
    SeggioFactory(nome="Referente del Comune di Senago", ente=comune_di_senago)
    tenuto, vacante = client.get("/comuni/bollate/"), client.get("/comuni/senago/")
    assert [">coperto<" in p.text for p in (tenuto, vacante)] == [True, False]
    assert [">vacante<" in p.text for p in (tenuto, vacante)] == [False, True]
    assert "Bruno" not in tenuto.text


def test_the_page_reads_no_person(client, bruno):
    with CaptureQueriesContext(connection) as domande:
        client.get("/comuni/bollate/")
    assert [d["sql"] for d in domande if "referenti_utente" in d["sql"]] == []


def test_an_ended_seat_is_not_shown(client, comune_di_bollate):
    SeggioFactory(ente=comune_di_bollate, attivo=False)
    assert list(client.get("/comuni/bollate/").context["seggi"]) == []


def test_the_map_marks_the_comune_and_links_the_others(client, bollate, senago):
    testo = client.get("/comuni/bollate/").text
    assert '<a href="/comuni/bollate/" aria-label="Bollate" class="qui" aria-current="page">' in testo
    assert '<a href="/comuni/senago/" aria-label="Senago">' in testo
    assert "Confini © ISTAT, elaborazione openpolis, CC BY 4.0." in testo


def test_an_empty_comune_says_so(client, bollate):
    assert "Non conosciamo ancora servizi solo di questo comune." in client.get("/comuni/bollate/").text


def test_sample_services_are_said(client, bollate, salute):
    RisorsaFactory(comuni=[bollate], categorie=[salute], esempio=True)
    for indirizzo in ("/comuni/bollate/", "/comuni/bollate/salute/"):
        assert "Dati di esempio." in client.get(indirizzo).text


def test_a_category_shows_own_then_ambito_then_nation(client, bollate, senago, salute, casa):
    RisorsaFactory(nome="Proprio", comuni=[bollate], categorie=[salute])
    RisorsaFactory(nome="Ambito", area_servita="ambito", categorie=[salute])
    RisorsaFactory(nome="Italia", area_servita="nazionale", categorie=[salute])
    RisorsaFactory(comuni=[bollate], categorie=[casa])
    RisorsaFactory(comuni=[senago], categorie=[salute])
    contesto = client.get("/comuni/bollate/salute/").context
    assert nomi_per_area(contesto) == [["Proprio"], ["Ambito"], ["Italia"]]
    assert contesto["vicini"] == []


def test_without_own_services_the_nearest_comuni_are_named_by_distance(client, bollate, salute):
    lontani = [
        ComuneFactory(latitudine=latitudine, longitudine="9.11000")
        for latitudine in ("45.60000", "45.56000", "45.58000", "45.59000")
    ]
    for comune in lontani:
        RisorsaFactory(comuni=[comune], categorie=[salute])
    fuori = ComuneFactory(latitudine="45.55000", longitudine="9.11000", nell_ambito=False)
    RisorsaFactory(comuni=[fuori], categorie=[salute])
    risposta = client.get("/comuni/bollate/salute/")
    vicini = [(v.comune, v.quanti, round(v.km, 1)) for v in risposta.context["vicini"]]
    assert vicini == [(lontani[1], 1, 1.1), (lontani[2], 1, 3.3), (lontani[3], 1, 4.4)]
    assert "circa 3 km" in risposta.text


def test_when_nobody_has_any_the_page_says_so(client, bollate, salute):
    assert "Nessuno degli otto comuni ne ha ancora uno." in client.get("/comuni/bollate/salute/").text


@pytest.mark.parametrize("indirizzo", ["/comuni/atlantide/", "/comuni/bollate/magia/", "/comuni/atlantide/salute/"])
def test_unknown_slugs_are_a_404_in_our_look(client, bollate, salute, indirizzo):
    risposta = client.get(indirizzo)
    assert risposta.status_code == 404
    assert "404.html" in [template.name for template in risposta.templates]


@pytest.mark.parametrize(("lingua", "verso"), [("en", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("pagina", ["bollate/", "bollate/salute/"])
def test_other_languages(client, bollate, salute, lingua, verso, pagina):
    RisorsaFactory(comuni=[bollate], categorie=[salute])
    assert f'<html lang="{lingua}" dir="{verso}">' in client.get(f"/{lingua}/comuni/{pagina}").text


def test_a_long_category_shows_the_first_twenty_and_the_way_to_all(client, bollate, salute):
    RisorsaFactory.create_batch(21, comuni=[bollate], categorie=[salute])
    risposta = client.get("/comuni/bollate/salute/")
    assert (len(risposta.context["propri"].servizi), risposta.context["propri"].quanti) == (20, 21)
    assert '<a href="/servizi/?comune=bollate&amp;categoria=salute">' in risposta.text


@pytest.mark.parametrize("quante", [1, 30])
@pytest.mark.parametrize(
    ("pagina", "prima", "poi"), [("", QUERY_COMUNE, 7), ("salute/", QUERY_CATEGORIA, 5), ("casa/", QUERY_VUOTA, 6)]
)
def test_pages_issue_a_constant_number_of_queries(
    client, bollate, bruno, salute, casa, django_assert_num_queries, quante, pagina, prima, poi
):
    """The first time after a change of the content, and then."""
    risorse_intere(quante, comuni=[bollate], categorie=[salute])
    risorse_intere(quante, area_servita="ambito", categorie=[salute])
    for _ in range(quante):
        RisorsaFactory(comuni=[ComuneFactory()], categorie=[casa])
    with django_assert_num_queries(prima):
        client.get(f"/comuni/bollate/{pagina}")
    with django_assert_num_queries(poi):
        client.get(f"/comuni/bollate/{pagina}")
