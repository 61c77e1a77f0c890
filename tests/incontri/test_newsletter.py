"""The newsletter: double opt-in, one-click, numbers, mails that leave once each."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from incontri.models import InvioNewsletter, IscrizioneNewsletter, NumeroNewsletter
from incontri.servizi.newsletter.iscrizioni import elimina_scadute, richiedi
from incontri.servizi.newsletter.link import firma_conferma, firma_disdetta
from incontri.servizi.newsletter.numeri import avvia, candidate, riprova
from incontri.servizi.newsletter.spedizioni import messaggio, spedisci
from tavolo.base.antispam import timbra
from tavolo.base.stati import PassaggioNonPossibile
from tests.factories import (
    BisognoFactory,
    InvioNewsletterFactory,
    IscrizioneNewsletterFactory,
    NumeroNewsletterFactory,
    RilevazioneFactory,
    VoceFactory,
)

pytestmark = pytest.mark.django_db
BASE = "https://portale.example.org"
NOVITA = {
    "chiave": "bisogno:1",
    "genere": "bisogno",
    "titolo": "Mediazione <b>a scuola</b>",
    "quando": "2026-01-10T10:00:00+00:00",
    "url": "/tavolo/bisogni/mediazione/",
    "sintesi": "Si aspetta.",
    "comuni": [],
    "esempio": False,
}


@pytest.fixture(autouse=True)
def senza_pause(settings):
    settings.NEWSLETTER_AL_MINUTO = 0
    settings.INDIRIZZO_PORTALE = BASE


@pytest.fixture
def in_partenza():
    """A number that is leaving, for three subscriptions."""
    numero = NumeroNewsletterFactory(stato="in-invio", avviato_il=timezone.now(), voci=[NOVITA])
    for nome in "abc":
        InvioNewsletterFactory(numero=numero, iscrizione=IscrizioneNewsletterFactory(email=f"{nome}@example.org"))
    return numero


def bisogno(titolo):
    uno = BisognoFactory(titolo=titolo)
    RilevazioneFactory(
        stato="pubblicata", pubblicata_il=timezone.now(), decisione=VoceFactory(tipo="decisione"), bisogni=[uno]
    )
    return uno


def stati(numero):
    return {str(invio.iscrizione): invio.stato for invio in numero.invii.select_related("iscrizione")}


def rompi(monkeypatch, errore, per):
    """Make the mail to these addresses fail."""
    vero = EmailBackend.send_messages

    def manda(self, messaggi):
        if any(uno.to[0] in per for uno in messaggi):
            raise errore
        return vero(self, messaggi)

    monkeypatch.setattr(EmailBackend, "send_messages", manda)


def chiedi(client, email, **altro):
    dati = {"email": email, "consenso": "on", "timbro": timbra("newsletter/di-nuovo"), "sito": ""} | altro
    return client.post(reverse("newsletter:iscrizione-create"), dati)


def test_doppia_conferma(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        risposta = chiedi(client, "Lei@example.org")
    assert (risposta.status_code, risposta.url) == (302, "/newsletter/grazie/")
    iscrizione = IscrizioneNewsletter.objects.get()
    assert (iscrizione.stato, iscrizione.lingua, iscrizione.risposta_il is not None) == ("richiesta", "it", True)
    [lettera] = mail.outbox
    pagina = reverse("newsletter:conferma", args=[firma_conferma(iscrizione)])
    assert lettera.to == ["Lei@example.org"]
    assert pagina in lettera.body
    assert "Sì, voglio riceverla" in client.get(pagina).text
    iscrizione.refresh_from_db()
    assert iscrizione.stato == "richiesta"  # programs of mail that open links confirm nothing
    assert "Iscrizione confermata" in client.post(pagina).text
    client.post(pagina)
    iscrizione.refresh_from_db()
    assert iscrizione.stato == "confermata"


def test_la_stessa_risposta_a_un_indirizzo_gia_iscritto(client, django_capture_on_commit_callbacks):
    IscrizioneNewsletterFactory(email="lei@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        risposta = chiedi(client, "LEI@example.org")
    assert (risposta.status_code, risposta.url) == (302, "/newsletter/grazie/")
    assert IscrizioneNewsletter.objects.get().stato == "confermata"
    assert "la ricevi già" in mail.outbox[0].body


@pytest.mark.parametrize("altro", [{"sito": "http://spam"}, {"timbro": "falso"}, {"consenso": ""}])
def test_quello_che_non_e_di_una_persona_torna_indietro(client, altro):
    risposta = chiedi(client, "lei@example.org", **altro)
    assert risposta.status_code == 200
    assert "lei@example.org" in risposta.text
    assert IscrizioneNewsletter.objects.count() == 0


def test_nessuna_intestazione_entra_con_l_indirizzo(client):
    assert chiedi(client, "lei@example.org\nBcc: altri@example.org").status_code == 200
    assert (IscrizioneNewsletter.objects.count(), mail.outbox) == (0, [])


def test_troppe_richieste_per_lo_stesso_indirizzo(client):
    assert [chiedi(client, "lei@example.org").status_code for _volta in range(4)] == [302, 302, 302, 429]


def test_una_risposta_non_partita_parte_dopo(monkeypatch):
    IscrizioneNewsletterFactory(email="lei@example.org", stato="richiesta", risposta_il=None)
    with monkeypatch.context() as giu:
        rompi(giu, ConnectionError("giù"), {"lei@example.org"})
        with pytest.raises(CommandError):
            call_command("invia_newsletter")
    call_command("invia_newsletter")
    call_command("invia_newsletter")
    assert [uno.to for uno in mail.outbox] == [["lei@example.org"]]


def test_i_collegamenti_falsi_vecchi_o_di_un_altra_richiesta(client, settings):
    iscrizione = IscrizioneNewsletterFactory(stato="richiesta")
    buono = firma_conferma(iscrizione)
    for token in (f"{buono}x", "niente", firma_disdetta(iscrizione)):
        assert client.get(reverse("newsletter:conferma", args=[token])).status_code == 404
    assert client.post(reverse("newsletter:disdetta", args=[buono])).status_code == 404
    settings.GIORNI_NEWSLETTER_DA_CONFERMARE = -1
    assert client.post(reverse("newsletter:conferma", args=[buono])).status_code == 404
    settings.GIORNI_NEWSLETTER_DA_CONFERMARE = 7
    richiedi(iscrizione.email, lingua="it", consenso="", base=BASE)
    assert client.post(reverse("newsletter:conferma", args=[buono])).status_code == 404
    iscrizione.refresh_from_db()
    assert iscrizione.stato == "richiesta"


def test_si_disdice_con_una_richiesta_sola(client):
    """RFC 8058: no cookie, no login, no CSRF token; reading changes nothing."""
    iscrizione = IscrizioneNewsletterFactory()
    pagina = reverse("newsletter:disdetta", args=[firma_disdetta(iscrizione)])
    severo = type(client)(enforce_csrf_checks=True)
    assert "Sì, non scrivetemi più" in severo.get(pagina).text
    iscrizione.refresh_from_db()
    assert iscrizione.stato == "confermata"
    risposta = severo.post(pagina, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://posta.example.com"})
    assert (risposta.status_code, len(risposta.cookies)) == (200, 0)
    assert severo.post(pagina).status_code == 200
    iscrizione.refresh_from_db()
    assert (iscrizione.stato, iscrizione.disdetta_il is not None) == ("disdetta", True)


def test_le_intestazioni_e_le_due_forme(in_partenza):
    iscrizione = IscrizioneNewsletterFactory(email="lei@example.org", lingua="fr")
    lettera = messaggio(in_partenza, iscrizione, base=BASE)
    disdetta = lettera.extra_headers["List-Unsubscribe"].strip("<>")
    assert disdetta.startswith(f"{BASE}/fr/newsletter/disdetta/")
    assert lettera.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = lettera.alternatives[0][0]
    assert disdetta in lettera.body
    assert disdetta in html
    assert "Mediazione &lt;b&gt;a scuola&lt;/b&gt;" in html
    assert (html.count("<img"), html.count("style"), html.count("<script")) == (0, 0, 0)


def test_un_oggetto_di_due_righe_ne_prende_una(in_partenza):
    in_partenza.titolo = "Novità\nBcc: altri@example.org"
    lettera = messaggio(in_partenza, IscrizioneNewsletterFactory(), base=BASE)
    assert lettera.subject == "Tavolo Intercultura: Novità Bcc: altri@example.org"


def test_ogni_mail_parte_una_volta(in_partenza):
    call_command("invia_newsletter")
    call_command("invia_newsletter")
    assert sorted(uno.to[0] for uno in mail.outbox) == ["a@example.org", "b@example.org", "c@example.org"]
    in_partenza.refresh_from_db()
    assert in_partenza.stato == "inviato"


def test_interrotto_a_meta_riprende(in_partenza, monkeypatch):
    with monkeypatch.context() as ucciso:
        rompi(ucciso, KeyboardInterrupt(), {"b@example.org"})
        with pytest.raises(KeyboardInterrupt):
            list(spedisci(in_partenza))
    assert stati(in_partenza) == {
        "a@example.org": "inviata",
        "b@example.org": "da-inviare",
        "c@example.org": "da-inviare",
    }
    list(spedisci(in_partenza))
    assert [uno.to[0] for uno in mail.outbox] == ["a@example.org", "b@example.org", "c@example.org"]


def test_due_insieme_non_ripetono(in_partenza):
    uno, altro = spedisci(in_partenza), spedisci(NumeroNewsletter.objects.get(pk=in_partenza.pk))
    for spedizione in (uno, altro, uno, altro):
        next(spedizione, None)
    assert [*uno, *altro] == []
    assert sorted(una.to[0] for una in mail.outbox) == ["a@example.org", "b@example.org", "c@example.org"]


def test_un_indirizzo_rifiutato_non_ferma_gli_altri(in_partenza, monkeypatch, anna):
    with monkeypatch.context() as giu:
        rompi(giu, SMTPRecipientsRefused({}), {"a@example.org"})
        with pytest.raises(CommandError):
            call_command("invia_newsletter")
    assert sorted(stati(in_partenza).values()) == ["fallita", "inviata", "inviata"]
    assert riprova(in_partenza, autore=anna) == 1
    call_command("invia_newsletter")
    assert sorted(stati(in_partenza).values()) == ["inviata"] * 3


def test_un_server_che_non_risponde_ferma_e_non_perde(in_partenza, monkeypatch):
    rompi(monkeypatch, ConnectionError("giù"), {"b@example.org"})
    with pytest.raises(CommandError):
        call_command("invia_newsletter")
    assert sorted(stati(in_partenza).values()) == ["da-inviare", "da-inviare", "inviata"]
    in_partenza.refresh_from_db()
    assert in_partenza.stato == "in-invio"


def test_chi_disdice_prima_non_riceve(in_partenza):
    iscrizione = IscrizioneNewsletter.objects.get(email="b@example.org")
    iscrizione.stato = "disdetta"
    iscrizione.save()
    call_command("invia_newsletter")
    assert stati(in_partenza)["b@example.org"] == "annullata"
    assert sorted(uno.to[0] for uno in mail.outbox) == ["a@example.org", "c@example.org"]


def test_quello_che_scade_si_cancella():
    fa = timezone.now() - timedelta(days=60)
    IscrizioneNewsletterFactory(stato="richiesta", richiesta_il=fa)
    finita = IscrizioneNewsletterFactory(stato="disdetta", disdetta_il=fa)
    invio = InvioNewsletterFactory(iscrizione=finita, stato="fallita", errore=f"{finita.email} non esiste")
    IscrizioneNewsletterFactory(email="resta@example.org")
    assert (vars(elimina_scadute()), vars(elimina_scadute())) == (
        {"non_confermate": 1, "indirizzi": 1},
        {"non_confermate": 0, "indirizzi": 0},
    )
    assert sorted(IscrizioneNewsletter.objects.values_list("email", flat=True)) == ["", "resta@example.org"]
    invio.refresh_from_db()
    assert invio.errore == ""


def test_un_indirizzo_una_iscrizione():
    IscrizioneNewsletterFactory(email="lei@example.org")
    with pytest.raises(IntegrityError):
        IscrizioneNewsletterFactory(email="LEI@example.org")


def test_si_compone_si_ordina_si_avvia(come, anna, django_capture_on_commit_callbacks):
    prima, dopo = bisogno("Prima"), bisogno("Dopo")
    IscrizioneNewsletterFactory()
    oggi = timezone.localdate()
    client = come(anna)
    dati = {"titolo": "Gennaio", "introduzione": "Ciao.", "dal": oggi - timedelta(days=3), "al": oggi}
    domani = client.post(reverse("redazione:numero-create"), dati | {"al": oggi + timedelta(days=1)})
    assert list(domani.context["form"].errors) == ["al"]
    pagina = client.post(reverse("redazione:numero-create"), dati).url
    numero = NumeroNewsletter.objects.get()
    assert (len(numero.scelte), numero.autore) == (2, anna)
    form = client.get(pagina).context["form"]
    campi = {una.titolo: form.nomi(una) for una in form.novita}
    scritti = dati | {
        campi[prima.titolo][0]: "on",
        campi[prima.titolo][1]: "2",
        campi[dopo.titolo][0]: "on",
        campi[dopo.titolo][1]: "1",
        "timbro": form["timbro"].value(),
    }
    assert client.post(pagina, scritti).status_code == 302
    di_nuovo = client.post(pagina, scritti | {"titolo": "Febbraio"})
    assert (di_nuovo.status_code, "Febbraio" in di_nuovo.text) == (409, True)
    invia = reverse("redazione:numero-invia", args=[numero.pk])
    assert "Invia a 1 persona" in client.get(invia).text
    client.post(invia)
    client.post(invia)  # a second press changes nothing
    numero.refresh_from_db()
    assert (numero.stato, [voce["titolo"] for voce in numero.voci]) == ("in-invio", ["Dopo", "Prima"])
    assert InvioNewsletter.objects.count() == 1
    assert candidate(numero.dal, numero.al) == []  # the next number does not tell them again
    assert client.post(pagina, scritti).status_code == 409


def test_senza_novita_non_parte(anna):
    numero = NumeroNewsletterFactory(scelte=["non-c-e-piu"])
    with pytest.raises(PassaggioNonPossibile, match="almeno una novità"):
        avvia(numero, autore=anna)


def test_la_prova_arriva_a_chi_scrive(come, anna):
    numero = NumeroNewsletterFactory(titolo="Gennaio")
    come(anna).post(reverse("redazione:numero-prova", args=[numero.pk]))
    assert [(uno.to, uno.subject) for uno in mail.outbox] == [([anna.email], "Tavolo Intercultura: prova, Gennaio")]


def test_l_anteprima_sta_in_una_pagina_che_non_puo_niente(come, anna, in_partenza):
    risposta = come(anna).get(reverse("redazione:numero-html", args=[in_partenza.pk]))
    assert risposta["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_lista_non_rallenta(come, anna, django_assert_num_queries, quanti):
    NumeroNewsletterFactory.create_batch(quanti)
    client = come(anna)
    client.get(reverse("redazione:numero-list"))
    with django_assert_num_queries(8):
        client.get(reverse("redazione:numero-list"))


def test_tutti_leggono_solo_i_numeri_inviati(client, in_partenza):
    inviato = NumeroNewsletterFactory(stato="inviato", inviato_il=timezone.now(), voci=[NOVITA])
    pagina = "newsletter:numero-detail"
    assert "Mediazione" in client.get(reverse(pagina, args=[inviato.slug])).text
    assert client.get(reverse(pagina, args=[in_partenza.slug])).status_code == 404


def test_l_anteprima_in_parole_non_e_codice(come, anna):
    numero = NumeroNewsletterFactory(titolo="<i id=x>", introduzione='<form action="https://evil.example"><input>')
    pagina = come(anna).get(reverse("redazione:numero-detail", args=[numero.pk])).content.decode()
    assert ("<i id=x>" in pagina, '<form action="https://evil' in pagina) == (False, False)
    assert "&lt;form action=&quot;https://evil.example&quot;&gt;" in pagina
