"""Geometry of the charts."""

from decimal import Decimal

import pytest
from django.utils import translation

from referenti.grafici import barre


def test_due_barre_nell_ordine_dato():
    assert barre("Residenti", [("Baranzate", 12372), ("Paderno Dugnano", 47667)]) == {
        "titolo": "Residenti",
        "descrizione": "Residenti: Baranzate 12.372; Paderno Dugnano 47.667",
        "larghezza": 360,
        "altezza": 112,
        "barre": [
            {
                "etichetta": "Baranzate",
                "valore_testo": "12.372",
                "x": 0,
                "y": 24,
                "larghezza": 70,
                "altezza": 20,
                "y_testo": 16,
            },
            {
                "etichetta": "Paderno Dugnano",
                "valore_testo": "47.667",
                "x": 0,
                "y": 80,
                "larghezza": 270,
                "altezza": 20,
                "y_testo": 72,
            },
        ],
    }


def test_senza_righe_non_c_e_niente_da_disegnare():
    assert barre("Residenti", []) == {
        "titolo": "Residenti",
        "descrizione": "Residenti",
        "larghezza": 360,
        "altezza": 0,
        "barre": [],
    }


@pytest.mark.parametrize(
    ("valori", "larghezze"),
    [
        ([5], [270]),
        ([0], [0]),
        ([0, 0], [0, 0]),
        ([0, 10], [0, 270]),
        ([1, 1_000_000], [1, 270]),
        ([Decimal("10.60"), Decimal("36.00")], [80, 270]),
    ],
)
def test_larghezze_in_proporzione_e_un_valore_si_vede_sempre(valori, larghezze):
    grafico = barre("Prova", [(str(n), valore) for n, valore in enumerate(valori)])

    assert [barra["larghezza"] for barra in grafico["barre"]] == larghezze


def test_le_coordinate_sono_numeri_interi():
    grafico = barre("Quote", [("Ambito", Decimal("10.6")), ("Baranzate", Decimal("36"))])

    tipi = {type(valore) for barra in grafico["barre"] for chiave, valore in barra.items() if "etich" not in chiave}
    assert tipi == {int, str}
    assert [barra["valore_testo"] for barra in grafico["barre"]] == ["10,6", "36"]


def test_i_valori_si_scrivono_come_nella_lingua_della_pagina():
    with translation.override("en"):
        assert barre("Residents", [("Bollate", 36589)])["descrizione"] == "Residents: Bollate 36,589"


def test_il_formato_si_sceglie():
    assert barre("Quote", [("Ambito", 10)], formato=lambda v: f"{v}%")["barre"][0]["valore_testo"] == "10%"


def test_un_valore_negativo_non_si_disegna():
    with pytest.raises(ValueError, match="negativi"):
        barre("Saldo", [("Bollate", -1)])
