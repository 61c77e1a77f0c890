"""Short cards drawn once: in the right language, right after a change, and no longer than what they say is true."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from risorse.models import Risorsa
from risorse.servizi import schede
from risorse.servizi.schede import schede_pronte
from tests.factories import OrarioFactory, RisorsaFactory, TraduzioneFactory

ROMA = ZoneInfo("Europe/Rome")


@pytest.fixture
def adesso(monkeypatch):
    """`adesso(moment)` sets the clock of the cards."""

    def _adesso(momento):
        monkeypatch.setattr("django.utils.timezone.now", lambda: momento)

    return _adesso


def test_la_seconda_volta_non_costa_domande_oltre_la_versione(db, django_assert_num_queries):
    chiavi = [RisorsaFactory().pk for _ in range(3)]
    prime = schede_pronte(chiavi)
    with django_assert_num_queries(1):
        seconde = schede_pronte(chiavi)
    assert seconde == prime
    assert [scheda.chiave for scheda in prime] == chiavi


def test_una_modifica_si_vede_subito(db):
    risorsa = RisorsaFactory(nome="Prima")
    schede_pronte([risorsa.pk])
    risorsa.nome = "Dopo"
    risorsa.save()
    (scheda,) = schede_pronte([risorsa.pk])
    assert (scheda.nome, "Dopo" in scheda.html, "Dopo" in scheda.riga) == ("Dopo", True, True)


def test_ogni_lingua_ha_la_sua(db):
    risorsa = RisorsaFactory(nome="Sportello")
    TraduzioneFactory(oggetto=risorsa, campo="nome", lingua="en", testo="Help desk")
    italiana = schede_pronte([risorsa.pk])[0]
    with translation.override("en"):
        inglese = schede_pronte([risorsa.pk])[0]
    assert ("Sportello" in italiana.html, "Help desk" in inglese.html) == (True, True)
    assert 'href="/en/servizi/sportello/"' in inglese.html


def test_quello_che_dice_dell_ora_vale_finche_e_vero(db, adesso):
    lunedi = datetime(2026, 11, 30, 12, 0, tzinfo=ROMA)
    risorsa = RisorsaFactory()
    OrarioFactory(risorsa=risorsa, giorno=1, dalle=time(9), alle=time(12, 30))
    adesso(lunedi)
    (aperta,) = schede_pronte([risorsa.pk])
    assert ("stato-aperto" in aperta.html, aperta.scade <= lunedi + timedelta(minutes=30)) == (True, True)
    adesso(lunedi + timedelta(minutes=31))
    (chiusa,) = schede_pronte([risorsa.pk])
    assert "stato-chiuso" in chiusa.html


def test_a_mezzanotte_si_ridisegna(db, adesso):
    adesso(datetime(2026, 11, 30, 23, 0, tzinfo=ROMA))
    (scheda,) = schede_pronte([RisorsaFactory().pk])
    assert scheda.scade == datetime(2026, 12, 1, tzinfo=ROMA)


def test_un_servizio_che_non_si_offre_piu_resta_fuori(db):
    risorsa, altra = RisorsaFactory(), RisorsaFactory(stato="sospesa")
    assert [s.chiave for s in schede_pronte([altra.pk, risorsa.pk])] == [risorsa.pk]


def test_la_memoria_ha_un_limite(db, monkeypatch):
    monkeypatch.setattr(schede, "MASSIMO", 2)
    chiavi = [RisorsaFactory().pk for _ in range(3)]
    assert [s.chiave for s in schede_pronte(chiavi)] == chiavi
    assert Risorsa.objects.count() == 3
