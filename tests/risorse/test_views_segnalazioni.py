"""Votes and reports of the public: kept without cookie or account, refused without losing what was typed."""

import re
import time
from unittest.mock import patch

import pytest
from django.test import Client

from risorse.models import Segnalazione, Valutazione
from risorse.views.segnalazioni import PER_INDIRIZZO_E_SCHEDA
from tests.factories import RisorsaFactory, SegnalazioneFactory

TESTO = "Il martedì è chiuso da marzo"


@pytest.fixture
def risorsa(db):
    return RisorsaFactory(nome="Sportello casa")


@pytest.fixture
def severo():
    """A browser for which Django checks CSRF: these forms must pass without its token."""
    return Client(enforce_csrf_checks=True)


def timbro(pagina):
    return re.search(r'name="timbro" value="([^"]+)"', pagina.text).group(1)


def dopo(secondi):
    adesso = time.time()
    return patch.object(time, "time", lambda: adesso + secondi)


def segnala(client, risorsa, prefisso="", **campi):
    indirizzo = f"{prefisso}/servizi/{risorsa.slug}/segnala/"
    firma = timbro(client.get(indirizzo))
    with dopo(10):
        return client.post(indirizzo, {"timbro": firma, "sito": "", "cosa": "orari", "testo": TESTO, **campi})


def test_la_scheda_chiede_il_voto_senza_cookie(severo, risorsa):
    scheda = severo.get(risorsa.get_absolute_url())
    assert len(re.findall(r'data-element="feedback(?:-title|-rate-[1-5])?"', scheda.text)) == 7
    assert "csrfmiddlewaretoken" not in scheda.text
    risposta = severo.post(f"{risorsa.get_absolute_url()}valuta/", {"voto": "2", "timbro": timbro(scheda)})
    assert risposta["Location"] == f"/servizi/{risorsa.slug}/grazie/?voto=2"
    assert (Valutazione.objects.get().voto, Valutazione.objects.get().lingua) == (2, "it")
    assert severo.cookies == {}


@pytest.mark.parametrize(("voto", "chiede"), [("1", True), ("3", True), ("4", False), ("x", False)])
def test_chi_trova_la_scheda_poco_chiara_puo_dire_che_cosa_non_va(client, risorsa, voto, chiede):
    grazie = client.get(f"{risorsa.get_absolute_url()}grazie/", {"voto": voto})
    assert ("Dicci che cosa non va" in grazie.text) is chiede
    assert '<meta name="robots" content="noindex">' in grazie.text


@pytest.mark.parametrize("voto", ["", "0", "6", "tre", "\x00", "9" * 400])
def test_un_voto_che_non_c_e(client, risorsa, voto):
    indirizzo = f"{risorsa.get_absolute_url()}valuta/"
    risposta = client.post(indirizzo, {"voto": voto, "timbro": timbro(client.get(indirizzo))})
    assert (risposta.status_code, Valutazione.objects.count()) == (200, 0)
    assert 'role="alert"' in risposta.text


def test_la_segnalazione_nella_lingua_della_pagina(severo, risorsa):
    risposta = segnala(severo, risorsa, prefisso="/ar", email="io@example.org")
    assert risposta["Location"] == f"/ar/servizi/{risorsa.slug}/grazie/?segnalazione=risposta"
    segnalazione = Segnalazione.objects.get()
    assert (segnalazione.risorsa, segnalazione.cosa, segnalazione.testo) == (risorsa, "orari", TESTO)
    assert (segnalazione.email, segnalazione.lingua, segnalazione.stato) == ("io@example.org", "ar", "aperta")
    assert severo.cookies == {}


def test_senza_e_mail_non_si_promette_risposta(client, risorsa):
    risposta = segnala(client, risorsa)
    assert risposta["Location"] == f"/servizi/{risorsa.slug}/grazie/?segnalazione=inviata"
    assert "Ti rispondiamo" not in client.get(risposta["Location"]).text


@pytest.mark.parametrize(
    "campi",
    [
        {"cosa": ""},
        {"cosa": "inventata"},
        {"email": "non è un indirizzo"},
        {"sito": "https://spam.example"},
        {"timbro": ""},
        {"timbro": "falso"},
    ],
)
def test_quello_che_non_va_torna_con_il_testo(client, risorsa, campi):
    risposta = segnala(client, risorsa, **campi)
    assert (risposta.status_code, Segnalazione.objects.count()) == (200, 0)
    assert TESTO in risposta.text
    assert "alert-danger" in risposta.text or "invalid-feedback" in risposta.text


def test_altro_senza_parole_non_dice_niente(client, risorsa):
    risposta = segnala(client, risorsa, cosa="altro", testo="  ")
    assert risposta.context["form"].errors == {"testo": ["Scrivi che cosa non va."]}


def test_al_massimo_mille_lettere(client, risorsa):
    lungo = "a" * 1001
    assert lungo in segnala(client, risorsa, testo=lungo).text
    assert Segnalazione.objects.count() == 0


def test_chi_manda_in_un_secondo_manda_di_nuovo(client, risorsa):
    indirizzo = f"{risorsa.get_absolute_url()}segnala/"
    dati = {"cosa": "orari", "testo": TESTO}
    risposta = client.post(indirizzo, {"timbro": timbro(client.get(indirizzo)), **dati})
    assert (risposta.status_code, Segnalazione.objects.count()) == (200, 0)
    assert TESTO in risposta.text
    assert client.post(indirizzo, {"timbro": timbro(risposta), **dati}).status_code == 302
    assert Segnalazione.objects.get().testo == TESTO


def test_chi_non_sceglie_legge_che_cosa_scegliere_accanto_alla_scelta(client, risorsa):
    indirizzo = f"{risorsa.get_absolute_url()}segnala/"
    risposta = client.post(indirizzo, {"timbro": timbro(client.get(indirizzo)), "testo": TESTO})
    assert risposta.context["form"].errors == {"cosa": ["Scegli che cosa non va."]}
    assert "Scegli che cosa non va." in re.search(r"<fieldset.*?</fieldset>", risposta.text, re.S).group()


def test_il_timbro_vale_per_una_scheda_sola(client, risorsa):
    altra = RisorsaFactory()
    assert segnala(client, risorsa, timbro=timbro(client.get(f"{altra.get_absolute_url()}segnala/"))).status_code == 200


def test_troppi_in_un_giorno(client, risorsa):
    esiti = [segnala(client, risorsa) for _ in range(PER_INDIRIZZO_E_SCHEDA + 1)]
    assert [r.status_code for r in esiti] == [302] * PER_INDIRIZZO_E_SCHEDA + [429]
    assert "Riprova domani" in esiti[-1].text
    assert TESTO in esiti[-1].text
    assert segnala(client, RisorsaFactory()).status_code == 302
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert segnala(client, risorsa).status_code == 302


def test_un_altro_sito_non_manda_moduli(client, risorsa):
    risposta = client.post(
        f"{risorsa.get_absolute_url()}segnala/", {"cosa": "orari"}, headers={"Origin": "https://altrove.example"}
    )
    assert (risposta.status_code, Segnalazione.objects.count()) == (403, 0)


@pytest.mark.parametrize("pagina", ["valuta", "segnala", "grazie"])
def test_una_bozza_non_ha_queste_pagine(come, anna, pagina):
    bozza = RisorsaFactory(stato="bozza")
    assert come(anna).get(f"/servizi/{bozza.slug}/{pagina}/").status_code == 404
    assert "feedback" not in come(anna).get(bozza.get_absolute_url()).text


def test_un_ente_legge_le_segnalazioni_sui_suoi_servizi(come, anna, bruno, senait, mira):
    SegnalazioneFactory(risorsa__nome="Di Bollate", risorsa__ente=bruno.ente, testo=TESTO, email="chi@example.org")
    SegnalazioneFactory(risorsa__nome="Di altri", stato="risolta")
    viste = {}
    for utente in (anna, bruno, senait, mira):
        pagina = come(utente).get("/area/servizi/segnalazioni/")
        viste[utente] = [s.risorsa.nome for s in pagina.context["object_list"]]
        assert "chi@example.org" not in pagina.text
    assert viste == {anna: ["Di Bollate", "Di altri"], bruno: ["Di Bollate"], senait: [], mira: []}


@pytest.mark.parametrize("quante", [1, 30])
def test_le_segnalazioni_dell_ente_costano_lo_stesso(come, bruno, django_assert_num_queries, quante):
    SegnalazioneFactory.create_batch(quante, risorsa__ente=bruno.ente)
    client = come(bruno)
    with django_assert_num_queries(9):
        client.get("/area/servizi/segnalazioni/")
