"""Searches that found nothing: what is counted, what never, and that counting never breaks a page."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from risorse.models import RicercaVuota, Sinonimo
from risorse.servizi import ricerche
from risorse.servizi.ricerche import conta_ricerca_vuota
from tests.factories import RicercaVuotaFactory, RisorsaFactory

ELENCO, PERSONA = "/servizi/", {"headers": {"user-agent": "Mozilla/5.0 (Android 14) Firefox/140.0"}}


def contate():
    return list(RicercaVuota.objects.values_list("testo", "lingua", "comune", "quante"))


def test_a_search_that_finds_nothing_is_counted_once_for_each_time(client, bollate):
    RisorsaFactory(nome="Corso di cucito")
    for indirizzo, q in ((ELENCO, "Karatè"), (ELENCO, " KARATE "), (f"/en{ELENCO}", "karate"), (ELENCO, "cucito")):
        client.get(indirizzo, {"q": q}, **PERSONA)
    client.get(ELENCO, {"q": "karate", "comune": "bollate"}, **PERSONA)
    client.get(ELENCO, {"q": "corso di karate"}, **PERSONA)  # finds the other course
    assert sorted(contate()) == [
        ("corso di karate", "it", "", 1),
        ("karate", "en", "", 1),
        ("karate", "it", "", 2),
        ("karate", "it", "Bollate", 1),
    ]


def test_what_other_filters_hide_is_no_need(client, db):
    RisorsaFactory(nome="Cucito", costo="a-pagamento")
    client.get(ELENCO, {"q": "cucito", "gratis": "on"}, **PERSONA)
    client.get(ELENCO, {"q": "karate", "gratis": "on"}, **PERSONA)
    assert contate() == []


@pytest.mark.parametrize(
    "testo",
    [
        "chiama 333 12 34 567",
        "02-1234567",
        "mario@example.org",
        "RSSMRA80A01F205X",
        "rss mra 80a01 f205x",
        "pratica 12345",
        "1234",
        "???",
        "",
    ],
)
def test_what_may_name_a_person_is_never_kept(db, testo):
    assert conta_ricerca_vuota(testo, lingua="it", comune=None, agente="Mozilla/5.0") is False
    assert contate() == []


@pytest.mark.parametrize("agente", ["", "Googlebot/2.1", "curl/8.5", "python-requests/2", "UptimeMonitor"])
def test_robots_are_not_counted(db, agente):
    assert conta_ricerca_vuota("karate", lingua="it", comune=None, agente=agente) is False


def test_a_long_text_is_cut(db):
    conta_ricerca_vuota("parola " * 20, lingua="it", comune=None, agente="Mozilla/5.0")
    assert [len(testo) for testo, *_ in contate()] == [80]


def test_a_database_that_cannot_be_written_to_gives_the_page_all_the_same(client, db, monkeypatch, caplog):
    def rotto(**chiave):
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(RicercaVuota.objects, "get_or_create", rotto)
    assert client.get(ELENCO, {"q": "karate"}, **PERSONA).status_code == 200
    assert [record.getMessage() for record in caplog.records] == ["Ricerca senza risultati non contata."]
    assert ricerche.RicercaVuota.objects.count() == 0


def test_who_coordinates_makes_a_synonym_of_it(come, anna):
    riga = RicercaVuotaFactory(testo="guardia medica", quante=7)
    elenco = reverse("admin:risorse_ricercavuota_changelist")
    dati = {"action": "aggiungi_come_sinonimo", "_selected_action": [str(riga.pk)]}
    modulo = come(anna).post(elenco, dati, follow=True)
    assert modulo.context["adminform"].form.initial["parola"] == "guardia medica"
    modulo = come(anna).post(modulo.request["PATH_INFO"], {"parola": "guardia medica", "significati": "medico"})
    assert list(Sinonimo.objects.values_list("parola", "significati")) == [("guardia medica", "medico")]
