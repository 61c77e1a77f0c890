"""Every page in Chromium, narrow and wide: nothing refused by the content security policy, nothing broken, nothing wider
than the screen, no violation of WCAG 2.2 AA that axe can find."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from risorse.hsds.risposte import ELENCHI
from tests.mondo import nomi_degli_indirizzi
from tests.tavolo.attesi import atteso

# The steps of the back office that only take POST.
PASSI = ("_process_import", "_invito")

# Without preload axe does not write style sheets of its own into the page, which the policy would refuse.
WCAG = {
    "preload": False,
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
NON_PAGINE = {
    *(
        "dati-servizi",
        "dati-luoghi",
        "dati-geojson",
        "dati-enti",
        "dati-indicatori",
        "dati-calendario",
        "dati-catalogo",
    ),
    *("risorse:mappa-punti", "risorse:mappa-luogo"),
    *("archivio:verbale", "oparl:system", "oparl:body-list", "oparl:body-detail", "oparl:legislativeTerm-list"),
    *(f"oparl:{nome}-list" for nome in ("organization", "meeting", "agendaItem", "file", "person", "paper")),
    *(f"oparl:{nome}-detail" for nome in ("organization", "meeting", "agendaItem", "file")),
    "risorse:volantino",
    # files, verbs that only take POST, the end of the session
    *("sitemap", "sitemap-sezione"),
    *("robots", "security-txt", "account_logout", "admin:logout", "admin:jsi18n", "admin:autocomplete"),
    "incontri:testo-anteprima",
    *("incontri:prossimi-ics", "incontri:incontro-ics", "incontri:odg-tipo", "incontri:incontro-passaggio"),
    *("incontri:verbale-create", "incontri:verbale-passaggio", "cura:risorsa-conferma", "mfa_download_recovery_codes"),
    # JSON for programs, and the package to download
    *(f"hsds:{nome}-{cosa}" for nome in ELENCHI for cosa in ("list", "detail")),
    *("hsds:radice", "hsds:openapi", "hsds:pacchetto"),
    *("cura:ricognizione-conferma", "cura:ricognizione-concludi"),
    "admin:risorse_ricognizione_passo",
    *("traduzioni:esporta", "impegni:impegni-csv"),
    *("incontri:salvataggio", "incontri:salvataggio-scarta", "incontri:verbale-avvisa"),
    *("incontri:convocazione-avvisa", "incontri:convocazione-ricorda", "incontri:ospite-delete"),
    *("incontri:calendario-revoca", "calendario-ics"),
    *("incontri:allegato", "incontri:allegato-togli", "incontri:allegato-pubblico", "archivio:allegato"),
    *(f"incontri:{nome}-documento" for nome in ("convocazione", "foglio-presenze", "verbale")),
    *("incontri:originale", "istanze:istanza-passaggio", "istanze:istanza-discussa"),
    *("bisogni:servizio-collega", "bisogni:evidenza-togli", "bisogni:copertura-svg", "bisogni:copertura-csv"),
    *("lavoro:copertura-svg", "lavoro:copertura-csv", "lavoro:rilevazione-csv", "rilevazioni:graduatoria-csv"),
    *("lavoro:documento-file", "restituzioni:documento", "novita-atom"),
    # for who coordinates: test_i_verbali_in_ogni_stato tries the first
    *("incontri:verbale-pubblica", "incontri:rettifica-decidi"),
    "admin:base_importazione_errori",
    # there only once there is a second factor: test_le_pagine_del_secondo_fattore tries them
    *("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
}
STRETTA, LARGA = 360, 1280
DEI_BISOGNI = ("bisogni:", "rilevazioni:", "proposte:", "prassi:", "restituzioni:", "adesioni:", "newsletter:")
RISERVATE = ("area", "cura:", "impegni:", "incontri:", "istanze:", "traduzioni:", *DEI_BISOGNI)
RISERVATE += ("mfa_", "account_reauthenticate", "account_change", "account_set")
APP = ("admin:referenti_", "admin:risorse_", "admin:incontri_")
GENERI = ("_add", "_delete", "_simple_history", "_history", "_export", "_import")


VOTO = "rilevazioni:voto-update"  # only an ente's own people vote
# The public's pages, a referente's, and the back office in parts that two processes can share.
GRUPPI = {
    "pubblico": ("pubblico", lambda n: not n.startswith(("admin:", *RISERVATE))),
    "area": (
        "bruno",
        lambda n: (n.startswith(RISERVATE) and not n.startswith(("traduzioni:", *DEI_BISOGNI))) or n == VOTO,
    ),
    "bisogni": ("anna", lambda n: n.startswith(DEI_BISOGNI)),
    "traduzioni": ("mira", lambda n: n.startswith("traduzioni:")),
    "amministrazione": ("anna", lambda n: n.startswith("admin:") and not n.startswith(APP)),
    "chi": ("anna", lambda n: n.startswith(APP[0])),
    "che-cosa": ("anna", lambda n: n.startswith(APP[1])),
    "lavoro": ("anna", lambda n: n.startswith(APP[2])),
}


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


@pytest.mark.parametrize("gruppo", GRUPPI)
def test_ogni_pagina_e_accessibile_e_intera(gruppo, request, apri, mondo):
    chi, del_gruppo = GRUPPI[gruppo]
    utente = None if chi == "pubblico" else request.getfixturevalue(chi)
    # What the role does not get, the table of who gets what says.
    aperti = {n for n in nomi_degli_indirizzi() if atteso(n, chi) == 200}
    nomi = sorted(n for n in aperti if del_gruppo(n) and n not in NON_PAGINE and not n.endswith(PASSI))
    pagina, axe, trovati, gia_strette = apri(utente), Axe(), [], set()
    for nome in nomi:
        pagina.goto(mondo.indirizzo(nome))
        # Pages of one kind in the back office fold alike on a phone: Django's style sheet does it, once for all models.
        genere = next((g for g in GENERI if nome.startswith(APP) and nome.endswith(g)), nome)
        for larghezza in (LARGA,) if genere in gia_strette else (LARGA, STRETTA):
            gia_strette.add(genere)
            pagina.set_viewport_size({"width": larghezza, "height": 900})
            trovati += problemi(pagina, axe, nome, larghezza)
    assert len(nomi) > 1
    assert not trovati, "\n".join(trovati)


@pytest.mark.parametrize("chi", ["bruno", "anna"])
def test_i_verbali_in_ogni_stato(chi, request, apri, mondo):
    """Their page changes with their state; the preview of what is published is only for who coordinates."""
    pagina, axe, trovati = apri(request.getfixturevalue(chi)), Axe(), []
    altre = mondo.altre | ({"anteprima": mondo.indirizzo("incontri:verbale-pubblica")} if chi == "anna" else {})
    for quale, indirizzo in altre.items():
        risposta = pagina.goto(indirizzo)
        assert (risposta.status, pagina.url.endswith(indirizzo)) == (200, True)
        for larghezza in (LARGA, STRETTA):
            pagina.set_viewport_size({"width": larghezza, "height": 900})
            trovati += problemi(pagina, axe, quale, larghezza)
    assert not trovati, "\n".join(trovati)


@pytest.mark.parametrize("lingua", ["en", "ar"])
def test_le_pagine_pubbliche_nelle_altre_lingue(lingua, apri, mondo):
    pagina, axe, trovati = apri(larghezza=STRETTA), Axe(), []
    for nome in ("home", "risorse:risorsa-list", "risorse:risorsa-detail", "risorse:comune-detail", "referenti:tavolo"):
        pagina.goto(f"/{lingua}{mondo.indirizzo(nome)}")
        assert pagina.locator("html").get_attribute("lang") == lingua
        trovati += problemi(pagina, axe, nome, STRETTA)
    assert not trovati, "\n".join(trovati)


def test_le_pagine_pubbliche_funzionano_senza_javascript(apri, mondo):
    pagina = apri(larghezza=STRETTA, javascript=False)
    pagina.goto("/")
    pagina.get_by_role("searchbox").fill("Sportello")
    pagina.get_by_role("searchbox").press("Enter")
    with pagina.expect_navigation(url="**/servizi/sportello-salute/"):
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
    assert not trovati, "\n".join(trovati)
