"""Getting in: invitations, closed doors, the second factor, the demo's locks."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import authenticate
from django.core import mail
from django.urls import reverse

from referenti.servizi.inviti import InvitoNonPossibile, invita
from tests.factories import UtenteFactory

FRASE = "una frase lunga e mia"


@pytest.fixture
def invitata(db):
    return UtenteFactory(nome="Lucia", email="Lucia@Example.org")


def indirizzo_dell_invito(rf, invitata, anna):
    invita(invitata, autore=anna, request=rf.get("/"))
    return re.search(r"http://testserver(/accesso/password/nuova/\S+)", mail.outbox[-1].body).group(1)


def test_chi_e_invitata_sceglie_la_password_ed_e_dentro(client, rf, invitata, anna):
    risposta = client.get(indirizzo_dell_invito(rf, invitata, anna), follow=True)
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["lucia@example.org"],
        "Il tuo accesso al portale del Tavolo Intercultura",
    )
    risposta = client.post(risposta.request["PATH_INFO"], {"password1": FRASE, "password2": FRASE})
    assert (risposta.status_code, risposta.url) == (302, reverse("area"))
    assert client.session["_auth_user_id"] == str(invitata.pk)


def test_un_invito_vale_una_volta(client, rf, invitata, anna):
    indirizzo = indirizzo_dell_invito(rf, invitata, anna)
    modulo = client.get(indirizzo, follow=True).request["PATH_INFO"]
    client.post(modulo, {"password1": FRASE, "password2": FRASE})
    client.logout()
    assert "Questo indirizzo non vale più" in client.get(indirizzo, follow=True).text


def test_non_si_invita_chi_non_e_attivo(rf, anna):
    chiusa = UtenteFactory(nome="Lucia", cognome="Chiusa", is_active=False)
    with pytest.raises(InvitoNonPossibile, match=r"^Lucia Chiusa non è una persona attiva: prima riattivala\.$"):
        invita(chiusa, autore=anna, request=rf.get("/"))
    assert mail.outbox == []


def test_l_iscrizione_e_chiusa(client, db):
    dati = {"email": "x@example.org", "password1": FRASE, "password2": FRASE}
    for risposta in (client.get(reverse("account_signup")), client.post(reverse("account_signup"), dati)):
        assert (risposta.status_code, "Nessuno si iscrive da sé" in risposta.text) == (200, True)


def test_la_password_dimenticata_non_scrive_a_estranei(client, invitata):
    for email, messaggi in (("estraneo@example.com", 0), ("lucia@example.org", 1)):
        risposta = client.post(reverse("account_reset_password"), {"email": email})
        assert (risposta.url, len(mail.outbox)) == (reverse("account_reset_password_done"), messaggi)


def test_dopo_cinque_tentativi_la_porta_si_chiude(client, invitata):
    invitata.set_password(FRASE)
    invitata.save()
    for _ in range(5):
        client.post(reverse("account_login"), {"login": "lucia@example.org", "password": "sbagliata"})
    risposta = client.post(reverse("account_login"), {"login": "lucia@example.org", "password": FRASE})
    assert (risposta.status_code, "_auth_user_id" in client.session) == (200, False)
    assert "Troppi tentativi" in risposta.text


def test_la_porta_dell_amministrazione_e_quella_di_tutti(client, db):
    risposta = client.get(reverse("admin:login"), follow=True)
    assert risposta.request["PATH_INFO"] == reverse("account_login")
    risposta = client.post(reverse("admin:login"), {"username": "a@example.org", "password": "x"})
    assert (risposta.status_code, risposta.url.split("?")[0]) == (302, reverse("account_login"))


class TestSecondoFattore:
    def test_senza_non_si_amministra(self, settings, come, anna):
        settings.MFA_PER_AMMINISTRARE = True
        risposta = come(anna).get(reverse("admin:index"))
        assert (risposta.status_code, risposta.url) == (302, reverse("mfa_index"))
        assert come(anna).get(reverse("area")).status_code == 200

    def test_con_si_amministra(self, settings, come, anna):
        settings.MFA_PER_AMMINISTRARE = True
        TOTP.activate(anna, generate_totp_secret())
        assert come(anna).get(reverse("admin:index")).status_code == 200

    def test_il_segreto_non_sta_in_chiaro(self, anna):
        segreto = generate_totp_secret()
        TOTP.activate(anna, segreto)
        salvato = Authenticator.objects.get(user=anna).data["secret"]
        assert (salvato == segreto, get_adapter().decrypt(salvato)) == (False, segreto)

    def test_la_password_da_sola_non_basta(self, client, anna):
        anna.set_password(FRASE)
        anna.save()
        segreto = generate_totp_secret()
        TOTP.activate(anna, segreto)
        risposta = client.post(reverse("account_login"), {"login": "anna@example.org", "password": FRASE})
        assert (risposta.url, "_auth_user_id" in client.session) == (reverse("mfa_authenticate"), False)
        codice = format_hotp_value(hotp_value(segreto, next(iter(yield_hotp_counters_from_time()))))
        client.post(reverse("mfa_authenticate"), {"code": codice})
        assert client.session["_auth_user_id"] == str(anna.pk)


class TestDemo:
    @pytest.fixture
    def dimostrativa(self, db):
        utente = UtenteFactory(email="demo@example.org", demo=True)
        utente.set_password(FRASE)
        utente.save()
        return utente

    def entra(self, client, **extra):
        client.post(reverse("account_login"), {"login": "demo@example.org", "password": FRASE}, **extra)
        return "_auth_user_id" in client.session

    def test_entra_solo_in_una_demo(self, settings, client, dimostrativa):
        assert self.entra(client) is False
        settings.DEMO = True
        assert self.entra(client) is True

    def test_una_demo_accoglie_solo_da_questa_macchina(self, settings, client, dimostrativa):
        settings.DEMO = True
        assert self.entra(client, REMOTE_ADDR="192.0.2.7") is False

    def test_la_sessione_finisce_con_la_demo(self, settings, client, dimostrativa):
        settings.DEMO = True
        self.entra(client)
        settings.DEMO = False
        assert client.get(reverse("area")).status_code == 302

    def test_il_backend_la_conosce_solo_in_una_demo(self, settings, rf, dimostrativa):
        assert authenticate(rf.post("/"), email="demo@example.org", password=FRASE) is None
        settings.DEMO = True
        assert authenticate(rf.post("/"), email="demo@example.org", password=FRASE) == dimostrativa
