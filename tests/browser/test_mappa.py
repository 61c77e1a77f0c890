"""The zoomable map as a person uses it, with the mouse and with the keyboard."""

import pytest

from tests.factories import RisorsaFactory, RisorsaInSedeFactory, SedeFactory


@pytest.fixture
def sportello(bollate):
    risorsa = RisorsaFactory(nome="Sportello al sole", comuni=[bollate])
    sede = SedeFactory(ente=risorsa.ente, comune=bollate, latitudine="45.54000", longitudine="9.15000")
    RisorsaInSedeFactory(risorsa=risorsa, sede=sede)
    return risorsa


def test_un_punto_si_apre_con_la_tastiera_e_porta_alla_scheda(apri, sportello):
    pagina = apri()
    pagina.goto("/mappa/")
    punto = pagina.locator(".punto-mappa")
    punto.wait_for()
    punto.focus()
    pagina.keyboard.press("Enter")
    with pagina.expect_navigation():
        pagina.get_by_role("link", name="Sportello al sole").click()
    assert pagina.locator("h1").inner_text() == "Sportello al sole"
    assert pagina.guasti == []


def test_sul_telefono_il_fumetto_non_sta_sotto_i_pulsanti_e_i_comuni_hanno_un_nome(apri, sportello):
    pagina = apri(larghezza=360)
    pagina.goto("/mappa/")
    pagina.locator(".punto-mappa").click()
    pagina.get_by_role("link", name="Sportello al sole").wait_for()
    pagina.wait_for_timeout(500)  # the map slides
    fumetto = pagina.locator(".leaflet-popup-content-wrapper").bounding_box()
    pulsanti = pagina.locator(".leaflet-control-zoom").bounding_box()
    mappa = pagina.locator("#mappa-grande").bounding_box()
    assert fumetto["x"] >= mappa["x"]
    assert fumetto["x"] + fumetto["width"] <= pulsanti["x"]
    assert pagina.locator(".nome-comune").all_inner_texts() == ["Bollate"]


def test_senza_script_resta_il_disegno_con_i_numeri_e_l_elenco(apri, sportello):
    pagina = apri(javascript=False, larghezza=360)
    pagina.goto("/mappa/")
    assert not pagina.locator("#mappa-grande").is_visible()
    assert pagina.locator("svg.mappa-ambito a").first.get_attribute("aria-label") == "Bollate: un servizio"
    with pagina.expect_navigation():
        pagina.get_by_role("main").get_by_role("link", name="Bollate", exact=True).click()
    assert pagina.url.endswith("/comuni/bollate/")
