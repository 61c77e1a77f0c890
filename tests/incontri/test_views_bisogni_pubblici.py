"""What everybody reads of the needs: only those of a published round, and not those merged into others."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import BisognoFactory, DestinatariFactory, EvidenzaFactory, RilevazioneFactory, VoceFactory

ELENCO = reverse("lavoro:bisogno-list")


def pubblica(*bisogni):
    decisione = VoceFactory(tipo="decisione")
    return RilevazioneFactory(
        stato="pubblicata", pubblicata_il=timezone.now(), decisione=decisione, bisogni=list(bisogni)
    )


def parole(risposta):
    return " ".join(risposta.content.decode().split())


def test_si_leggono_solo_quelli_di_una_rilevazione_pubblicata(client, db):
    si, no = BisognoFactory(titolo="Pubblico"), BisognoFactory(titolo="Ancora nostro")
    pubblica(si)
    RilevazioneFactory(stato="chiusa", bisogni=[no])
    assert [b.titolo for b in client.get(ELENCO).context["object_list"]] == ["Pubblico"]
    assert [client.get(b.pagina_pubblica).status_code for b in (si, no)] == [200, 404]


def test_la_pagina_dice_che_cosa_lo_mostra_e_niente_di_chi_lo_ha_scritto(client, bruno):
    bisogno = BisognoFactory(titolo="Pubblico", autore=bruno)
    pubblica(bisogno)
    EvidenzaFactory(bisogno=bisogno, testo="In attesa", valore=1200, autore=bruno)
    EvidenzaFactory(bisogno=bisogno, testo="Pochi", valore=2)
    pagina = parole(client.get(bisogno.pagina_pubblica))
    assert "In attesa</bdi>: <strong>1.200</strong> persone" in pagina
    assert "meno di 5 persone" in pagina
    assert str(bruno) not in pagina


def test_quello_unito_porta_a_quello_che_resta(client, db):
    resta, doppio = BisognoFactory(titolo="Resta"), BisognoFactory(titolo="Doppio")
    pubblica(doppio)
    doppio.unito_a = resta
    doppio.save()
    assert client.get(doppio.pagina_pubblica).status_code == 404  # what it leads to is not public yet
    pubblica(resta)
    assert client.get(doppio.pagina_pubblica)["Location"] == resta.pagina_pubblica


def test_un_unito_che_non_era_pubblico_non_si_rivela(client, db):
    resta = BisognoFactory(titolo="Resta")
    doppio = BisognoFactory(titolo="Doppio", unito_a=resta)
    pubblica(resta)
    assert client.get(doppio.pagina_pubblica).status_code == 404


def test_lelenco_vuoto_dice_perche(client, db):
    assert "Il Tavolo li valuta insieme, poi li pubblica qui" in parole(client.get(ELENCO))


@pytest.mark.parametrize("quanti", [1, 3])
def test_in_interrogazioni_costanti(quanti, client, bollate, django_assert_num_queries):
    bisogni = [BisognoFactory(comuni=[bollate], destinatari=[DestinatariFactory()]) for _ in range(quanti)]
    for bisogno in bisogni:
        EvidenzaFactory(bisogno=bisogno)
    pubblica(*bisogni)
    client.get(ELENCO)
    with django_assert_num_queries(10):
        assert len(client.get(ELENCO).context["object_list"]) == quanti
