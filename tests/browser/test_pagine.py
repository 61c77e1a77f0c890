"""Every page in Chromium, narrow and wide: nothing refused by the content security policy, nothing broken, nothing wider
than the screen, no violation of WCAG 2.2 AA that axe can find."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.mondo import nomi_degli_indirizzi

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
# Not pages: files, verbs that only take POST, the end of the session.
NON_PAGINE = ("robots", "security-txt", "account_logout", "mfa_download_recovery_codes", "admin:logout", "admin:jsi18n")
NON_PAGINE += ("admin:autocomplete", "incontri:prossimi-ics", "incontri:incontro-ics", "incontri:odg-tipo")
NON_PAGINE += (
    "admin:referenti_utente_invito",
    "incontri:incontro-passaggio",
    "incontri:verbale-create",
    "incontri:verbale-passaggio",
)
# Tried by test_le_pagine_del_secondo_fattore: they are there once there is a second factor.
NON_PAGINE += ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes")
STRETTA, LARGA = 360, 1280


def pagine(chi):
    """The names of the pages this person is shown."""
    nomi = [n for n in nomi_degli_indirizzi() if n not in NON_PAGINE]
    if chi == "anna":
        return [n for n in nomi if n.startswith("admin:") and not n.endswith(("_import", "_process_import", "_export"))]
    nomi = [n for n in nomi if not n.startswith("admin:")]
    riservate = ("area", "incontri:", "mfa_", "account_reauthenticate", "account_change", "account_set")
    return [n for n in nomi if n.startswith(riservate) == (chi == "bruno")]


def problemi(pagina, axe, nome, larghezza):
    """What is wrong with the open page, as short sentences."""
    trovati = [f"{nome}: {g}" for g in pagina.guasti]
    pagina.guasti.clear()
    avanza = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if larghezza == STRETTA and avanza > 0 and not nome.startswith("admin:"):
        trovati.append(f"{nome}: più larga dello schermo di {avanza} px")
    for violazione in axe.run(pagina, options=WCAG).response["violations"]:
        nodi = "; ".join(nodo["html"][:160] for nodo in violazione["nodes"][:3])
        trovati.append(f"{nome}: {violazione['id']} — {nodi}")
    return trovati


@pytest.mark.parametrize("larghezza", [STRETTA, LARGA])
@pytest.mark.parametrize("chi", ["pubblico", "bruno", "anna"])
def test_ogni_pagina_e_accessibile_e_intera(chi, larghezza, request, apri, mondo):
    utente = None if chi == "pubblico" else request.getfixturevalue(chi)
    pagina, axe, trovati = apri(utente, larghezza), Axe(), []
    for nome in pagine(chi):
        pagina.goto(mondo.indirizzo(nome))
        trovati += problemi(pagina, axe, nome, larghezza)
    assert trovati == []


@pytest.mark.parametrize("lingua", ["en", "ar"])
def test_le_pagine_pubbliche_nelle_altre_lingue(lingua, apri, mondo):
    pagina, axe, trovati = apri(larghezza=STRETTA), Axe(), []
    for nome in ("home", "risorse:risorsa-list", "risorse:risorsa-detail", "risorse:comune-detail", "referenti:tavolo"):
        pagina.goto(f"/{lingua}{mondo.indirizzo(nome)}")
        assert pagina.locator("html").get_attribute("lang") == lingua
        trovati += problemi(pagina, axe, nome, STRETTA)
    assert trovati == []


def test_le_pagine_pubbliche_funzionano_senza_javascript(apri, mondo):
    pagina = apri(larghezza=STRETTA, javascript=False)
    pagina.goto("/")
    pagina.get_by_role("searchbox").fill("Sportello")
    pagina.get_by_role("searchbox").press("Enter")
    pagina.get_by_role("link", name="Sportello salute").first.click()
    assert pagina.locator("h1").inner_text() == "Sportello salute"


def test_le_pagine_di_errore_hanno_l_aspetto_del_portale(apri, db):
    pagina, axe = apri(larghezza=STRETTA), Axe()
    risposta = pagina.goto("/servizi/non-c-e/")
    pagina.guasti.clear()  # the browser reports the 404 itself
    assert (risposta.status, pagina.locator("h1").count(), problemi(pagina, axe, "404", STRETTA)) == (404, 1, [])


def test_le_pagine_del_secondo_fattore(apri, anna):
    """From the password to the recovery codes, as a person does it."""
    anna.set_password("una frase lunga e mia")
    anna.save()
    pagina, axe, trovati = apri(larghezza=STRETTA), Axe(), []
    pagina.goto(reverse("account_login"))
    pagina.fill("input[name=login]", "anna@example.org")
    pagina.fill("input[name=password]", "una frase lunga e mia")
    pagina.click("main button[type=submit]")
    TOTP.activate(anna, generate_totp_secret())
    RecoveryCodes.activate(anna)
    for nome in ("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        pagina.goto(reverse(nome))
        if "/conferma/" in pagina.url:
            trovati += problemi(pagina, axe, "account_reauthenticate", STRETTA)
            pagina.fill("input[name=password]", "una frase lunga e mia")
            pagina.click("main button[type=submit]")
        assert pagina.url.endswith(reverse(nome))
        trovati += problemi(pagina, axe, nome, STRETTA)
    assert trovati == []
