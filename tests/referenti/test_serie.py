"""The figures through time: what is worked out, what stays unknown, how it is drawn."""

from decimal import Decimal

import pytest

from referenti.grafici import Linea, andamento, momento
from referenti.models import Indicatore, Voce
from referenti.servizi.serie import Serie
from tavolo.base import disegno
from tests.factories import IndicatoreFactory


@pytest.fixture
def serie(bollate, senago):
    """Residents of two comuni at two dates, foreign residents at the second, of Bollate only minors."""
    for anno, di_bollate, di_senago in (("2023", 100, 300), ("2024", 110, 290)):
        IndicatoreFactory(comune=bollate, valore=di_bollate, fonte="Istat", riferimento=f"{anno}-01-01")
        IndicatoreFactory(comune=senago, valore=di_senago, fonte="Istat", riferimento=f"{anno}-01-01")
    for comune, valore in ((bollate, 11), (senago, 32)):
        IndicatoreFactory(voce="stranieri", comune=comune, valore=valore, fonte="Istat", riferimento="2024-01-01")
    IndicatoreFactory(voce="minori", comune=bollate, valore=20, fonte="Istat", riferimento="2024-01-01")
    IndicatoreFactory(comune=bollate, valore=999, fonte="ANPR", riferimento="2022-12")
    return Serie(list(Indicatore.objects.del_territorio()), [bollate, senago])


def valori(punti):
    return [(punto.riferimento[:4], punto.valore) for punto in punti]


def test_somme_e_quote_si_calcolano(serie, bollate):
    assert serie.fonte == "Istat"
    assert valori(serie.punti(Voce.RESIDENTI, None)) == [("2023", 400), ("2024", 400)]
    assert valori(serie.punti(Voce.QUOTA_STRANIERI, bollate)) == [("2024", Decimal("10.0"))]
    assert [p.valore_testo for p in serie.punti(Voce.QUOTA_STRANIERI, None)] == ["10,8%"]


def test_una_somma_di_una_parte_non_c_e(serie, bollate, senago):
    assert serie.punti(Voce.MINORI, None) == []
    assert [(chi, [p and p.valore for p in punti]) for chi, punti in serie.tabella(Voce.MINORI)] == [
        (None, [None]),
        (bollate, [20]),
        (senago, [None]),
    ]


def test_una_data_sola_non_e_una_serie(bollate):
    IndicatoreFactory(comune=bollate, fonte="ANPR", riferimento="2022-12")

    assert Serie(list(Indicatore.objects.del_territorio()), [bollate]).fonte == ""


@pytest.mark.parametrize("quanti", [1, 2, 12])
def test_il_grafico_sta_nel_suo_spazio(quanti):
    punti = [(str(2010 + n), momento(str(2010 + n)), Decimal(190000 + 100 * n)) for n in range(quanti)]

    fatto = andamento("Residenti", [Linea("Ambito", punti)], nome="x")

    assert sum(isinstance(forma, disegno.Cerchio) for forma in fatto.forme) == quanti
    for scritta in fatto.testi:
        sinistra, sopra, destra, sotto = scritta.riquadro()
        assert min(sinistra, sopra, fatto.larghezza - destra, fatto.altezza - sotto) >= 0
    assert fatto.descrizione.startswith("2010 190.000")


def test_senza_valori_non_si_disegna():
    with pytest.raises(ValueError, match="almeno un valore"):
        andamento("x", [Linea("a", [])], nome="x")


def test_la_pagina_mostra_grafici_tabelle_e_fonte(client, serie):
    testo = client.get("/tavolo/territorio/").text

    assert "Come cambia negli anni" in testo
    assert 'aria-label="Tutto l&#x27;Ambito: 2023 400; 2024 400"' in testo
    assert "10,8%" in testo
    assert "Caricati nel portale il" in testo
