"""Which figures compare, and what is missing."""

import pytest

from referenti.models import Voce
from referenti.servizi.territorio import Cella, confronto, per_comune, quadro, serie, somma
from tests.factories import ComuneFactory, IndicatoreFactory


@pytest.fixture
def baranzate(db):
    return ComuneFactory(nome="Baranzate")


def anpr(comune, valore, voce="residenti"):
    return IndicatoreFactory(comune=comune, valore=valore, voce=voce, fonte="ANPR", riferimento="2022-12")


def documento(comune, valore, voce="residenti", **campi):
    return IndicatoreFactory(comune=comune, valore=valore, voce=voce, fonte="Documento", riferimento="2023-06", **campi)


def test_la_serie_e_della_fonte_che_copre_piu_comuni(baranzate, bollate):
    primo, secondo, solo = anpr(baranzate, 12372), anpr(bollate, 36589), documento(baranzate, 11861)

    assert serie([solo, primo, secondo], Voce.RESIDENTI) == [primo, secondo]
    assert serie([solo], Voce.RESIDENTI) == [solo]
    assert serie([primo, solo], Voce.RESIDENTI) == [solo]  # as many comuni: the latest
    assert serie([primo], Voce.STRANIERI) == []
    assert serie([documento(None, 191289)], Voce.RESIDENTI) == []


def test_il_confronto_non_mescola_due_fonti(baranzate, bollate):
    ambito, di_baranzate = documento(None, 10, "quota-stranieri"), documento(baranzate, 36, "quota-stranieri")
    altra_fonte = anpr(bollate, 12, "quota-stranieri")

    assert confronto([ambito, di_baranzate, altra_fonte], Voce.QUOTA_STRANIERI) == [ambito, di_baranzate]
    assert confronto([ambito, altra_fonte], Voce.QUOTA_STRANIERI) == []
    assert confronto([di_baranzate], Voce.QUOTA_STRANIERI) == []


def test_la_somma_vuole_tutti_i_comuni(baranzate, bollate):
    righe = [anpr(baranzate, 12372), anpr(bollate, 36589)]

    assert somma(righe, [baranzate, bollate]) == 48961
    assert somma(righe[:1], [baranzate, bollate]) is None
    assert somma([], []) is None


def test_ogni_comune_con_i_numeri_che_il_grafico_non_ha(baranzate, bollate):
    nel_grafico = [anpr(baranzate, 12372), anpr(bollate, 36589)]
    altro = documento(baranzate, 4273, "stranieri")

    assert per_comune([*nel_grafico, altro], [baranzate, bollate], tranne=nel_grafico) == [(baranzate, [altro])]


def test_il_quadro_dice_anche_quello_che_manca(baranzate, bollate):
    di_baranzate, di_bollate = anpr(baranzate, 12372), anpr(bollate, 36589)
    stranieri = documento(baranzate, 4273, "stranieri")
    nazionalita = documento(None, 85, "nazionalita", unita="numero")

    tabella = quadro([di_baranzate, di_bollate, stranieri, nazionalita], [baranzate, bollate])

    assert tabella.colonne == ["Residenti", "Residenti stranieri"]
    assert tabella.righe == [
        (baranzate, [Cella(di_baranzate, 1), Cella(stranieri, 2)]),
        (bollate, [Cella(di_bollate, 1), Cella()]),
    ]
    assert tabella.fonti == [di_baranzate, stranieri]
