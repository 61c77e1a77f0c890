"""No page of the back office asks the browser for anything the content security policy refuses."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import RisorsaFactory
from tests.tavolo.test_amministrazione import FABBRICHE, MODELLI, indirizzo, nome, risposte_attese

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def vai(pagina, *indirizzi):
    """What each address broke: an empty dictionary when nothing did."""
    guasti = {}
    for dove in indirizzi:
        pagina.guasti.clear()
        risposta = pagina.goto(dove, wait_until="load")
        if risposta.status != 200 or pagina.guasti:
            guasti[dove] = (risposta.status, list(pagina.guasti))
    return guasti


def test_ogni_pagina_di_ogni_modello(apri, anna):
    pagina, dove = apri(anna), [reverse("admin:index"), reverse("admin:carica-dati"), reverse("admin:pacchetto-hsds")]
    for modello in MODELLI:
        riga = FABBRICHE[nome(modello)]()
        FABBRICHE[nome(modello)].create_batch(3)
        dove += [buono for buono, stato in risposte_attese(modello, riga).items() if stato == 200]
        if hasattr(admin.site.get_model_admin(modello), "import_action"):
            dove.append(indirizzo(modello, "import"))
    assert vai(pagina, *dove) == {}
    # The policy is there to be broken: an inline style does make a noise.
    pagina.guasti.clear()
    pagina.evaluate("document.body.insertAdjacentHTML('beforeend', '<b style=\"color: red\">ciao</b>')")
    assert len(pagina.guasti) == 1


@pytest.mark.parametrize(
    ("testo", "conferma"),
    [
        ("slug,denominazione,tipo\na,Ente A,asst\n", 1),
        ("slug,denominazione,tipo\na,Ente A,boh\n", 0),
        ("a;b\n1;2\n", 0),
    ],
)
def test_import_anteprima_errori_e_conferma(apri, anna, testo, conferma):
    pagina = apri(anna)
    pagina.goto(reverse("admin:referenti_ente_import"))
    pagina.set_input_files("#id_import_file", {"name": "enti.csv", "mimeType": "text/csv", "buffer": testo.encode()})
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Guarda l'anteprima").click()
    tasto = pagina.get_by_role("button", name="Conferma l'importazione")
    assert tasto.count() == conferma
    if conferma:
        with pagina.expect_navigation():
            tasto.click()
        assert "Nuove: 1" in pagina.locator(".messagelist").inner_text()
    assert pagina.guasti == []


@pytest.mark.parametrize("testo", ["codice_istat,nome,slug\n000001,Uno,uno\n", "codice_istat,nome\n1,\n"])
def test_carica_dati(apri, anna, testo):
    pagina = apri(anna)
    pagina.goto(reverse("admin:carica-dati"))
    pagina.set_input_files("#id_file", {"name": "comuni.csv", "mimeType": "text/csv", "buffer": testo.encode()})
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Guarda l'anteprima").click()
    assert pagina.get_by_text("Anteprima", exact=True).count() == 1
    assert pagina.guasti == []


def test_export_scarica(apri, anna):
    pagina = apri(anna)
    pagina.goto(reverse("admin:referenti_ente_export"))
    pagina.select_option("#id_format", "0")
    with pagina.expect_download() as scaricato:
        pagina.get_by_role("button", name="Scarica").click()
    assert scaricato.value.suggested_filename.startswith("enti-")
    assert pagina.guasti == []


def test_azioni_ricerca_e_scelte_con_lo_script(apri, anna):
    RisorsaFactory.create_batch(3, stato="bozza")
    pagina = apri(anna)
    pagina.goto(reverse("admin:risorse_risorsa_changelist"))
    pagina.check("#action-toggle")
    pagina.select_option("select[name=action]", "delete_selected")
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Vai").click()
    assert [h.inner_text() for h in pagina.locator("h1").all()] == ["Cancella più righe"]
    pagina.goto(reverse("admin:risorse_risorsa_add"))
    pagina.locator(".field-ente .select2-selection").click()
    pagina.locator(".select2-results__option").first.wait_for()
    pagina.locator(".select2-search__field").last.fill("Ente")
    pagina.keyboard.press("Escape")
    pagina.locator(".field-categorie .select2-search__field").click()
    pagina.keyboard.press("Escape")
    pagina.locator("#contatti-group .add-row a").click()
    pagina.locator("#id_contatti-0-valore").wait_for(timeout=5000)
    pagina.goto(reverse("admin:risorse_risorsa_add"))
    with pagina.expect_popup() as finestra:
        pagina.locator("#add_id_ente").click()
    finestra.value.wait_for_load_state()
    assert finestra.value.locator("#id_denominazione").count() == 1
    pagina.goto(reverse("admin:referenti_incarico_add"))
    pagina.locator(".date-icon").first.click()
    pagina.locator(".calendarbox .calendar-shortcuts a").first.click()
    assert pagina.guasti == []
