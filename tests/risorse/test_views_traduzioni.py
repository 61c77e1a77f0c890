"""The desk of who translates: queue, card, nothing lost, files out and in."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from risorse.models import Traduzione
from risorse.models.traduzione import impronta
from risorse.servizi.traduzioni import salva_traduzione
from tavolo.base.concorrenza import timbro
from tests.factories import CategoriaFactory, OrarioFactory, RisorsaFactory, TraduzioneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def risorsa():
    return RisorsaFactory(nome="Sportello", in_breve="Aiuto", slug="sportello")


@pytest.fixture
def cliente(come, mira):
    return come(mira)


def scheda(oggetto, lingua="en"):
    return reverse("traduzioni:scheda", args=[lingua, oggetto._meta.model_name, oggetto.pk])


def dati(cliente, oggetto, lingua="en", **testi):
    """What the page would send: the hidden fields as they are, and the texts typed."""
    mandati = {}
    for modulo in cliente.get(scheda(oggetto, lingua)).context["moduli"]:
        for nome in ("testo", "italiano", "timbro", "letto"):
            mandati[modulo.add_prefix(nome)] = modulo[nome].value()
        if modulo.voce.campo in testi:
            mandati[modulo.add_prefix("testo")] = testi[modulo.voce.campo]
    return mandati


def campo(oggetto, nome, cosa):
    return f"{oggetto.pk.hex}-{nome}-{cosa}"


def test_le_lingue_con_i_loro_conteggi(cliente, risorsa):
    TraduzioneFactory(oggetto=risorsa, campo="nome", lingua="ar")
    lingue = {lingua["codice"]: lingua for lingua in cliente.get("/area/traduzioni/").context["lingue"]}
    assert list(lingue) == ["en", "es", "ar", "fr", "zh-hans"]
    assert (lingue["ar"]["totale"], lingue["ar"]["mostrate"], lingue["fr"]["mostrate"]) == (2, 50, 0)
    assert [quanti for _, _, quanti in lingue["ar"]["stati"]] == [1, 0, 1, 0]


def test_senza_testi_le_lingue_sono_a_posto(cliente):
    assert [lingua["mostrate"] for lingua in cliente.get("/area/traduzioni/").context["lingue"]] == [100] * 5


@pytest.mark.parametrize(
    ("filtri", "attesi"),
    [
        ({}, ["Salute", "Sportello"]),
        ({"stato": "mancante"}, ["Salute", "Sportello"]),
        ({"stato": "da-rivedere"}, ["Sportello"]),
        ({"stato": "superata"}, []),
        ({"stato": "verificata"}, ["Fatta"]),
        ({"stato": "tutte"}, ["Fatta", "Salute", "Sportello"]),
        ({"genere": "servizi"}, ["Sportello"]),
        ({"categoria": "salute"}, ["Salute", "Sportello"]),
        ({"categoria": "fatta", "stato": "tutte"}, ["Fatta"]),
        ({"stato": "boh", "genere": "boh", "categoria": "boh", "page": "99"}, ["Salute", "Sportello"]),
    ],
)
def test_la_coda_e_i_suoi_filtri(cliente, risorsa, filtri, attesi):
    salute, fatta = CategoriaFactory(nome="Salute", slug="salute"), CategoriaFactory(nome="Fatta", slug="fatta")
    risorsa.categorie.add(salute)
    TraduzioneFactory(oggetto=risorsa)
    for nome in ("nome", "descrizione"):
        TraduzioneFactory(oggetto=fatta, campo=nome, stato="verificata")
    assert [una.nome for una in cliente.get("/area/traduzioni/en/", filtri).context["schede"]] == attesi


def test_la_coda_vuota_lo_dice(cliente):
    assert "È tutto fatto" in cliente.get("/area/traduzioni/en/").text


@pytest.mark.parametrize(
    "indirizzo",
    [
        "/area/traduzioni/it/",
        "/area/traduzioni/xx/importa/",
        "/area/traduzioni/en/risorsa/00000000-0000-0000-0000-000000000000/",
        "/area/traduzioni/en/utente/00000000-0000-0000-0000-000000000000/",
    ],
)
def test_cio_che_non_c_e(cliente, indirizzo):
    assert cliente.get(indirizzo).status_code == 404


def test_una_bozza_la_apre_solo_chi_la_vede(cliente, come, anna):
    bozza = RisorsaFactory(stato="bozza")
    assert cliente.get(scheda(bozza)).status_code == 404
    assert come(anna).get(scheda(bozza)).status_code == 200


@pytest.mark.parametrize(
    ("pulsante", "stato", "dove"),
    [("verifica", "verificata", "prossima"), ("avanti", "da-rivedere", "prossima"), ("resta", "da-rivedere", "")],
)
def test_si_salva_e_si_va_avanti(cliente, risorsa, mira, pulsante, stato, dove):
    risposta = cliente.post(scheda(risorsa), dati(cliente, risorsa, nome="Desk") | {pulsante: "1"})
    attesa = f"/area/traduzioni/en/prossima/?dopo={risorsa.pk}" if dove else scheda(risorsa)
    assert (risposta.status_code, risposta["Location"]) == (302, attesa)
    assert list(Traduzione.objects.values_list("campo", "testo", "stato", "autore")) == [
        ("nome", "Desk", stato, mira.pk),
    ]
    risorsa.refresh_from_db()
    assert (risorsa.nome, risorsa.in_breve) == ("Sportello", "Aiuto")


def test_la_scheda_mostra_italiano_stato_e_verso_della_lingua(cliente, risorsa):
    TraduzioneFactory(oggetto=risorsa, campo="nome", lingua="ar", testo="مكتب", italiano="Ufficio", impronta="vecchia")
    testo = cliente.get(scheda(risorsa, "ar")).text
    assert 'lang="ar" dir="rtl"' in testo
    assert "<del>Ufficio</del><ins>Sportello</ins>" in testo
    assert "Va ancora bene così" in testo


def test_tradurre_di_nuovo_cio_che_e_cambiato_o_dire_che_va_ancora_bene(cliente, risorsa):
    traduzione = TraduzioneFactory(oggetto=risorsa, impronta="vecchia", testo="Desk")
    intatta = dati(cliente, risorsa)
    cliente.post(scheda(risorsa), intatta | {"avanti": "1"})
    traduzione.refresh_from_db()
    assert traduzione.superata
    rifiuto = cliente.post(scheda(risorsa), intatta | {"verifica": "1"})
    assert "oppure segna «Va ancora bene così»" in rifiuto.text
    cliente.post(scheda(risorsa), intatta | {"verifica": "1", campo(risorsa, "nome", "va_bene"): "on"})
    traduzione.refresh_from_db()
    assert (traduzione.superata, traduzione.stato, traduzione.testo) == (False, "verificata", "Desk")


def test_svuotare_non_e_togliere(cliente, risorsa):
    TraduzioneFactory(oggetto=risorsa, testo="Desk")
    vuota = dati(cliente, risorsa, nome="", in_breve="Help")
    rifiuto = cliente.post(scheda(risorsa), vuota | {"resta": "1"})
    assert ("segna «Togli questa traduzione»" in rifiuto.text, "Help" in rifiuto.text) == (True, True)
    assert Traduzione.objects.get().testo == "Desk"
    cliente.post(scheda(risorsa), vuota | {"resta": "1", campo(risorsa, "nome", "togli"): "on"})
    assert list(Traduzione.objects.values_list("campo", "testo")) == [("in_breve", "Help")]


def test_l_italiano_cambia_mentre_si_traduce_niente_si_perde(cliente, risorsa):
    mandati = dati(cliente, risorsa, nome="Desk", in_breve="Help")
    risorsa.nome = "Sportello nuovo"
    risorsa.save()
    risposta = cliente.post(scheda(risorsa), mandati | {"avanti": "1"})
    assert (risposta.status_code, Traduzione.objects.count()) == (409, 0)
    assert [t in risposta.text for t in ("Desk", "Help", "Sportello nuovo", "adesso è questo")] == [True] * 4
    di_nuovo = {m.add_prefix(n): m[n].value() for m in risposta.context["moduli"] for n in m.fields}
    di_nuovo = {nome: valore for nome, valore in di_nuovo.items() if valore is not None}
    assert cliente.post(scheda(risorsa), di_nuovo | {"avanti": "1"}).status_code == 302
    assert {(t.testo, t.impronta) for t in Traduzione.objects.all()} == {
        ("Desk", impronta("Sportello nuovo")),
        ("Help", impronta("Aiuto")),
    }


def test_due_persone_sullo_stesso_testo_si_vedono_tutti_e_due(cliente, risorsa, anna):
    mandati = dati(cliente, risorsa, nome="Desk")
    altra = salva_traduzione(risorsa, "nome", "en", "Counter", autore=anna)
    risposta = cliente.post(scheda(risorsa), mandati | {"avanti": "1"})
    assert (risposta.status_code, "Counter" in risposta.text, "Desk" in risposta.text) == (409, True, True)
    assert Traduzione.objects.get().testo == "Counter"
    mandati[campo(risorsa, "nome", "timbro")] = timbro(altra)
    assert cliente.post(scheda(risorsa), mandati | {"avanti": "1"}).status_code == 302
    assert Traduzione.objects.get().testo == "Desk"


def test_chi_non_ha_toccato_un_testo_non_copre_quello_dell_altra_persona(cliente, risorsa, anna):
    salva_traduzione(risorsa, "nome", "en", "Desk", autore=anna)
    mandati = dati(cliente, risorsa, in_breve="Help")
    salva_traduzione(risorsa, "nome", "en", "Counter", autore=anna)
    assert cliente.post(scheda(risorsa), mandati | {"avanti": "1"}).status_code == 302
    assert dict(Traduzione.objects.values_list("campo", "testo")) == {"nome": "Counter", "in_breve": "Help"}


def test_l_accesso_scaduto_ridà_i_testi(client, cliente, risorsa):
    mandati = dati(cliente, risorsa, nome="Desk")
    client.logout()
    risposta = client.post(scheda(risorsa), mandati)
    assert (risposta.status_code, "Desk" in risposta.text) == (403, True)


@pytest.mark.parametrize("mandati", [{}, {"x": "y"}, {"verifica": "1"}])
def test_una_richiesta_senza_testi_non_scrive(cliente, risorsa, mandati):
    TraduzioneFactory(oggetto=risorsa)
    assert cliente.post(scheda(risorsa), mandati).status_code == 302
    assert Traduzione.objects.get().stato == "da-rivedere"


def test_i_byte_nulli_sono_un_errore_del_campo(cliente, risorsa):
    risposta = cliente.post(scheda(risorsa), dati(cliente, risorsa, nome="De\x00sk") | {"resta": "1"})
    assert (risposta.status_code, Traduzione.objects.count()) == (200, 0)


def test_la_prossima_gira_la_coda_e_tiene_i_filtri(cliente):
    prima, seconda, terza = (RisorsaFactory(nome=nome) for nome in "ABC")
    for nome in ("nome", "in_breve"):
        TraduzioneFactory(oggetto=seconda, campo=nome, stato="verificata")
    indirizzo = "/area/traduzioni/en/prossima/"

    def dopo(riga, **altro):
        return cliente.get(indirizzo, {"dopo": str(riga.pk), "genere": "servizi"} | altro)["Location"]

    assert dopo(prima) == f"{scheda(terza)}?genere=servizi"
    assert dopo(terza) == f"{scheda(prima)}?genere=servizi"
    assert dopo(prima, stato="superata") == "/area/traduzioni/en/?genere=servizi&stato=superata"
    assert cliente.get(indirizzo)["Location"] == scheda(prima)
    assert cliente.get(indirizzo, {"dopo": "boh"})["Location"] == scheda(prima)


@pytest.mark.parametrize("quante", [1, 30])
def test_interrogazioni_costanti(cliente, risorsa, django_assert_num_queries, quante):
    for _ in range(quante):
        OrarioFactory(risorsa=risorsa, nota="solo donne")
        altra = RisorsaFactory(categorie=[CategoriaFactory()])
        TraduzioneFactory(oggetto=altra)
    for indirizzo, attese in ((scheda(risorsa), 19), ("/area/traduzioni/en/", 24), ("/area/traduzioni/", 27)):
        cliente.get(indirizzo)
        with django_assert_num_queries(attese):
            cliente.get(indirizzo)


# --- Files --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formato", "tipo", "estensione"),
    [("xliff", "application/xliff+xml", "xlf"), ("csv", "text/csv; charset=utf-8", "csv"), ("boh", None, "csv")],
)
def test_scaricare_la_parte_della_coda_che_si_vede(cliente, risorsa, formato, tipo, estensione):
    CategoriaFactory(nome="Salute")
    risposta = cliente.get("/area/traduzioni/ar/esporta/", {"formato": formato, "genere": "servizi"})
    assert risposta["Content-Type"] == (tipo or "text/csv; charset=utf-8")
    assert risposta["Content-Disposition"].endswith(f'.{estensione}"')
    assert ("Sportello" in risposta.text, "Salute" in risposta.text) == (True, False)


def manda(cliente, contenuto, lingua="en"):
    file = SimpleUploadedFile("tradotto.csv", contenuto)
    return cliente.post(f"/area/traduzioni/{lingua}/importa/", {"file": file})


BUONO = b"tipo,oggetto,campo,testo\nrisorsa,sportello,nome,Desk\n"


def test_anteprima_e_conferma(cliente, risorsa, mira):
    anteprima = manda(cliente, BUONO)
    assert (anteprima.context["scambio"].nuove, Traduzione.objects.count()) == (1, 0)
    conferma = {"conferma": anteprima.context["chiave"]}
    finita = cliente.post("/area/traduzioni/en/importa/", conferma, follow=True)
    assert [str(m) for m in finita.context["messages"]] == [
        "Traduzioni importate: nuove 1, aggiornate 0, invariate 0.",
    ]
    assert Traduzione.objects.get().autore == mira
    scaduta = cliente.post("/area/traduzioni/en/importa/", conferma, follow=True)
    assert "L'anteprima è scaduta" in str(next(iter(scaduta.context["messages"])))
    assert "Nel portale è già tutto così" in manda(cliente, BUONO).text


def test_se_i_dati_cambiano_prima_della_conferma_niente_si_salva(cliente, risorsa):
    anteprima = manda(cliente, BUONO)
    risorsa.delete()
    risposta = cliente.post("/area/traduzioni/en/importa/", {"conferma": anteprima.context["chiave"]})
    assert ("«sportello» non c&#x27;è." in risposta.text, Traduzione.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"tipo,oggetto,campo,testo\nrisorsa,boh,nome,Desk\n", "riga 2: «boh» non c"),
        (b"a,b\n1,2\n", "Colonna sconosciuta «a»."),
        (b"<xliff", "Il file non è XML, oppure è rovinato."),
        (b"", "Il file è vuoto."),
        (b"x" * (5 * 1024 * 1024 + 1), "il massimo è 5 MB"),
    ],
)
def test_file_che_non_vanno(cliente, contenuto, frase):
    risposta = manda(cliente, contenuto)
    assert (risposta.status_code, frase in risposta.text) == (200, True)


def test_senza_file(cliente):
    assert "Scegli un file." in cliente.post("/area/traduzioni/en/importa/").text


def test_la_voce_del_menu_solo_a_chi_traduce(come, mira, bruno):
    assert 'href="/area/traduzioni/"' in come(mira).get("/area/").text
    assert 'href="/area/traduzioni/"' not in come(bruno).get("/area/").text


@pytest.fixture(autouse=True)
def cache_pulita():
    yield
    cache.clear()
