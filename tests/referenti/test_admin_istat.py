"""The files of Istat in the back office: a preview, then the word that it is good."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from referenti.models import Indicatore
from tests.factories import ComuneFactory
from tests.istat import archivio, righe

INDIRIZZO = "/amministrazione/referenti/indicatore/istat/"
COMUNI = {"015027": "Bollate", "015206": "Senago"}


@pytest.fixture
def ambito(db):
    return [ComuneFactory(codice_istat=codice, nome=nome, nell_ambito=True) for codice, nome in COMUNI.items()]


def manda(cliente, nome="POSAS_2024_it_Comuni", **opzioni):
    contenuto = archivio(righe(opzioni.pop("comuni", COMUNI), **opzioni), f"{nome}.csv").getvalue()
    return cliente.post(INDIRIZZO, {"file": SimpleUploadedFile(f"{nome}.zip", contenuto)})


def conferma(cliente, pagina):
    chiave = re.search(r'name="conferma" value="(\w+)"', pagina.text)[1]
    return cliente.post(INDIRIZZO, {"conferma": chiave}, follow=True)


def test_prima_l_anteprima_poi_la_conferma(ambito, come, anna):
    cliente = come(anna)
    pagina = manda(cliente)

    assert "popolazione residente al 1° gennaio 2024" in pagina.text
    assert "cifre nuove 16, che cambiano 0, uguali" in pagina.text
    assert [comune.nome for comune, _cifre in pagina.context["confronto"].per_comune] == ["Bollate", "Senago"]
    assert "1.010" in pagina.text
    assert Indicatore.objects.count() == 0

    finito = conferma(cliente, pagina)

    assert "Cifre nuove: 16; aggiornate: 0; invariate: 0." in finito.text
    assert Indicatore.objects.count() == 16
    assert {riga.storia.get().history_user for riga in Indicatore.objects.all()} == {anna}
    assert LogEntry.objects.filter(user=anna).count() == 16


def test_di_nuovo_lo_stesso_file_non_c_e_niente_da_fare(ambito, come, anna):
    cliente = come(anna)
    conferma(cliente, manda(cliente))

    pagina = manda(cliente)

    assert "Questi dati ci sono già, uguali" in pagina.text
    assert 'name="conferma"' not in pagina.text


def test_l_anteprima_dice_il_valore_di_prima(ambito, come, anna):
    cliente = come(anna)
    conferma(cliente, manda(cliente, persone=9))

    pagina = manda(cliente)
    assert "cifre nuove 0, che cambiano 16" in pagina.text
    assert {(cifra.stato, str(cifra.prima)) for cifra in pagina.context["confronto"].cifre[:1]} == {
        ("cambia", "909.00")
    }
    conferma(cliente, pagina)

    assert {riga.storia.count() for riga in Indicatore.objects.all()} == {2}


@pytest.mark.parametrize(
    ("opzioni", "atteso"),
    [
        ({"comuni": {"015027": "Bollate"}}, "mancano: Senago"),
        ({"nome": "POSAS_2023_it_Comuni"}, "il nome e il titolo dicono 2023 e 2024"),
    ],
)
def test_un_file_sbagliato_dice_perche(ambito, come, anna, opzioni, atteso):
    pagina = manda(come(anna), **opzioni)

    assert pagina.status_code == 200
    assert atteso in pagina.text
    assert Indicatore.objects.count() == 0


def test_un_file_troppo_grande_non_si_legge(ambito, come, anna, monkeypatch):
    monkeypatch.setattr("referenti.admin.istat.BYTE_MASSIMI", 10)

    assert "Il file è troppo grande: il massimo è 10 MB." in manda(come(anna)).text


def test_piu_stranieri_che_residenti_torna_indietro(ambito, come, anna):
    cliente = come(anna)
    conferma(cliente, manda(cliente))

    finito = conferma(cliente, manda(cliente, "STRASA_2024_it_Comuni", genere="strasa", persone=11))

    assert "uno dei due file non è quello che dice. Niente è stato salvato." in finito.text.replace("&#x27;", "'")
    assert Indicatore.objects.count() == 16


def test_la_conferma_vale_una_volta_e_solo_per_chi_ha_mandato_il_file(ambito, come, anna, superutente):
    cliente = come(anna)
    pagina = manda(cliente)

    for chi in (superutente, anna):
        conferma(come(chi), pagina)
    assert Indicatore.objects.count() == 16

    assert "L&#x27;anteprima è scaduta" in conferma(come(anna), pagina).text


def test_senza_file_lo_dice(ambito, come, anna):
    assert "Scegli un file." in come(anna).post(INDIRIZZO).text


def test_e_solo_per_chi_coordina(client, come, bruno, anna):
    assert client.get(INDIRIZZO).status_code == 302
    assert come(bruno).get(INDIRIZZO, follow=True).status_code == 403
    assert "Guarda l'anteprima" in come(anna).get(INDIRIZZO).text


def test_ci_si_arriva_dalla_prima_pagina_e_dall_elenco(come, anna):
    for pagina in ("admin:index", "admin:referenti_indicatore_changelist"):
        assert f'href="{INDIRIZZO}"' in come(anna).get(reverse(pagina)).text
