"""Two people on the same page of the back office."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Incontro
from referenti.models import Ente
from risorse.models import Risorsa
from tests.factories import CategoriaFactory, EnteFactory, IncontroFactory, RisorsaFactory

pytestmark = pytest.mark.django_db
PREFISSI = {
    "ente": ["contatti", "chiusure"],
    "risorsa": ["orari", "chiusure", "lingue_parlate", "in_sedi", "contatti"],
    "incontro": ["punti", "presenze"],
}


def scheda(riga):
    return reverse(f"admin:{riga._meta.app_label}_{riga._meta.model_name}_change", args=[riga.pk])


def aperta(cliente, dove, nome):
    """What the page would send back as it is."""
    testo = cliente.get(dove).text
    (timbro,) = re.findall(r'<input type="hidden" name="timbro" value="([^"]+)"', testo)
    vuote = {f"{p}-{n}": "0" for p in PREFISSI[nome] for n in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return vuote | {"timbro": timbro}


def test_chi_salva_per_secondo_trova_scritto_chi_quando_e_che_cosa(anna, bruno, come):
    ente = EnteFactory(denominazione="Prima")
    cliente = come(anna)
    corpo = aperta(cliente, scheda(ente), "ente") | {"denominazione": "Di Anna", "tipo": "asst", "fonte": "Sito"}
    ente.denominazione, ente._history_user = "Di Bruno", bruno
    ente.save()
    quando = f"{timezone.localtime(ente.aggiornato):%d/%m/%Y alle %H:%M}"

    risposta = cliente.post(scheda(ente), corpo)

    modulo = risposta.context["adminform"].form
    assert modulo.non_field_errors() == [
        f"Dopo che hai aperto questa pagina Bruno Bollate ha salvato la scheda, il {quando}. Quello che hai scritto è "
        "ancora qui: confrontalo, correggi se serve e salva di nuovo.",
        "Denominazione: adesso è salvato «Di Bruno», qui sotto c'è «Di Anna».",
        "Tipo: adesso è salvato «Associazione o fondazione», qui sotto c'è «Azienda socio-sanitaria territoriale».",
        "Fonte: adesso è salvato «», qui sotto c'è «Sito».",
    ]
    assert modulo["denominazione"].value() == "Di Anna"
    assert Ente.objects.get(pk=ente.pk).denominazione == "Di Bruno"

    di_nuovo = re.findall(r'name="timbro" value="([^"]+)"', risposta.text)
    assert cliente.post(scheda(ente), corpo | {"timbro": di_nuovo}).status_code == 302
    assert Ente.objects.get(pk=ente.pk).denominazione == "Di Anna"


def test_quello_che_ha_cambiato_solo_l_altro_resta_suo(anna, come):
    ente = EnteFactory(denominazione="Prima", tipo="comune")
    cliente = come(anna)
    corpo = aperta(cliente, scheda(ente), "ente") | {"denominazione": "Prima", "tipo": "asst", "fonte": ente.fonte}
    ente.denominazione = "Dell'altro"
    ente.save()

    modulo = cliente.post(scheda(ente), corpo).context["adminform"].form

    assert list(modulo.non_field_errors())[1:] == [
        "Tipo: adesso è salvato «Comune», qui sotto c'è «Azienda socio-sanitaria territoriale».",
        "Nel modulo trovi già quello che hai lasciato com'era e ora è cambiato: Denominazione.",
    ]
    assert modulo["denominazione"].value() == "Dell'altro"


def test_chi_ha_visto_la_versione_di_adesso_salva(anna, come):
    ente, cliente = EnteFactory(), come(anna)
    corpo = aperta(cliente, scheda(ente), "ente") | {"denominazione": "Nuovo nome", "tipo": "asst"}
    assert cliente.post(scheda(ente), corpo).status_code == 302
    assert (Ente.objects.get(pk=ente.pk).denominazione, ente.storia.count()) == ("Nuovo nome", 2)


@pytest.mark.parametrize("timbro", [None, "", "ieri", "0001-01-01T00:00:00+23:59"])
def test_chi_non_dice_che_cosa_ha_visto_non_salva(timbro, anna, come):
    ente, cliente = EnteFactory(denominazione="Prima"), come(anna)
    corpo = aperta(cliente, scheda(ente), "ente") | {"denominazione": "Dopo", "tipo": "asst", "timbro": timbro}
    assert cliente.post(scheda(ente), {k: v for k, v in corpo.items() if v is not None}).status_code == 200
    assert Ente.objects.get(pk=ente.pk).denominazione == "Prima"


def test_anche_giorno_e_ora_si_confrontano(anna, come):
    incontro, cliente = IncontroFactory(titolo="Prima"), come(anna)
    campi = {"titolo": "Prima", "inizio_0": "01/12/2026", "inizio_1": "10:00", "modalita": "online", "ordine": "0"}
    corpo = aperta(cliente, scheda(incontro), "incontro") | campi
    Incontro.objects.get(pk=incontro.pk).save()
    errori = cliente.post(scheda(incontro), corpo).context["adminform"].form.non_field_errors()
    assert any(errore.endswith("qui sotto c'è «01/12/2026 10:00».") for errore in errori)


def test_una_versione_vecchia_si_riprende_sopra_quella_che_si_e_vista(anna, come):
    risorsa, cliente = RisorsaFactory(nome="Prima", categorie=[CategoriaFactory()]), come(anna)
    risorsa.nome = "Dopo"
    risorsa.save()
    dove = reverse("admin:risorse_risorsa_simple_history", args=[risorsa.pk, risorsa.storia.last().pk])
    campi = {"nome": "Prima", "in_breve": "Breve", "tipo": "servizio", "area_servita": "ambito", "costo": "gratuito"}
    campi |= {"ente": risorsa.ente_id, "categorie": [risorsa.categorie.get().pk], "fonte": "Fonte"}
    corpo = aperta(cliente, dove, "risorsa") | campi
    risorsa.nome = "Poi"
    risorsa.save()

    superata = cliente.post(dove, corpo)
    errori = superata.context["adminform"].form.non_field_errors()
    assert "Nome: adesso è salvato «Poi», qui sotto c'è «Prima»." in errori
    assert Risorsa.objects.get().nome == "Poi"
    (timbro,) = re.findall(r'name="timbro" value="([^"]+)"', superata.text)
    assert cliente.post(dove, corpo | {"timbro": timbro}).status_code == 302
    assert Risorsa.objects.get().nome == "Prima"


def test_una_riga_eliminata_si_riprende(anna, come):
    ente, cliente = EnteFactory(denominazione="Era"), come(anna)
    chiave = ente.pk
    ente.delete()
    vecchia = Ente.storia.filter(uuid=chiave).last()
    dove = reverse("admin:referenti_ente_simple_history", args=[chiave, vecchia.pk])
    corpo = {"denominazione": "Era", "tipo": "associazione", "ordine": "0", "ruolo": "nessuno"}
    assert cliente.post(dove, corpo).status_code == 302
    assert Ente.objects.get(pk=chiave).denominazione == "Era"
