"""Home, legal pages, robots.txt and security.txt."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    CategoriaFactory,
    ComuneFactory,
    ContattoFactory,
    LinguaFactory,
    LinguaParlataFactory,
    RisorsaFactory,
)

QUERY_HOME, QUERY_DELLO_SCHEDARIO = 7, 8  # two are the savepoint of ATOMIC_REQUESTS
LEGALI = ("accessibilita", "privacy", "note-legali")


def test_home_asks_one_question_and_shows_the_ways_to_the_answer(client, bollate, senago):
    salute = CategoriaFactory(nome="Salute", slug="salute")
    RisorsaFactory.create_batch(2, comuni=[bollate], categorie=[salute])
    RisorsaFactory(comuni=[bollate], stato="bozza")
    RisorsaFactory(area_servita="ambito")
    risposta = client.get("/")
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", risposta.text) == ["Di che cosa hai bisogno?"]
    assert risposta.context["comuni"] == [(bollate, 2), (senago, 0)]
    for indirizzo in ("/servizi/?categoria=salute", "/comuni/bollate/", "/comuni/senago/", "/en/", "/ar/"):
        assert f'href="{indirizzo}"' in risposta.text


def test_home_shows_only_comuni_of_the_ambito(client, bollate):
    ComuneFactory(nome="Rho", nell_ambito=False)
    assert client.get("/").context["comuni"] == [(bollate, 0)]


def test_home_names_each_spoken_language_once(client, db):
    arabo = LinguaFactory(codice="ar", nome_proprio="العربية", da_destra=True)
    LinguaFactory(codice="bn")
    for risorsa in RisorsaFactory.create_batch(2):
        LinguaParlataFactory(risorsa=risorsa, lingua=arabo)
        LinguaParlataFactory(risorsa=risorsa, lingua=arabo, con_mediatore=True)
    LinguaParlataFactory(risorsa=RisorsaFactory(stato="bozza"))
    assert list(client.get("/").context["lingue_parlate"]) == [arabo]


def test_home_strip_has_the_confirmed_emergency_numbers_of_published_cards(client, db):
    def numero(valore, stato="pubblicata", **campi):
        risorsa = RisorsaFactory(nome=f"Numero {valore}", in_breve="Aiuto", stato=stato)
        ContattoFactory(**{"ente": None, "risorsa": risorsa, "valore": valore, "emergenza": True} | campi)

    numero("112")
    numero("113", da_verificare=True)
    numero("114", stato="bozza")
    numero("115", emergenza=False)
    numeri = client.get("/").context["numeri_emergenza"]
    assert [(str(n["risorsa"]), n["numero"]) for n in numeri] == [("Numero 112", "112")]


def test_home_of_an_empty_portal_is_a_page(client, db):
    risposta = client.get("/")
    assert risposta.status_code == 200
    assert risposta.context["mappa"] is None


@pytest.mark.parametrize("quanti", [1, 30])
def test_home_issues_a_constant_number_of_queries(client, db, django_assert_num_queries, quanti):
    for _ in range(quanti):
        risorsa = RisorsaFactory(comuni=[ComuneFactory()], categorie=[CategoriaFactory()])
        LinguaParlataFactory(risorsa=risorsa)
        ContattoFactory(ente=None, risorsa=risorsa, emergenza=True)
    with django_assert_num_queries(QUERY_HOME + QUERY_DELLO_SCHEDARIO):
        client.get("/")
    with django_assert_num_queries(QUERY_HOME):
        client.get("/")


@pytest.mark.parametrize(("lingua", "verso"), [("en", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("pagina", ["", *(f"{pagina}/" for pagina in LEGALI)])
def test_pages_in_other_languages(client, db, lingua, verso, pagina):
    assert f'<html lang="{lingua}" dir="{verso}">' in client.get(f"/{lingua}/{pagina}").text


def test_an_unknown_address_is_a_404_in_our_look(client, db):
    risposta = client.get("/non/esiste/")
    assert risposta.status_code == 404
    assert "Pagina non trovata" in risposta.text


# --- Legal pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pagina", LEGALI)
@pytest.mark.parametrize("impostate", [True, False])
def test_legal_pages_stand_with_and_without_addresses(client, db, settings, pagina, impostate):
    settings.EMAIL_REDAZIONE = "redazione@example.org" if impostate else ""
    settings.EMAIL_DPO = "dpo@example.org" if impostate else ""
    risposta = client.get(f"/{pagina}/")
    assert risposta.status_code == 200
    assert len(re.findall("<h1", risposta.text)) == 1
    assert ('href="mailto:"' in risposta.text, "mailto:redazione@example.org" in risposta.text) == (False, impostate)


def test_the_declaration_is_linked_and_never_written_by_us(client, db, settings):
    settings.URL_DICHIARAZIONE_ACCESSIBILITA = ""
    assert "Per questo portale non è ancora stata pubblicata" in client.get("/accessibilita/").text
    settings.URL_DICHIARAZIONE_ACCESSIBILITA = "https://form.agid.gov.it/view/prova"
    assert 'href="https://form.agid.gov.it/view/prova"' in client.get("/accessibilita/").text


@pytest.mark.parametrize("prefisso", ["", "/en", "/ar"])
def test_the_licence_has_the_hooks_and_the_words_of_the_checks(client, db, prefisso):
    testo = client.get(f"{prefisso}/note-legali/").text
    assert (
        '<h2 id="licenza" data-element="legal-notes-section" lang="it" dir="auto">Licenza dei contenuti</h2>' in testo
    )
    corpo = re.search(r'<p data-element="legal-notes-body"[^>]*>(.*?)</p>', testo)[1]
    assert corpo.startswith("In applicazione del principio open by default ai sensi dell’articolo 52")
    assert corpo.endswith("con il solo onere di attribuzione, senza apporre restrizioni aggiuntive.")


def test_reading_leaves_no_cookie(client, bollate):
    for pagina in ("/", "/servizi/", "/comuni/bollate/", *(f"/{pagina}/" for pagina in LEGALI)):
        assert client.get(pagina).cookies.output() == ""


# --- For machines ---------------------------------------------------------------------------------------------------------


def test_robots_keeps_search_engines_out_of_what_is_reserved(client, db):
    risposta = client.get("/robots.txt")
    assert risposta["Content-Type"] == "text/plain; charset=utf-8"
    chiuse = ("area", "amministrazione", "accesso", "conferma")
    regole = "User-agent: *\n" + "".join(f"Disallow: /{una}/\n" for una in chiuse)
    assert risposta.text == f"{regole}\nSitemap: http://testserver/sitemap.xml\n"


def test_security_txt_says_whom_to_write_to_and_until_when_it_holds(client, db, settings):
    settings.EMAIL_REDAZIONE = "redazione@example.org"
    risposta = client.get("/.well-known/security.txt")
    righe = dict(riga.split(": ", 1) for riga in risposta.text.splitlines())
    scadenza = datetime.fromisoformat(righe.pop("Expires"))
    assert righe == {
        "Contact": "mailto:redazione@example.org",
        "Preferred-Languages": "it, en",
        "Canonical": "http://testserver/.well-known/security.txt",
    }
    assert timedelta(days=179) < scadenza - timezone.now() < timedelta(days=181)


def test_security_txt_without_anyone_to_write_to_is_not_there(client, db, settings):
    settings.EMAIL_REDAZIONE = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_privacy_says_how_long_what_the_public_sends_is_kept(client, db, settings):
    settings.MESI_CONSERVAZIONE = 7
    assert "I voti e le segnalazioni sulle schede restano 7 mesi" in client.get("/privacy/").text
