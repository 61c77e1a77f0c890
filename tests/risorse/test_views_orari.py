"""Hours on the pages: the state in words on card and list, the week as a table, the filter "Aperto adesso"."""

import re
from datetime import date, datetime, time

import pytest
from django.utils import timezone

from risorse.orari import ROMA
from tests.factories import (
    ChiusuraFactory,
    OrarioFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
    TraduzioneFactory,
)

pytestmark = pytest.mark.django_db
ELENCO = "/servizi/"


@pytest.fixture(autouse=True)
def lunedi_alle_dieci(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 10, tzinfo=ROMA))


def righe(risposta):
    """The text of the page, tag by tag."""
    senza = re.sub(r"<(script|style).*?</\1>", "", risposta.text, flags=re.DOTALL)
    return [" ".join(pezzo.split()) for pezzo in re.sub(r"<[^>]+>", "\n", senza).split("\n") if pezzo.strip()]


def test_la_scheda_dice_lo_stato_dopo_che_cosa_fa_e_gli_orari_in_tabella(client):
    risorsa = OrarioFactory(risorsa__in_breve="Aiuta a fare le cose").risorsa
    OrarioFactory(risorsa=risorsa, dalle=time(14), alle=time(16), su_appuntamento=True, nota="solo per le donne")
    testo = righe(client.get(risorsa.get_absolute_url()))
    assert testo[testo.index("Aiuta a fare le cose", testo.index("Servizi")) + 1] == "Aperto ora, fino alle 12:30"
    inizio = testo.index("lunedì")
    assert testo[inizio : inizio + 8] == [
        "lunedì",
        ", oggi",
        "9:00–12:30",
        "14:00–16:00",
        ", su appuntamento,",
        "solo per le donne",
        "martedì",
        "chiuso",
    ]
    assert "Nei giorni di festa è chiuso." in testo


def test_senza_orari_la_scheda_lo_dice_e_l_elenco_tace(client):
    risorsa = RisorsaFactory()
    scheda = client.get(risorsa.get_absolute_url()).text
    assert "Orari da verificare" in scheda
    assert "Chiedi conferma prima di andare." in scheda
    assert "Nei giorni di festa" not in scheda
    assert "Orari da verificare" not in client.get(ELENCO).text


def test_l_elenco_dice_lo_stato_di_ogni_servizio(client):
    OrarioFactory(risorsa__nome="Alfa")
    OrarioFactory(risorsa__nome="Beta", giorno=2)
    OrarioFactory(risorsa__nome="Gamma", su_appuntamento=True)
    testo = righe(client.get(ELENCO))
    frasi = ["Aperto ora, fino alle 12:30", "Chiuso: apre domani alle 9:00", "Solo su appuntamento"]
    assert [riga for riga in testo if riga in frasi] == frasi


@pytest.mark.parametrize("valore", ["1", "on"])
def test_aperto_adesso(client, valore):
    OrarioFactory(risorsa__nome="Aperto")
    OrarioFactory(risorsa__nome="Domani", giorno=2)
    chiuso = OrarioFactory(risorsa__nome="Chiuso").risorsa
    ChiusuraFactory(ente=chiuso.ente, dal=date(2026, 11, 20), al=date(2026, 11, 30), motivo="lavori in corso")
    RisorsaFactory(nome="Chissà")
    risposta = client.get(ELENCO, {"aperto": valore})
    assert [r.nome for r in risposta.context["object_list"]] == ["Aperto"]
    assert [(f.etichetta, f.senza) for f in risposta.context["filtri_attivi"]] == [("Aperto adesso", "")]


def test_le_chiusure_in_corso_e_future_sono_nella_scheda(client):
    risorsa = OrarioFactory().risorsa
    for dal, al, motivo in [
        (date(2026, 11, 2), date(2026, 11, 3), "passata"),
        (date(2026, 12, 24), date(2027, 1, 6), "vacanze"),
        (date(2026, 11, 23), date(2026, 11, 23), "sciopero"),
    ]:
        ChiusuraFactory(ente=None, risorsa=risorsa, dal=dal, al=al, motivo=motivo)
    risposta = client.get(risorsa.get_absolute_url())
    testo = " ".join(righe(risposta))
    assert "Chiuso: apre lunedì 30 novembre alle 9:00" in testo
    assert (
        "Giorni di chiusura: lunedì 23 novembre ( sciopero ) da giovedì 24 dicembre a mercoledì 6 gennaio 2027 ( vacanze )"
        in testo
    )
    assert "passata" not in testo


def test_ogni_sede_ha_i_suoi_orari(client):
    risorsa = RisorsaFactory()
    for nome, giorno in (("Biblioteca", 1), ("Municipio", 3), ("Scuola", 3)):
        in_sede = RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(nome=nome))
        OrarioFactory(risorsa=None, in_sede=in_sede, giorno=giorno)
    testo = righe(client.get(risorsa.get_absolute_url()))
    orari = testo[testo.index("Orari") :]
    assert orari[1:3] == ["Biblioteca", "Aperto ora, fino alle 12:30"]
    insieme = orari.index("Municipio")
    assert orari[insieme : insieme + 4] == ["Municipio", ",", "Scuola", "Chiuso: apre mercoledì alle 9:00"]


def test_le_stagioni_sono_tabelle_con_il_loro_titolo(client):
    risorsa = OrarioFactory().risorsa
    OrarioFactory(risorsa=risorsa, valido_dal=date(2026, 11, 1), valido_al=date(2027, 3, 31), alle=time(11))
    OrarioFactory(risorsa=risorsa, valido_dal=date(2025, 7, 1), valido_al=date(2025, 8, 31))
    testo = client.get(risorsa.get_absolute_url()).text
    titoli = [" ".join(t.split()) for t in re.findall(r"<caption[^>]*>(.*?)</caption>", testo, re.DOTALL)]
    assert titoli == ["Da domenica 1 novembre a mercoledì 31 marzo 2027", "Negli altri periodi"]
    assert testo.count('class="oggi"') == 1


def test_giorno_e_notte_sta_in_una_riga(client):
    risorsa = RisorsaFactory(aperta_nei_festivi=True)
    for giorno in range(1, 8):
        OrarioFactory(risorsa=risorsa, giorno=giorno, dalle=time(0), alle=time(0))
    testo = righe(client.get(risorsa.get_absolute_url()))
    assert "Aperto ora, giorno e notte" in testo
    assert testo[testo.index("tutti i giorni") + 1] == "giorno e notte"
    assert "È aperto anche nei giorni di festa." in testo


def test_note_e_motivi_nella_lingua_di_chi_legge(client):
    orario = OrarioFactory(nota="solo per le donne")
    chiusura = ChiusuraFactory(ente=None, risorsa=orario.risorsa, al=date(2026, 12, 1), motivo="lavori")
    TraduzioneFactory(oggetto=orario, campo="nota", testo="women only")
    TraduzioneFactory(oggetto=chiusura, campo="motivo", testo="building works")
    testo = client.get(f"/en{orario.risorsa.get_absolute_url()}").text
    assert '<bdi lang="en">women only</bdi>' in testo
    assert '<bdi lang="en">building works</bdi>' in testo
