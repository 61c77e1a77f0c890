"""What is new for everybody: each kind, the page, the feed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from incontri.servizi.novita import GENERI, Novita, novita_dal
from risorse.models import ModoVerifica
from risorse.servizi.verifiche import conferma_risorsa
from tavolo.base.pagine_pronte import PaginePronte
from tavolo.base.stati import compi
from tests.factories import (
    BisognoFactory,
    IncontroFactory,
    RilevazioneFactory,
    RisorsaFactory,
    VoceFactory,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def fra(giorni):
    return timezone.now() + timedelta(days=giorni)


def dette(dal=-30, **filtri):
    return [(una.genere, una.titolo) for una in novita_dal(fra(dal), **filtri)]


def bisogno(titolo, quando=0, **valori):
    uno = BisognoFactory(titolo=titolo, **valori)
    decisione = VoceFactory(tipo="decisione")
    RilevazioneFactory(stato="pubblicata", pubblicata_il=fra(quando), decisione=decisione, bisogni=[uno])
    return uno


def indietro(righe, giorni):
    """Make what the history of these rows says that many days older."""
    for riga in righe:
        for versione in riga.storia.all():
            versione.history_date -= timedelta(days=giorni)
            versione.save()


def test_le_piu_nuove_prima_e_solo_da_quel_giorno():
    bisogno("Vecchia", -40)
    bisogno("Ieri", -1)
    bisogno("Oggi")
    BisognoFactory(titolo="Non pubblico")
    assert dette() == [("bisogno", "Oggi"), ("bisogno", "Ieri")]


def test_un_bisogno_e_nuovo_quando_si_pubblica_la_rilevazione():
    uno = bisogno("Mediazione", -1, descrizione="Si **aspetta** troppo.")
    BisognoFactory(titolo="Non ancora pubblico")
    (una,) = novita_dal(fra(-30))
    assert (una.genere, una.titolo, una.sintesi) == ("bisogno", "Mediazione", "Si aspetta troppo.")
    assert una.url == reverse("lavoro:bisogno-detail", args=[uno.slug])


def test_un_incontro_si_annuncia_prima_e_non_dopo():
    IncontroFactory(titolo="Prossimo", pubblico=True, inizio=fra(10))
    IncontroFactory(titolo="Passato", pubblico=True, inizio=fra(-10))
    IncontroFactory(titolo="Interno", pubblico=False, inizio=fra(10))
    assert dette() == [("incontro", "Prossimo")]


def test_un_servizio_appare_si_verifica_e_chiude(anna):
    servizio = RisorsaFactory(nome="Sportello", stato="pubblicata", fonte="Il comune")
    RisorsaFactory(nome="Bozza", stato="bozza")
    assert dette() == [("servizio-nuovo", "Sportello")]
    indietro([servizio], 40)
    assert dette() == []
    conferma_risorsa(servizio, autore=anna, modo=ModoVerifica.TELEFONO)
    assert dette() == [("servizio-verificato", "Sportello")]
    servizio.refresh_from_db()
    compi(servizio, "sospendi", autore=anna)
    (una,) = novita_dal(fra(-30))
    assert (una.genere, una.url) == ("servizio-chiuso", reverse("risorse:risorsa-list"))
    compi(servizio, "pubblica", autore=anna)
    assert dette() == [("servizio-verificato", "Sportello")]


def test_di_un_servizio_chiuso_si_dice_il_nome_che_il_pubblico_leggeva(anna):
    servizio = RisorsaFactory(nome="Sportello", stato="pubblicata", fonte="Il comune")
    mai = RisorsaFactory(nome="Mai pubblico", stato="bozza")
    for uno in (servizio, mai):
        compi(uno, "archivia", autore=anna)
    servizio.nome = "Nota interna"
    servizio.save()
    assert dette() == [("servizio-chiuso", "Sportello")]


def test_un_servizio_che_finisce_chiude_il_giorno_dopo():
    servizio = RisorsaFactory(stato="pubblicata", fonte="x", valida_al=timezone.localdate() - timedelta(days=2))
    (una,) = novita_dal(fra(-30))
    assert (una.genere, timezone.localdate(una.quando)) == (
        "servizio-chiuso",
        servizio.valida_al + timedelta(days=1),
    )


def test_per_genere_e_per_comune(bollate, senago):
    bisogno("A Bollate", comuni=[bollate])
    bisogno("A Senago", -1, comuni=[senago])
    bisogno("Ovunque", -2)
    assert dette(comune="bollate") == [("bisogno", "A Bollate"), ("bisogno", "Ovunque")]
    assert dette(genere="verbale") == []


def test_una_novita_torna_com_era_dal_json():
    bisogno("Una")
    (una,) = novita_dal(fra(-30))
    assert Novita.da_json(una.in_json()) == una


@pytest.mark.parametrize("quante", [1, 3])
def test_le_domande_non_crescono_con_le_righe(quante, django_assert_num_queries, bollate):
    for numero in range(quante):
        bisogno(f"Bisogno {numero}", comuni=[bollate])
        servizio = RisorsaFactory(stato="pubblicata", fonte="x")
        indietro([servizio], 40)
        RisorsaFactory(stato="pubblicata", fonte="x")
    with django_assert_num_queries(17):
        assert len(novita_dal(fra(-30))) == quante * 2


def test_la_pagina_filtra_e_dice_che_cosa_fare_quando_e_vuota(client, bollate, senago):
    pagina = reverse("lavoro:novita")
    assert "Ancora nessuna novità" in client.get(pagina).content.decode()
    bisogno("A Bollate", comuni=[bollate])
    bisogno("A Senago", comuni=[senago])
    risposta = client.get(f"{pagina}?comune=senago&genere=bisogno").content.decode()
    assert ("A Senago" in risposta, "A Bollate" in risposta, "1 novità trovata" in risposta) == (True, False, True)
    assert "Nessuna novità trovata" in client.get(f"{pagina}?genere=verbale").content.decode()
    assert client.get(f"{pagina}?genere=niente&comune=x&page=pippo").status_code == 200


def test_in_un_altra_lingua_i_collegamenti_restano_in_quella_lingua(client):
    una = bisogno("Una")
    assert f'href="/ar/tavolo/bisogni/{una.slug}/"' in client.get("/ar/tavolo/novita/").content.decode()


def test_il_flusso_e_atom_con_nomi_che_restano(client):
    prima = bisogno("Prima", -1, esempio=True)
    bisogno("Seconda")
    risposta = client.get("/novita.atom")
    flusso = etree.fromstring(risposta.content)
    voci = flusso.findall(f"{ATOM}entry")
    assert risposta["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [voce.findtext(f"{ATOM}title") for voce in voci] == [
        "Bisogni: Seconda",
        "Bisogni: Prima (esempio)",
    ]
    nomi = [voce.findtext(f"{ATOM}id") for voce in voci]
    prima.titolo = "Cambiata"
    prima.save()
    flusso = etree.fromstring(client.get("/novita.atom").content)
    assert [voce.findtext(f"{ATOM}id") for voce in flusso.findall(f"{ATOM}entry")] == nomi
    assert all(nome.startswith("urn:uuid:") for nome in nomi)
    assert flusso.findtext(f"{ATOM}author/{ATOM}name") == "Tavolo Intercultura"


def test_il_flusso_si_chiede_solo_se_e_cambiato(client):
    bisogno("Una", -1)
    prima = client.get("/novita.atom")
    assert client.get("/novita.atom", headers={"If-None-Match": prima["ETag"]}).status_code == 304
    assert client.get("/novita.atom", headers={"If-Modified-Since": prima["Last-Modified"]}).status_code == 304
    bisogno("Due")
    assert client.get("/novita.atom", headers={"If-None-Match": prima["ETag"]}).status_code == 200


def test_anche_tenuto_pronto_il_flusso_risponde_a_chi_ha_solo_la_data(client):
    def applicazione(environ, avvia):
        avvia("200 OK", [("Content-Type", "text/plain"), ("Last-Modified", "Wed, 25 Nov 2026 10:00:00 GMT")])
        return Corpo([b"ciao"])

    class Corpo(list):
        def close(self):
            pass

    pronte = PaginePronte(applicazione, 1_000_000)
    stati = []
    for da in ("", "Wed, 25 Nov 2026 10:00:00 GMT", "Tue, 24 Nov 2026 10:00:00 GMT"):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/novita.atom"} | (
            {"HTTP_IF_MODIFIED_SINCE": da} if da else {}
        )
        pronte(environ, lambda stato, intestazioni: stati.append(stato))
    assert stati == ["200 OK", "304 Not Modified", "200 OK"]


def test_il_flusso_vuoto_risponde(client):
    assert client.get("/novita.atom").status_code == 200


def test_ogni_genere_ha_un_nome():
    assert all(str(uno.nome) for uno in GENERI.values())
