"""A body asks to join: the form, the link that confirms, what is kept and for how long."""

import re
import time
from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from referenti.models import AvvisoAdesione, RichiestaAdesione
from referenti.servizi.adesioni import elimina_scadute
from referenti.servizi.link_adesione import indirizzo
from referenti.views.adesioni import PER_EMAIL
from tests.factories import AvvisoAdesioneFactory, RichiestaAdesioneFactory

SCRITTO = {
    "denominazione": "Scuola  La Porta",
    "tipo": "associazione",
    "codice_fiscale": "01234567890",
    "sito_web": "https://laporta.example.org",
    "che_cosa_fa": "Italiano per chi arriva.",
    "perche": "Per non lavorare da soli.",
    "nome": "Irene",
    "cognome": "Chiede",
    "ruolo": "Presidente",
    "email": "irene@example.org",
    "consenso": "on",
}
TUTTE = "Se sei tu, apri questo collegamento e conferma:"


@pytest.fixture
def severo(db):
    """A browser for which Django checks CSRF: these forms must pass without its token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def chiede(severo, django_capture_on_commit_callbacks):
    """Fill the form in, as a person does, and send it."""

    def _chiede(prefisso="", **campi):
        pagina = severo.get(f"{prefisso}/aderisci/")
        timbro = re.search(r'name="timbro" value="([^"]+)"', pagina.text).group(1)
        adesso = time.time()
        with patch.object(time, "time", lambda: adesso + 20), django_capture_on_commit_callbacks(execute=True):
            return severo.post(f"{prefisso}/aderisci/", SCRITTO | {"timbro": timbro, "sito": "", **campi})

    return _chiede


def collegamento(mail):
    return re.search(r"http://testserver(\S+)", mail.body).group(1)


def test_la_richiesta_arriva_solo_dopo_la_conferma(
    chiede, severo, anna, mailoutbox, django_capture_on_commit_callbacks
):
    risposta = chiede()
    assert (risposta.status_code, risposta["Location"]) == (302, "/aderisci/grazie/")
    richiesta = RichiestaAdesione.objects.get()
    assert (richiesta.denominazione, richiesta.stato, richiesta.lingua) == ("Scuola La Porta", "ricevuta", "it")
    assert richiesta.consenso.startswith("Ho letto la pagina «Privacy».")
    assert [(m.to, TUTTE in m.body) for m in mailoutbox] == [(["irene@example.org"], True)]
    dove = collegamento(mailoutbox[0])
    assert severo.get(dove)["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    richiesta.refresh_from_db()
    assert richiesta.stato == "ricevuta"  # reading changes nothing: programs open links too
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert severo.post(dove, {"azione": "conferma"})["Location"] == dove
    richiesta.refresh_from_db()
    assert richiesta.stato == "confermata"
    assert [m.to for m in mailoutbox[1:]] == [["anna@example.org"]]
    assert f"http://testserver/area/adesioni/{richiesta.pk}/" in mailoutbox[1].body
    assert severo.cookies == {}


def test_in_inglese_anche_la_posta_porta_alla_pagina_inglese(chiede, mailoutbox):
    assert chiede("/en")["Location"] == "/en/aderisci/grazie/"
    assert collegamento(mailoutbox[0]).startswith("/en/aderisci/richiesta/")


@pytest.mark.parametrize(
    ("campi", "parole"),
    [
        ({"denominazione": ""}, "Questo campo è obbligatorio."),
        ({"denominazione": "Compra su https://x.example"}, "Scrivi solo il nome"),
        ({"tipo": "unita"}, "non è tra quelle disponibili"),
        ({"codice_fiscale": "RSSMRA80A01F205X"}, "11 caratteri"),
        ({"codice_fiscale": "123"}, "undici cifre"),
        ({"telefono": "chiamami"}, "Scrivi il numero"),
        ({"consenso": ""}, "Senza questa spunta"),
        ({"email": "irene"}, "indirizzo email valido"),
        ({"comuni": "niente"}, "niente"),
    ],
)
def test_quello_che_non_va_torna_con_tutto_quello_che_era_scritto(chiede, bollate, mailoutbox, campi, parole):
    pagina = chiede(**campi)
    assert (pagina.status_code, RichiestaAdesione.objects.count(), mailoutbox) == (200, 0, [])
    assert parole in pagina.text
    assert "Per non lavorare da soli." in pagina.text


def test_la_stessa_richiesta_due_volte_e_una(chiede, mailoutbox):
    chiede()
    chiede(denominazione="SCUOLA LA PORTA", perche="Meglio detto.")
    richiesta = RichiestaAdesione.objects.get()
    assert (richiesta.perche, len(mailoutbox)) == ("Meglio detto.", 2)
    RichiestaAdesione.objects.update(stato="confermata", confermata_il=timezone.now())
    chiede(perche="Un'altra persona scrive altro.")
    richiesta.refresh_from_db()
    assert (RichiestaAdesione.objects.count(), richiesta.perche) == (1, "Meglio detto.")
    assert "c'è già" in mailoutbox[2].body


def test_nessuno_riempie_la_casella_di_un_altro(chiede, mailoutbox):
    esiti = [chiede(denominazione=f"Ente {numero}") for numero in range(PER_EMAIL + 1)]
    assert [e.status_code for e in esiti] == [302] * PER_EMAIL + [429]
    assert (len(mailoutbox), "Per non lavorare da soli." in esiti[-1].text) == (PER_EMAIL, True)


def test_una_macchina_che_riempie_tutto_non_passa(chiede):
    assert (chiede(sito="https://spam.example").status_code, RichiestaAdesione.objects.count()) == (200, 0)
    assert (chiede().status_code, RichiestaAdesione.objects.get().sito_web) == (302, "https://laporta.example.org")


def test_si_ritira_dal_collegamento(client, db):
    richiesta = RichiestaAdesioneFactory(stato="in-discussione")
    client.post(indirizzo(richiesta), {"azione": "ritira"})
    richiesta.refresh_from_db()
    assert (richiesta.stato, richiesta.chiusa_il is None) == ("ritirata", False)
    client.post(indirizzo(richiesta), {"azione": "conferma"})  # an old page: nothing
    richiesta.refresh_from_db()
    assert richiesta.stato == "ritirata"
    assert "È stata ritirata" in client.get(indirizzo(richiesta)).text


@pytest.mark.parametrize("token", ["x", "a:b:c"])
def test_un_collegamento_scritto_da_altri_non_apre_niente(client, db, token):
    assert client.get(f"/aderisci/richiesta/{token}/").status_code == 404


def test_da_un_altro_sito_non_si_conferma(client, db):
    richiesta = RichiestaAdesioneFactory(stato="ricevuta")
    risposta = client.post(indirizzo(richiesta), {"azione": "conferma"}, HTTP_SEC_FETCH_SITE="cross-site")
    richiesta.refresh_from_db()
    assert (risposta.status_code, richiesta.stato) == (403, "ricevuta")


def test_una_mail_che_non_parte_si_riprova_e_non_si_ripete(chiede, severo, mailoutbox, settings):
    settings.INDIRIZZO_PORTALE = "https://portale.example.org"
    settings.DEBUG = True
    with patch("django.core.mail.EmailMessage.send", side_effect=OSError("giù")):
        assert chiede().status_code == 302
        with pytest.raises(CommandError, match=r"E-mail non mandate: 1 su 1\."):
            call_command("avvisa_adesioni", stdout=StringIO(), stderr=StringIO())
    assert AvvisoAdesione.objects.get().mandato_il is None
    for parole in ("mandata.", "Niente da mandare."):
        uscita = StringIO()
        call_command("avvisa_adesioni", stdout=uscita)
        assert parole in uscita.getvalue()
    assert [m.to for m in mailoutbox] == [["irene@example.org"]]
    assert "https://portale.example.org/aderisci/richiesta/" in mailoutbox[0].body


def indietro(richiesta, campo, giorni):
    RichiestaAdesione.objects.filter(pk=richiesta.pk).update(**{campo: timezone.now() - timedelta(days=giorni)})


def test_quello_che_scade_si_cancella(db, settings):
    settings.GIORNI_ADESIONE_DA_CONFERMARE, settings.GIORNI_ADESIONE_CHIUSA = 7, 180
    mai, appena = RichiestaAdesioneFactory(stato="ricevuta"), RichiestaAdesioneFactory(stato="ricevuta")
    aspetta = RichiestaAdesioneFactory()
    chiusa, da_poco = (RichiestaAdesioneFactory(stato="ritirata", telefono="02 123") for _ in range(2))
    AvvisoAdesioneFactory(richiesta=chiusa)
    for riga, campo, giorni in (
        (mai, "creato", 8),
        (appena, "creato", 6),
        (aspetta, "creato", 900),
        (chiusa, "chiusa_il", 181),
        (da_poco, "chiusa_il", 179),
    ):
        indietro(riga, campo, giorni)
    vecchio = indirizzo(chiusa)
    fatto = elimina_scadute()
    assert (fatto.non_confermate, fatto.persone) == (1, 1)
    assert set(RichiestaAdesione.objects.values_list("pk", flat=True)) == {
        appena.pk,
        aspetta.pk,
        chiusa.pk,
        da_poco.pk,
    }
    assert RichiestaAdesione.storia.filter(uuid=mai.pk).count() == 0
    chiusa.refresh_from_db()
    assert [getattr(chiusa, c) for c in ("nome", "cognome", "ruolo", "email", "telefono")] == [""] * 5
    assert (chiusa.denominazione != "", chiusa.avvisi.count()) == (True, 0)
    assert Client().get(vecchio).status_code == 404
    fatto = elimina_scadute()
    assert (fatto.non_confermate, fatto.persone) == (0, 0)


def test_la_storia_non_tiene_i_dati_delle_persone(db):
    colonne = {campo.name for campo in RichiestaAdesione.storia.model._meta.fields}
    assert colonne & {"nome", "cognome", "ruolo", "email", "telefono", "perche", "che_cosa_fa"} == set()
