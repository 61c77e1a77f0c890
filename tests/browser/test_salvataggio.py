"""What is typed in the minutes and not saved yet: kept without a network, without a login, and offered again."""

from django.contrib.sessions.models import Session

from incontri.models import SalvataggioAutomatico
from tests.browser.conftest import _sessione
from tests.browser.test_verbale import scrivania, voci_di

ATTESA = 16_000  # a little more than the time between two savings


def scrivi(pagina, testo):
    """Type in the first entry and leave the field."""
    area = pagina.get_by_label("Testo", exact=True).first
    area.fill(testo)
    area.blur()


def stato(pagina, parole):
    """Wait for the line of the state to say these words."""
    pagina.locator("[data-salvato]").get_by_text(parole).wait_for()


def riprendi_e_salva(pagina, punto, testo):
    """Take up what the page offers, and save it."""
    pagina.get_by_role("link", name="Riprendilo").click()
    pagina.get_by_text("Questo è il testo che avevi scritto senza salvare").wait_for()
    assert pagina.get_by_label("Testo", exact=True).first.input_value() == testo
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Salva", exact=True).last.click()
    assert voci_di(punto) == [("discussione", testo)]
    assert not SalvataggioAutomatico.objects.exists()


def test_si_scrive_si_chiude_si_riapre_si_riprende(apri, bruno):
    punto, indirizzo = scrivania(bruno)
    pagina = apri(bruno)
    pagina.clock.install()
    pagina.goto(indirizzo)
    pagina.get_by_label("Testo", exact=True).first.fill("Mai salvato")
    pagina.clock.fast_forward(ATTESA)
    stato(pagina, "Salvato in automatico alle")
    assert (pagina.guasti, voci_di(punto)) == ([], [])
    riaperta = pagina.context.new_page()
    pagina.close()
    riaperta.goto(indirizzo)
    riprendi_e_salva(riaperta, punto, "Mai salvato")


def test_accesso_finito_in_un_altra_scheda(apri, bruno, live_server):
    punto, indirizzo = scrivania(bruno)
    pagina = apri(bruno)
    pagina.goto(indirizzo)
    Session.objects.all().delete()
    scrivi(pagina, "Dopo l'uscita")
    stato(pagina, "L’accesso è scaduto: il testo è tenuto in questo browser")
    assert pagina.locator("[data-avviso-salvataggio]").inner_text().startswith("L’accesso è scaduto")
    assert not SalvataggioAutomatico.objects.exists()
    contesto = pagina.context
    riaperta = contesto.new_page()
    pagina.close()
    contesto.add_cookies([{"name": "sessionid", "value": _sessione(bruno), "url": live_server.url}])
    riaperta.goto(indirizzo)
    riprendi_e_salva(riaperta, punto, "Dopo l'uscita")


def test_senza_rete_e_di_nuovo_con_la_rete(apri, bruno):
    _, indirizzo = scrivania(bruno)
    pagina = apri(bruno)
    pagina.goto(indirizzo)
    pagina.context.set_offline(True)
    scrivi(pagina, "Senza rete")
    stato(pagina, "Non c’è rete: il testo è tenuto in questo browser")
    copie = "Object.keys(localStorage).filter((nome) => nome.startsWith('verbale:')).length"
    assert pagina.evaluate(copie) == 1
    pagina.context.set_offline(False)
    stato(pagina, "Salvato in automatico alle")
    assert pagina.evaluate(copie) == 0
    assert [tenuto.dati["voci-0-testo"] for tenuto in SalvataggioAutomatico.objects.all()] == ["Senza rete"]


def test_due_persone_sulla_stessa_pagina_si_vedono(apri, bruno, senait):
    punto, indirizzo = scrivania(bruno)
    punto.incontro.verbale.redattori.add(senait)
    di_bruno, di_senait = apri(bruno), apri(senait)
    di_bruno.clock.install()
    di_bruno.goto(indirizzo)
    di_bruno.wait_for_load_state("networkidle")
    di_senait.goto(indirizzo)
    di_senait.get_by_text("Ha aperta questa pagina anche: Bruno Bollate.").wait_for()
    di_senait.wait_for_load_state("networkidle")
    di_bruno.clock.fast_forward(ATTESA)
    di_bruno.get_by_text("Ha aperta questa pagina anche: Senait Senago.").wait_for()
    assert (di_bruno.guasti, di_senait.guasti) == ([], [])
