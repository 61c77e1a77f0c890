"""The desk where minutes are written: by keyboard only, on a phone, without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from incontri.models import TipoVoce
from tests.browser.test_pagine import STRETTA, problemi
from tests.factories import ImpegnoFactory, PuntoOdgFactory, VerbaleFactory, VoceFactory

UNITO = "⟦l'altra persona:⟧ Suo ⟦tu:⟧ Mio ⟦fine⟧"


def scrivania(utente):
    verbale = VerbaleFactory(verbalizzante=utente)
    punto = PuntoOdgFactory(incontro=verbale.incontro, titolo="Bisogni")
    return punto, reverse("incontri:voce-update", args=[verbale.incontro_id, punto.pk])


def voci_di(punto):
    return [(voce.tipo, voce.testo) for voce in punto.voci.all()]


def test_tre_voci_con_la_sola_tastiera(apri, bruno):
    punto, indirizzo = scrivania(bruno)
    pagina = apri(bruno)
    tasti = pagina.keyboard
    pagina.goto(indirizzo)
    pagina.get_by_label("Tipo").focus()
    tasti.type("Cri")
    for _ in range(3):  # who reads it, the toolbar, the text
        tasti.press("Tab")
    tasti.type("Prima")
    tasti.press("Control+Enter")
    tasti.type("Seconda")
    tasti.press("Control+Enter")
    tasti.press("Control+b")
    tasti.type("Terza")
    tasti.press("Alt+ArrowUp")
    tasti.press("Alt+ArrowUp")
    assert pagina.locator("[data-annuncio]").inner_text() == "Voce spostata al posto 1 di 3"
    with pagina.expect_navigation():
        tasti.press("Control+s")

    attese = [("criticita", "**Terza**"), ("criticita", "Prima"), ("criticita", "Seconda")]
    assert voci_di(punto) == attese
    assert pagina.evaluate("document.activeElement.value") == "**Terza**"
    pagina.reload()
    scritti = pagina.locator("[data-voce] textarea").evaluate_all("aree => aree.map((area) => area.value)")
    assert scritti == [*(testo for _, testo in attese), ""]
    assert pagina.guasti == []


def test_gli_strumenti_segnano_il_testo_e_si_torna_indietro(apri, bruno):
    _, indirizzo = scrivania(bruno)
    pagina = apri(bruno, larghezza=360)
    pagina.goto(indirizzo)
    area = pagina.locator("[data-voce] textarea").first
    area.fill("uno\ndue")
    area.press("Control+a")
    pagina.get_by_role("button", name="• Elenco").first.click()
    assert area.input_value() == "- uno\n- due"
    pagina.get_by_role("button", name="Numeri").first.click()
    assert area.input_value() == "1. uno\n2. due"
    area.press("Control+z")
    assert area.input_value() == "- uno\n- due"
    pagina.get_by_role("button", name="Anteprima").first.click()
    pagina.locator(".anteprima li").first.wait_for()
    assert pagina.locator(".anteprima li").all_inner_texts() == ["uno", "due"]
    assert pagina.guasti == []


def test_si_vede_solo_cio_che_serve_al_tipo(apri, bruno):
    _, indirizzo = scrivania(bruno)
    pagina = apri(bruno)
    pagina.goto(indirizzo)
    visti = {}
    for tipo in ("discussione", "decisione", "impegno"):
        pagina.get_by_label("Tipo").select_option(tipo)
        visti[tipo] = [pagina.get_by_label(c).is_visible() for c in ("Com'è stata presa", "Ente che se ne occupa")]
    assert visti == {"discussione": [False, False], "decisione": [True, False], "impegno": [False, True]}


def test_senza_javascript_si_scrive_si_sposta_e_si_aggiunge(apri, bruno):
    punto, indirizzo = scrivania(bruno)
    VoceFactory(punto=punto, testo="Prima", ordine=1)
    VoceFactory(punto=punto, testo="Seconda", ordine=2)
    pagina = apri(bruno, larghezza=360, javascript=False)
    pagina.goto(indirizzo)
    pagina.get_by_label("Testo").nth(0).fill("Prima, corretta")
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Su").nth(1).click()
    assert [testo for _, testo in voci_di(punto)] == ["Seconda", "Prima, corretta"]
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Aggiungi sotto").nth(0).click()
    pagina.get_by_label("Testo").nth(1).fill("In mezzo")
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Salva", exact=True).last.click()
    assert [testo for _, testo in voci_di(punto)] == ["Seconda", "In mezzo", "Prima, corretta"]


@pytest.mark.parametrize("javascript", [True, False])
def test_scrivere_e_rileggere_ogni_tipo_di_voce_senza_barriere(apri, bruno, javascript):
    punto, indirizzo = scrivania(bruno)
    testo = "# Titolo\n- uno\n- **due** <https://a.it>\n\n```\ncodice\n```"
    for ordine, tipo in enumerate(TipoVoce, start=1):
        voce = VoceFactory(punto=punto, ordine=ordine, tipo=tipo, testo=testo)
    ImpegnoFactory(voce=voce, persona=bruno)
    pagina, axe, trovati = apri(bruno, larghezza=STRETTA), Axe(), []
    if not javascript:
        pagina.route("**/*.js", lambda rotta: rotta.fulfill(body="", content_type="text/javascript"))
    for nome, url in (("scrivi", indirizzo), ("leggi", punto.incontro.verbale.get_absolute_url())):
        pagina.goto(url)
        trovati += problemi(pagina, axe, nome, STRETTA)
    assert trovati == []


def test_in_due_sulla_stessa_voce_i_due_testi_senza_barriere(apri, bruno):
    punto, indirizzo = scrivania(bruno)
    voce = VoceFactory(punto=punto, tipo="impegno", testo="Base", ordine=1)
    ImpegnoFactory(voce=voce)
    pagina = apri(bruno, larghezza=STRETTA)
    pagina.goto(indirizzo)
    pagina.get_by_label("Testo", exact=True).first.fill("Mio")
    voce.testo, voce.versione = "Suo", 2
    voce.save()
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Salva", exact=True).last.click()
    pagina.get_by_text("Scritto da te").wait_for()
    pagina.guasti.clear()  # the browser reports the 409 itself
    assert pagina.get_by_label("Testo", exact=True).first.input_value() == UNITO
    assert problemi(pagina, Axe(), "contesa", STRETTA) == []
    pagina.get_by_label("Tieni il mio").check()
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Salva", exact=True).last.click()
    pagina.get_by_text("Scritto da te").wait_for(state="detached")
    assert voci_di(punto) == [("impegno", "Mio")]
