"""The pages of the restitution document: nothing typed is lost, two texts meet, a draft is for who writes it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import CommentoRestituzione
from incontri.servizi.restituzioni.compilazione import compila_restituzione
from incontri.servizi.restituzioni.vita import crea_restituzione
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def sezione():
    """A section of a draft."""
    return f.SezioneRestituzioneFactory(ordine=2, testo="Prima.\n", compilato="Prima.\n")


def indirizzo(sezione, nome="sezione-update"):
    return reverse(f"restituzioni:{nome}", args=[sezione.restituzione_id, sezione.genere])


def test_la_bozza_e_di_chi_la_scrive(sezione, bruno, senait, come):
    sezione.restituzione.redattori.add(bruno)
    assert come(bruno).get(indirizzo(sezione)).status_code == 200
    assert come(senait).get(indirizzo(sezione)).status_code == 404
    assert come(senait).get(sezione.restituzione.get_absolute_url()).status_code == 404


def test_chi_salva_dopo_trova_i_due_testi(sezione, anna, come):
    cliente = come(anna)
    assert cliente.post(indirizzo(sezione), {"testo": "Di Anna.", "versione": "1"}).status_code == 302
    risposta = cliente.post(indirizzo(sezione), {"testo": "Scritto dopo.", "versione": "1"})
    assert risposta.status_code == 409
    assert "Di Anna." in risposta.content.decode()
    assert "Scritto dopo." in risposta.content.decode()
    sezione.refresh_from_db()
    assert sezione.testo == "Di Anna."


def test_una_richiesta_senza_testo_non_svuota_niente(sezione, anna, come):
    risposta = come(anna).post(indirizzo(sezione), {"versione": "1"})
    assert (risposta.status_code, "niente è cambiato" in risposta.content.decode()) == (200, True)
    sezione.refresh_from_db()
    assert sezione.testo == "Prima.\n"


def test_una_fonte_che_la_sezione_non_ha_torna_con_il_testo(sezione, anna, come):
    sezione.fonti = {"voce-1": {"nome": "Verbale di marzo", "indirizzo": ""}}
    sezione.save()
    cliente = come(anna)
    testo = "Detto a marzo.[^voce-1] Detto altrove.[^voce-9][^Voce 1]"
    risposta = cliente.post(indirizzo(sezione), {"testo": testo, "versione": "1"})
    form = risposta.context["form"]
    assert (risposta.status_code, form["testo"].value()) == (409, testo)
    assert form.non_field_errors() == [
        "Queste fonti la sezione non le ha: [^voce-9], [^Voce 1]. Correggi il segno come nell'elenco delle fonti, "
        "oppure toglilo."
    ]
    giusto = {"testo": "Detto a marzo.[^voce-1]", "versione": "1"}
    assert cliente.post(indirizzo(sezione), giusto).status_code == 302


def test_compilare_di_nuovo_dice_dove_c_e_da_scegliere(anna, come):
    documento = crea_restituzione(titolo="Il 2026", dal=date(2026, 1, 1), al=date(2026, 12, 31), autore=anna)
    indicatore = f.IndicatoreFactory(voce="residenti", comune=None, valore=191289, riferimento="2022-01-01")
    compila_restituzione(documento, autore=anna)
    sezione = documento.sezioni.get(genere="territorio")
    sezione.testo = "A mano."
    sezione.save()
    indicatore.valore = 193669
    indicatore.save()

    risposta = come(anna).post(reverse("restituzioni:restituzione-compila", args=[documento.pk]), follow=True)

    dove = indirizzo(sezione, "sezione-contesa")
    detto = f'Quello che hai scritto a mano è rimasto. I dati ora dicono altro qui, e puoi scegliere: <a href="{dove}">'
    assert f"{detto}{sezione.get_genere_display()}</a>." in risposta.content.decode()


def test_di_due_testi_se_ne_tiene_uno(sezione, anna, come):
    sezione.testo, sezione.contesa = "A mano.", "Dai dati."
    sezione.save()
    risposta = come(anna).post(indirizzo(sezione, "sezione-contesa"), {"nuovo": "1", "versione": "1"})
    assert risposta.status_code == 302
    sezione.refresh_from_db()
    assert (sezione.testo, sezione.compilato, sezione.contesa) == ("Dai dati.", "Dai dati.", "")


def test_un_commento_arrivato_tardi_torna_a_chi_l_ha_scritto(sezione, bruno, come):
    documento = sezione.restituzione
    documento.stato = "in-consultazione"
    documento.save()
    cliente = come(bruno)
    dove = indirizzo(sezione, "commento-create")
    assert cliente.post(dove, {"testo": "Manca la scuola."}).status_code == 302
    assert CommentoRestituzione.objects.get().ente == bruno.ente
    documento.stato = "bozza"
    documento.redattori.add(bruno)
    documento.save()
    risposta = cliente.post(dove, {"testo": "Ancora una cosa."})
    assert (risposta.status_code, "Ancora una cosa." in risposta.content.decode()) == (409, True)


def test_chi_e_uscito_ritrova_il_testo(sezione, client):
    risposta = client.post(indirizzo(sezione), {"testo": "Un testo lungo.", "versione": "1"})
    assert (risposta.status_code, "Un testo lungo." in risposta.content.decode()) == (403, True)


def test_pubblicare_un_documento_non_aggiornato_chiede_conferma(anna, come):
    documento = crea_restituzione(titolo="Il 2026", dal=date(2026, 1, 1), al=date(2026, 12, 31), autore=anna)
    indicatore = f.IndicatoreFactory(voce="residenti", comune=None, valore=191289, riferimento="2022-01-01")
    compila_restituzione(documento, autore=anna)
    pagina = reverse("restituzioni:restituzione-pubblica", args=[documento.pk])
    assert "non_aggiornata" not in come(anna).get(pagina).content.decode()
    indicatore.valore = 193669
    indicatore.save()

    risposta = come(anna).post(pagina)
    assert (risposta.status_code, len(risposta.context["cambiamenti"])) == (409, 1)
    assert 'name="non_aggiornata"' in risposta.content.decode()
    documento.refresh_from_db()
    assert documento.stato == "bozza"

    come(anna).post(pagina, {"non_aggiornata": "on"})
    documento.refresh_from_db()
    assert documento.stato == "pubblicata"


def test_non_si_chiedono_commenti_entro_un_giorno_gia_passato(anna, come):
    documento = crea_restituzione(titolo="Il 2026", dal=date(2026, 1, 1), al=date(2026, 6, 30), autore=anna)
    compila_restituzione(documento, autore=anna)
    modifica = reverse("restituzioni:restituzione-update", args=[documento.pk])
    form = come(anna).get(modifica).context["form"]
    dati = {"titolo": "Il 2026", "dal": "2026-01-01", "al": "2026-06-30", "timbro": form["timbro"].value()}

    form = come(anna).post(modifica, dati | {"commenti_entro": "2026-07-01"}).context["form"]
    assert form.errors == {"commenti_entro": ["Scegli un giorno da oggi in poi."]}

    documento.commenti_entro = date(2026, 7, 1)  # chosen in time, and gone by meanwhile
    documento.save()
    consulta = reverse("restituzioni:restituzione-passaggio", args=[documento.pk, "consulta"])
    risposta = come(anna).post(consulta, follow=True)
    assert "Il giorno entro cui si commenta è già passato" in risposta.content.decode()
    documento.refresh_from_db()
    assert documento.stato == "bozza"
    oggi = {"commenti_entro": timezone.localdate().isoformat(), "timbro": documento.aggiornato.isoformat()}
    assert come(anna).post(modifica, dati | oggi).status_code == 302
    come(anna).post(consulta)
    documento.refresh_from_db()
    assert documento.si_commenta
