"""The list of services and the card: who sees what, which filter gives what, what bad parameters get."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from risorse.models import Risorsa, StatoRisorsa
from tests.factories import (
    CategoriaFactory,
    ComuneFactory,
    ContattoFactory,
    DestinatariFactory,
    EnteFactory,
    LinguaFactory,
    LinguaParlataFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
)

ELENCO = "/servizi/"
NON_PUBBLICHE = [stato for stato in StatoRisorsa if stato != StatoRisorsa.PUBBLICATA]
# Two of each count are the savepoint of ATOMIC_REQUESTS.
QUERY_ELENCO, QUERY_DELLO_SCHEDARIO = 3, 25


@pytest.fixture
def salute(db):
    return CategoriaFactory(nome="Salute", slug="salute")


def nomi(risposta):
    return [risorsa.nome for risorsa in risposta.context["object_list"]]


def risorsa_intera(**campi):
    """A service with one row behind every prefetch of the short card."""
    risorsa = RisorsaFactory(categorie=[CategoriaFactory()], comuni=[ComuneFactory()], **campi)
    LinguaParlataFactory(risorsa=risorsa)
    RisorsaInSedeFactory(risorsa=risorsa)
    return risorsa


# --- The list: what it shows --------------------------------------------------------------------------------------------


def test_the_list_is_of_published_services_by_name(client, db):
    RisorsaFactory(nome="Zeta")
    RisorsaFactory(nome="Alfa")
    for stato in NON_PUBBLICHE:
        RisorsaFactory(nome=f"Non pubblica {stato}", stato=stato)
    assert nomi(client.get(ELENCO)) == ["Alfa", "Zeta"]


def test_who_coordinates_sees_the_public_list_too(come, anna):
    RisorsaFactory(nome="In bozza", stato=StatoRisorsa.BOZZA)
    assert nomi(come(anna).get(ELENCO)) == []


def test_a_service_that_is_over_leaves_the_list_the_day_after(client, db):
    oggi = timezone.localdate()
    RisorsaFactory(nome="Finisce oggi", valida_al=oggi)
    RisorsaFactory(nome="Finito ieri", valida_al=oggi - timedelta(days=1))
    assert nomi(client.get(ELENCO)) == ["Finisce oggi"]


def test_empty_list_says_what_to_do(client, db):
    risposta = client.get(ELENCO, {"q": "introvabile"})
    assert risposta.status_code == 200
    assert "Non abbiamo trovato servizi" in risposta.text
    assert f'href="{ELENCO}"' in risposta.text


def test_sample_services_are_marked_and_said(client, db):
    RisorsaFactory()
    assert client.get(ELENCO).context["con_esempi"] is False
    RisorsaFactory(esempio=True)
    risposta = client.get(ELENCO)
    assert risposta.context["con_esempi"] is True
    assert "Dati di esempio." in risposta.text


# --- Filters, one by one and together -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "testo",
    [
        "sportello",
        "SPORTELLO",
        "gravidanza",
        "visite",
        "consultorio",
        "salute",
        "bollate",
        "sportello salute",
        "  sportello ",
    ],
)
def test_every_word_is_looked_for_in_the_whole_card(client, salute, testo):
    ente = EnteFactory(denominazione="Consultorio familiare", nome_breve="CF Bollate")
    RisorsaFactory(
        nome="Sportello mamme", in_breve="In gravidanza", descrizione="Visite", ente=ente, categorie=[salute]
    )
    RisorsaFactory(nome="Altro")
    assert nomi(client.get(ELENCO, {"q": testo})) == ["Sportello mamme"]


@pytest.mark.parametrize("testo", ["100%", "_", "'; DROP TABLE", "\\"])
def test_a_word_that_is_nowhere_finds_nothing(client, db, testo):
    RisorsaFactory(nome="Sportello mamme")
    assert nomi(client.get(ELENCO, {"q": testo})) == []


def test_comune_gives_its_own_services_and_the_wider_ones(client, bollate, senago):
    RisorsaFactory(nome="A Bollate", comuni=[bollate])
    RisorsaFactory(nome="A Bollate e Senago", comuni=[bollate, senago])
    RisorsaFactory(nome="A Senago", comuni=[senago])
    RisorsaFactory(nome="Ambito", area_servita="ambito")
    RisorsaFactory(nome="Italia", area_servita="nazionale")
    assert nomi(client.get(ELENCO, {"comune": "bollate"})) == ["A Bollate", "A Bollate e Senago", "Ambito", "Italia"]


def test_categoria(client, salute):
    RisorsaFactory(nome="Medico", categorie=[salute, CategoriaFactory()])
    RisorsaFactory(nome="Casa", categorie=[CategoriaFactory()])
    assert nomi(client.get(ELENCO, {"categoria": "salute"})) == ["Medico"]


def test_lingua_with_staff_or_mediator_never_doubles_a_row(client, db):
    arabo = LinguaFactory(codice="ar")
    risorsa = RisorsaFactory(nome="In arabo")
    LinguaParlataFactory(risorsa=risorsa, lingua=arabo)
    LinguaParlataFactory(risorsa=risorsa, lingua=arabo, con_mediatore=True)
    RisorsaFactory(nome="Altro")
    risposta = client.get(ELENCO, {"lingua": "ar"})
    assert nomi(risposta) == ["In arabo"]
    assert risposta.context["object_list"][0].html.count('lang="ar"') == 1


def test_destinatari(client, db):
    donne = DestinatariFactory(nome="Donne", slug="donne")
    RisorsaFactory(nome="Per donne", destinatari=[donne])
    RisorsaFactory(nome="Altro")
    assert nomi(client.get(ELENCO, {"destinatari": "donne"})) == ["Per donne"]


def test_gratis(client, db):
    RisorsaFactory(nome="Gratis", costo="gratuito")
    RisorsaFactory(nome="Caro", costo="a-pagamento")
    RisorsaFactory(nome="Chissà")
    assert nomi(client.get(ELENCO, {"gratis": "on"})) == ["Gratis"]


def test_filters_are_anded_and_each_chip_removes_its_own(client, bollate, salute):
    RisorsaFactory(nome="Medico gratis", comuni=[bollate], categorie=[salute], costo="gratuito")
    RisorsaFactory(nome="Medico caro", comuni=[bollate], categorie=[salute])
    RisorsaFactory(nome="Medico altrove", categorie=[salute], costo="gratuito")
    dati = {"q": "medico", "categoria": "salute", "comune": "bollate", "gratis": "on", "page": "3"}
    risposta = client.get(ELENCO, dati)
    assert nomi(risposta) == ["Medico gratis"]
    assert [(f.etichetta, f.valore, f.senza) for f in risposta.context["filtri_attivi"]] == [
        ("Che cosa cerchi", "«medico»", "categoria=salute&comune=bollate&gratis=on"),
        ("Argomento", "Salute", "q=medico&comune=bollate&gratis=on"),
        ("Comune", "Bollate", "q=medico&categoria=salute&gratis=on"),
        ("Solo servizi gratis", "Gratis", "q=medico&categoria=salute&comune=bollate"),
    ]


# --- Bad parameters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nome", ["comune", "categoria", "lingua", "destinatari"])
@pytest.mark.parametrize("valore", ["atlantide", "1' OR '1'='1", "€" * 3000, "\ud83d\ude00", "-1"])
def test_an_unknown_value_is_left_out_and_said(client, db, nome, valore):
    RisorsaFactory(nome="Uno")
    risposta = client.get(ELENCO, {nome: valore.encode("utf-16", "surrogatepass").decode("utf-16")})
    assert nomi(risposta) == ["Uno"]
    assert len(risposta.context["filtro"].note) == 1
    assert risposta.context["filtro"].note[0] in risposta.text.replace("&#x27;", "'")


def test_a_comune_outside_the_ambito_is_no_filter(client, db):
    ComuneFactory(nome="Rho", slug="rho", nell_ambito=False)
    assert len(client.get(ELENCO, {"comune": "rho"}).context["filtro"].note) == 1


def test_a_text_of_ten_thousand_characters_is_cut_and_said(client, db):
    risposta = client.get(ELENCO, {"q": "ab " * 3334})
    filtro = risposta.context["filtro"]
    assert len(filtro.cleaned_data["q"]) <= 200
    assert filtro.note == ["Il testo era troppo lungo: abbiamo cercato i primi 200 caratteri."]
    assert "ab " * 100 not in risposta.text


@pytest.mark.parametrize(
    ("pagina", "attesa"),
    [
        ("1", 1),
        ("2", 2),
        ("3", 2),
        ("99999999999999999999", 2),
        ("9" * 5000, 1),
        ("0", 2),
        ("-4", 2),
        ("due", 1),
        ("", 1),
        ("1.5", 1),
        ("²", 1),
    ],
)
def test_any_page_number_gives_a_page(client, db, pagina, attesa):
    RisorsaFactory.create_batch(21)
    risposta = client.get(ELENCO, {"page": pagina})
    assert (risposta.status_code, risposta.context["page_obj"].number) == (200, attesa)


@pytest.mark.parametrize("stringa", ["q=%FF%FE", "q[]=a", "comune=a&comune=b", "=", "&&&", "gratis=forse", "%E2%82"])
def test_a_broken_query_string_gives_a_page(client, db, stringa):
    assert client.get(f"{ELENCO}?{stringa}").status_code == 200


def test_a_nul_byte_is_refused_in_our_look(db):
    risposta = Client(raise_request_exception=False).get(f"{ELENCO}?q=%00")
    assert risposta.status_code == 400
    assert "Tavolo Intercultura" in risposta.text


# --- Constant queries -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quante", [1, 30])
def test_the_list_issues_a_constant_number_of_queries(client, db, django_assert_num_queries, quante):
    for _ in range(quante):
        risorsa_intera()
    # Once for every content version the process reads the terms, which service answers to which filter, and the cards.
    with django_assert_num_queries(QUERY_ELENCO + QUERY_DELLO_SCHEDARIO):
        client.get(ELENCO)
    with django_assert_num_queries(QUERY_ELENCO):
        client.get(ELENCO)


@pytest.mark.parametrize("quante", [1, 30])
def test_choices_cost_a_constant_number_of_queries(client, bollate, salute, django_assert_num_queries, quante):
    arabo, donne = LinguaFactory(codice="ar"), DestinatariFactory(slug="donne")
    for _ in range(quante):
        risorsa = RisorsaFactory(comuni=[bollate], categorie=[salute], destinatari=[donne], costo="gratuito")
        LinguaParlataFactory(risorsa=risorsa, lingua=arabo)
        RisorsaInSedeFactory(risorsa=risorsa)
    dati = {
        "q": "serv",
        "comune": "bollate",
        "categoria": "salute",
        "lingua": "ar",
        "destinatari": "donne",
        "gratis": "on",
    }
    client.get(ELENCO, dati)
    with django_assert_num_queries(QUERY_ELENCO + 4):
        client.get(ELENCO, dati)


# --- The card -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stato", NON_PUBBLICHE)
@pytest.mark.parametrize(
    ("chi", "atteso"),
    [(None, 404), ("mira", 404), ("senait", 404), ("bruno", 200), ("anna", 200), ("superutente", 200)],
)
def test_a_card_that_is_not_public_is_seen_by_its_ente_and_who_coordinates(
    client, come, request, comune_di_bollate, stato, chi, atteso
):
    risorsa = RisorsaFactory(ente=comune_di_bollate, stato=stato)
    if chi:
        come(request.getfixturevalue(chi))
    risposta = client.get(risorsa.get_absolute_url())
    assert risposta.status_code == atteso
    if atteso == 200:
        assert f"Stato: {risorsa.get_stato_display()}." in risposta.text


@pytest.mark.parametrize("chi", ["anna", "bruno", "senait", "mira", "superutente"])
def test_cards_and_visibili_a_agree(come, request, comune_di_bollate, chi):
    utente = request.getfixturevalue(chi)
    risorse = [RisorsaFactory(stato=stato, ente=comune_di_bollate) for stato in StatoRisorsa]
    client = come(utente)
    aperte = {r for r in risorse if client.get(r.get_absolute_url()).status_code == 200}
    assert aperte == set(Risorsa.objects.visibili_a(utente))


def test_an_unknown_card_is_a_404_in_our_look(client, db):
    risposta = client.get("/servizi/non-esiste/")
    assert risposta.status_code == 404
    assert "Pagina non trovata" in risposta.text
    assert "404.html" in [template.name for template in risposta.templates]


def test_contacts_of_service_and_places_come_before_those_of_the_ente(client, db):
    risorsa = RisorsaFactory()
    dell_ente = ContattoFactory(ente=risorsa.ente)
    indirizzo = risorsa.get_absolute_url()
    assert client.get(indirizzo).context["telefoni"] == [dell_ente]
    sede = RisorsaInSedeFactory(risorsa=risorsa).sede
    della_sede = ContattoFactory(ente=None, sede=sede)
    assert client.get(indirizzo).context["telefoni"] == [della_sede]
    suo = ContattoFactory(ente=None, risorsa=risorsa, ordine=1)
    assert client.get(indirizzo).context["telefoni"] == [della_sede, suo]


def test_what_is_to_be_verified_stays_off_the_card(client, db):
    risorsa = RisorsaFactory()
    ContattoFactory(ente=None, risorsa=risorsa, da_verificare=True, valore="02 99999999")
    dubbia = SedeFactory(da_verificare=True, nome="Sede dubbia", ente=risorsa.ente)
    RisorsaInSedeFactory(risorsa=risorsa, sede=dubbia)
    ContattoFactory(ente=None, sede=dubbia, valore="02 88888888")
    testo = client.get(risorsa.get_absolute_url()).text
    assert [parola in testo for parola in ("02 99999999", "Sede dubbia", "02 88888888")] == [False] * 3
    assert "Non abbiamo ancora un contatto confermato." in testo


def test_a_sample_card_never_shows_the_telephone_of_a_real_ente(client, db):
    risorsa = RisorsaFactory(esempio=True, fonte="")
    ContattoFactory(ente=risorsa.ente)
    risposta = client.get(risorsa.get_absolute_url())
    assert risposta.context["telefoni"] == []
    assert "Dati di esempio." in risposta.text


def test_a_service_that_is_over_says_so(client, db):
    risorsa = RisorsaFactory(valida_al=timezone.localdate() - timedelta(days=1))
    assert "Questo servizio è finito" in client.get(risorsa.get_absolute_url()).text


@pytest.mark.parametrize(
    ("minima", "massima", "attesa"),
    [
        (None, None, ""),
        (6, None, "Da 6 anni in su"),
        (None, 3, "Fino a 3 anni"),
        (6, 14, "Da 6 a 14 anni"),
        (0, 3, "Da 0 a 3 anni"),
    ],
)
def test_ages_in_words(minima, massima, attesa):
    assert Risorsa(eta_minima=minima, eta_massima=massima).eta == attesa


def test_similar_services_share_category_and_comune(client, bollate, senago, salute):
    risorsa = RisorsaFactory(comuni=[bollate], categorie=[salute])
    RisorsaFactory(nome="Simile", comuni=[bollate, senago], categorie=[salute, CategoriaFactory()])
    RisorsaFactory(comuni=[senago], categorie=[salute])
    RisorsaFactory(comuni=[bollate], categorie=[CategoriaFactory()])
    RisorsaFactory(comuni=[bollate], categorie=[salute], stato=StatoRisorsa.BOZZA)
    assert client.get(risorsa.get_absolute_url()).context["affini"][0].nome == "Simile"
    assert len(client.get(risorsa.get_absolute_url()).context["affini"]) == 1
    RisorsaFactory.create_batch(5, comuni=[bollate], categorie=[salute])
    assert len(client.get(risorsa.get_absolute_url()).context["affini"]) == 4


@pytest.mark.parametrize(("lingua", "verso"), [("en", "ltr"), ("ar", "rtl")])
def test_other_languages_keep_the_italian_of_the_cards_marked(client, db, lingua, verso):
    risorsa = RisorsaFactory(nome="Sportello")
    for indirizzo in (ELENCO, f"{ELENCO}{risorsa.slug}/"):
        testo = client.get(f"/{lingua}{indirizzo}").text
        assert f'<html lang="{lingua}" dir="{verso}">' in testo
        assert '<bdi lang="it">Sportello</bdi>' in testo


@pytest.mark.parametrize(
    ("sede", "atteso"),
    [
        (
            {"latitudine": "45.54000", "longitudine": "9.11000"},
            "https://www.openstreetmap.org/directions?to=45.54000%2C9.11000",
        ),
        (
            {"indirizzo": "via Roma 1", "cap": "20021"},
            "https://www.openstreetmap.org/search?query=via+Roma+1%2C+20021+Bollate",
        ),
        ({"indirizzo": ""}, None),
        ({"indirizzo": "via Roma 1", "esempio": True}, "/mappa/"),
        ({"tipo": "virtuale", "indirizzo": "via Roma 1"}, None),
    ],
)
def test_how_to_get_there(client, bollate, sede, atteso):
    in_sede = RisorsaInSedeFactory(
        sede=SedeFactory(**{"comune": bollate, "latitudine": None, "longitudine": None} | sede)
    )
    pagina = client.get(in_sede.risorsa.get_absolute_url()).text
    dove = pagina[pagina.index("<dt>Dove</dt>") : pagina.index("<dt>Lingue parlate</dt>")]
    assert [parte.split('"')[0] for parte in dove.split('<a href="')[1:]] == ([atteso] if atteso else [])
