"""The figures of the territory."""

import pytest

from tests.factories import ComuneFactory, IndicatoreFactory

QUERY = 4  # two are the savepoint of ATOMIC_REQUESTS
INDIRIZZO = "/tavolo/territorio/"


def anpr(comune, valore):
    return IndicatoreFactory(comune=comune, valore=valore, fonte="ANPR", riferimento="2022-12", nota="Iscritti.")


def documento(comune, valore, voce, **campi):
    return IndicatoreFactory(comune=comune, valore=valore, voce=voce, fonte="Documento", riferimento="2023-06", **campi)


@pytest.fixture
def cifre(bollate, senago):
    """The Ambito, two comuni with their residents, one with its share too."""
    return {
        "ambito": documento(None, 60000, "residenti"),
        "bollate": anpr(bollate, 36589),
        "senago": anpr(senago, 21551),
        "quota": documento(None, "10.6", "quota-stranieri", unita="percento"),
        "quota_bollate": documento(bollate, "36", "quota-stranieri", unita="percento"),
        "nazionalita": documento(None, 85, "nazionalita", unita="numero", almeno=True),
    }


@pytest.mark.parametrize("quanti", [1, 30])
def test_query_costanti(client, db, django_assert_num_queries, quanti):
    for _ in range(quanti):
        comune = ComuneFactory()
        anpr(comune, 100)
        documento(comune, 10, "quota-stranieri")
        IndicatoreFactory(voce="quota-stranieri")

    with django_assert_num_queries(QUERY):
        client.get(INDIRIZZO)


def test_ogni_numero_sta_al_suo_posto(client, cifre, bollate, senago):
    contesto = client.get(INDIRIZZO).context

    assert sorted(contesto["dell_ambito"], key=str) == sorted(
        [cifre["ambito"], cifre["quota"], cifre["nazionalita"]], key=str
    )
    assert contesto["gruppi"] == [(bollate, [cifre["quota_bollate"]])]
    assert contesto["residenti"] == [cifre["bollate"], cifre["senago"]]
    assert [righe for _grafico, righe in contesto["confronti"]] == [[cifre["quota"], cifre["quota_bollate"]]]
    assert contesto["quadro"].righe[1][0] == senago


def test_i_grafici_dicono_quello_che_dicono_le_tabelle(client, cifre):
    contesto = client.get(INDIRIZZO).context

    assert contesto["grafico_residenti"]["descrizione"] == "Residenti in ogni comune: Bollate 36.589; Senago 21.551"
    assert [grafico["descrizione"] for grafico, _righe in contesto["confronti"]] == [
        "Residenti stranieri ogni 100 residenti: Tutto l'Ambito 10,6%; Bollate 36%"
    ]


def test_due_totali_e_il_perche(client, cifre):
    risposta = client.get(INDIRIZZO)

    assert risposta.context["totale_ambito"] == cifre["ambito"]
    assert risposta.context["totale_comuni"] == "58.140"
    for atteso in ("60.000 (Documento, giugno 2023)", "58.140", "(ANPR, dicembre 2022)", "Non è un errore."):
        assert atteso in risposta.text


def test_una_somma_di_una_parte_non_passa_per_il_totale(client, cifre):
    ComuneFactory(nome="Solaro")

    assert client.get(INDIRIZZO).context["totale_comuni"] is None


def test_quello_che_manca_e_da_verificare(client, cifre):
    testo = client.get(INDIRIZZO).text

    assert testo.count("da verificare</span>") == 1  # Senago has no share
    assert "più di 85" in testo


def test_fonte_data_e_nota_di_ogni_numero(client, db):
    IndicatoreFactory(
        fonte="La fonte", url_fonte="https://example.org/dati", riferimento="2022-01-01", nota="Una nota."
    )

    testo = client.get(INDIRIZZO).text

    for atteso in ('href="https://example.org/dati"', "La fonte", "1 gennaio 2022", "Una nota."):
        assert atteso in testo


def test_i_comuni_fuori_dall_ambito_non_ci_sono(client, cifre):
    anpr(ComuneFactory(nome="Magenta", nell_ambito=False), 50000)

    assert "Magenta" not in client.get(INDIRIZZO).text


def test_senza_numeri_lo_dice(client, db):
    assert "Non ci sono ancora numeri" in client.get(INDIRIZZO).text


@pytest.mark.parametrize(("lingua", "numero"), [("en", "36,589"), ("ar", "36.589")])
def test_in_ogni_lingua(client, cifre, lingua, numero):
    risposta = client.get(f"/{lingua}{INDIRIZZO}")

    assert risposta.status_code == 200
    assert numero in risposta.text
