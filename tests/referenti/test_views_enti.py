"""The public page of a body."""

import pytest

from tests.factories import (
    ContattoFactory,
    EnteFactory,
    IncaricoFactory,
    RisorsaFactory,
    SedeFactory,
    SottoscrizioneFactory,
)

QUERY = 9  # two are the savepoint of ATOMIC_REQUESTS


def pagina(client, ente):
    return client.get(f"/tavolo/enti/{ente.slug}/")


@pytest.mark.parametrize("quanti", [1, 30])
def test_query_costanti(client, comune_di_bollate, django_assert_num_queries, quanti):
    for _ in range(quanti):
        EnteFactory(padre=comune_di_bollate)
        ContattoFactory(ente=comune_di_bollate)
        SedeFactory(ente=comune_di_bollate)
        RisorsaFactory(ente=comune_di_bollate)
        IncaricoFactory(seggio__ente=comune_di_bollate)
        SottoscrizioneFactory(ente=comune_di_bollate)

    with django_assert_num_queries(QUERY):
        pagina(client, comune_di_bollate)


def test_si_vede_solo_quello_che_e_confermato_o_pubblicato(client, comune_di_bollate):
    ente = comune_di_bollate
    contatto = ContattoFactory(ente=ente, valore="02 5551111")
    ContattoFactory(ente=ente, valore="02 5552222", da_verificare=True)
    sede = SedeFactory(ente=ente, nome="Municipio")
    SedeFactory(ente=ente, nome="Vecchio municipio", da_verificare=True)
    risorsa = RisorsaFactory(ente=ente, nome="Anagrafe")
    RisorsaFactory(ente=ente, nome="In preparazione", stato="bozza")
    RisorsaFactory(ente=ente, nome="Finita", valida_al="2020-12-31")
    RisorsaFactory(nome="Di un altro ente")

    risposta = pagina(client, ente)

    assert [list(risposta.context[nome]) for nome in ("contatti", "sedi", "risorse")] == [[contatto], [sede], [risorsa]]
    nascosti = ("02 5552222", "Vecchio municipio", "In preparazione", "Finita", "Di un altro ente")
    assert [parola for parola in nascosti if parola in risposta.text] == []


def test_quello_che_non_si_sa_e_scritto(client, comune_di_bollate):
    testo = pagina(client, comune_di_bollate).text

    assert "Telefono, e-mail e sito:" in testo
    assert "Indirizzo:" in testo
    assert testo.count("da verificare</span>") == 2


def test_la_scheda_da_verificare_lo_dice_e_la_nota_interna_no(client, db):
    ente = EnteFactory(da_verificare=True, nota_interna="Chiedere a Maria", descrizione="Che cosa fa.")

    testo = pagina(client, ente).text

    assert "Da verificare." in testo
    assert "Che cosa fa." in testo
    assert "Maria" not in testo


def test_chi_sta_sopra_e_chi_sta_sotto(client, db):
    asst = EnteFactory(denominazione="ASST Rhodense", tipo="asst")
    unita = EnteFactory(denominazione="Consultorio", padre=asst)

    sopra, sotto = pagina(client, asst), pagina(client, unita)

    assert list(sopra.context["unita"]) == [unita]
    assert 'href="/tavolo/enti/consultorio/"' in sopra.text
    assert 'href="/tavolo/enti/asst-rhodense/"' in sotto.text


def test_i_posti_al_tavolo_senza_nomi(client, bruno):
    risposta = pagina(client, bruno.ente)

    assert [(seggio.nome, seggio.coperto) for seggio in risposta.context["seggi"]] == [
        ("Referente del Comune di Bollate", True)
    ]


def test_i_protocolli_firmati(client, comune_di_bollate):
    firma = SottoscrizioneFactory(ente=comune_di_bollate, data="2022-09", protocollo__titolo="Protocollo di prova")

    risposta = pagina(client, comune_di_bollate)

    assert list(risposta.context["sottoscrizioni"]) == [firma]
    assert 'href="/tavolo/#protocollo-protocollo-di-prova"' in risposta.text


@pytest.mark.parametrize(
    ("ente_di_esempio", "sede_di_esempio", "attese"), [(True, False, 1), (False, True, 1), (False, False, 0)]
)
def test_gli_esempi_si_dichiarano(client, db, ente_di_esempio, sede_di_esempio, attese):
    ente = EnteFactory(esempio=ente_di_esempio)
    SedeFactory(ente=ente, esempio=sede_di_esempio)

    assert pagina(client, ente).text.count("ati di esempio.") == attese


def test_le_date_nel_tavolo(client, db):
    assert "Da settembre 2022" in pagina(client, EnteFactory(ruolo="promotore", dal="2022-09")).text


def test_un_indirizzo_sconosciuto_non_c_e(client, db):
    assert client.get("/tavolo/enti/non-c-e/").status_code == 404


@pytest.mark.parametrize("lingua", ["en", "ar"])
def test_in_ogni_lingua(client, comune_di_bollate, lingua):
    assert client.get(f"/{lingua}/tavolo/enti/comune-di-bollate/").status_code == 200
