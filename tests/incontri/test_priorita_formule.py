"""The formulas of one need: worked examples by hand, and what holds whatever the votes."""

import statistics
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.conf import settings
from hypothesis import assume, given
from hypothesis import strategies as st

from incontri.priorita.dati import PESI, DatiBisogno, Fabbisogno, Pesi, Voto, esatto
from incontri.priorita.formule import (
    Copertura,
    Diffusione,
    ProfiloComune,
    TipoCopertura,
    copertura,
    copertura_comune,
    diffusione,
    gravita_per_comune,
    indice_di_bisogno,
    persone_senza_risposta,
    priorita,
    profilo_comune,
    quota_di_piu_enti,
    totale_senza_risposta,
)
from incontri.priorita.graduatoria import valuta
from incontri.priorita.statistica import arrotonda, mediana, quantile, scarto_interquartile
from tests.incontri.priorita_dati import COMUNI, POPOLAZIONI, fabbisogni, risposte, voti, voti_interi

CONTATO, STIMA, IGNOTA = TipoCopertura.CONTATO, TipoCopertura.STIMA, TipoCopertura.IGNOTA


def voto(ente, gravita=None, equita=None, **per_comune):
    return Voto(ente, "comuni", gravita, equita, per_comune)


def numeri(voti, fabbisogni=()):
    return valuta(DatiBisogno("1", "Casa", voti, fabbisogni), POPOLAZIONI, aventi_diritto=6)


# --- by hand


def test_l_esempio_del_metodo():
    n = indice_di_bisogno(Fraction(4), Fraction(4), Fraction(3))

    assert (n, priorita(n, Fraction(1, 4))) == (Fraction("68.75"), Fraction("51.5625"))
    assert (arrotonda(n, 2), arrotonda(priorita(n, Fraction(1, 4)))) == (Decimal("68.75"), Decimal("51.6"))


def test_l_esempio_di_docs_metodo():
    """The same need, from the votes to P, as docs/metodo.md works it out."""
    popolazioni = {"Bollate": 36_000, "Senago": 21_000, "Baranzate": 12_000, "Cesate": None}
    bisogno = DatiBisogno(
        "1",
        "Imparare l'italiano con i bambini piccoli",
        (
            voto("Bollate", 4, 3, Bollate=4),
            voto("Senago", 3, 3, Senago=2),
            voto("Baranzate", 5, 4, Baranzate=5),
            voto("ASST", 4, 2, Bollate=3, Senago=3, Baranzate=4),
            voto("CPIA", None, 5, Bollate=4, Senago=None),
        ),
        (Fabbisogno("Bollate", 120, 60), Fabbisogno("Senago", 80, 20), Fabbisogno("Baranzate", 100, 40)),
    )
    esito = valuta(bisogno, popolazioni, aventi_diritto=10)

    assert (esito.gravita, esito.equita) == (4, 3)
    assert esito.per_comune == {"Baranzate": Fraction(9, 2), "Bollate": 4, "Senago": Fraction(5, 2)}
    assert esito.diffusione == Diffusione(1 + Fraction(4 * 48_000, 69_000), 3, 4)
    assert arrotonda(esito.diffusione.valore, 2) == Decimal("3.78")
    assert arrotonda(esito.n, 2) == Decimal("67.39")
    assert esito.copertura == Copertura(Fraction(2, 5), CONTATO, 3)
    assert (arrotonda(esito.p), esito.senza_risposta) == (Decimal("40.4"), 180)
    assert (esito.accordo.scarto_gravita, esito.accordo.scarto_equita) == (Fraction(1, 2), 1)
    assert (esito.accordo.stato, esito.accordo.provvisorio, esito.versione) == ("consenso", True, "2026-1")


@pytest.mark.parametrize(
    ("valori", "attesa"),
    [([], None), ([None, None], None), ([3], 3), ([1, 2], Fraction(3, 2)), ([5, None, 1, 2], 2), ([1, 2, 4, 5], 3)],
)
def test_mediana(valori, attesa):
    assert mediana(valori) == attesa


@pytest.mark.parametrize(
    ("valori", "atteso"),
    [
        ([], None),
        ([4], None),
        ([4, None], None),
        ([3, 3], 0),
        ([1, 5], 2),
        ([1, 2, 3, 4], Fraction(3, 2)),
        ([1, 2, 3, 4, 5], 2),
        ([2, 3, 3, 3, 4, 5], Fraction(3, 4)),
    ],
)
def test_scarto_interquartile(valori, atteso):
    assert scarto_interquartile(valori) == atteso


@given(st.lists(voti_interi, min_size=2))
def test_i_quartili_sono_quelli_inclusivi_di_python(valori):
    attesi = statistics.quantiles([Fraction(valore) for valore in valori], n=4, method="inclusive")

    assert [quantile(valori, Fraction(n, 4)) for n in (1, 2, 3)] == attesi


@pytest.mark.parametrize(
    ("valore", "cifre", "atteso"),
    [
        (None, 1, None),
        (Fraction("51.5625"), 1, Decimal("51.6")),
        (Fraction("68.75"), 1, Decimal("68.8")),
        (Fraction("0.25"), 1, Decimal("0.3")),
        (Fraction("2.5"), 0, Decimal(3)),
        (Fraction("-2.5"), 0, Decimal(-3)),
        (Fraction(100), 1, Decimal("100.0")),
        (Fraction(2, 3), 2, Decimal("0.67")),
    ],
)
def test_si_arrotonda_solo_per_mostrare(valore, cifre, atteso):
    assert str(arrotonda(valore, cifre)) == str(atteso)


@pytest.mark.parametrize(
    ("gravita", "attesa"),
    [
        ({}, Diffusione(None, 0, 4)),
        ({"Bollate": Fraction(2)}, Diffusione(Fraction(1), 1, 4)),
        ({"Bollate": Fraction(3)}, Diffusione(Fraction(5), 1, 4)),
        ({"Bollate": Fraction(5, 2), "Baranzate": Fraction(3)}, Diffusione(Fraction(2), 2, 4)),
    ],
)
def test_diffusione(gravita, attesa):
    assert diffusione(gravita, POPOLAZIONI) == attesa


def test_un_comune_senza_popolazione_resta_fuori_e_si_dice():
    gravita = {"Bollate": Fraction(4), "Cesate": Fraction(1)}

    assert diffusione(gravita, {"Bollate": 10, "Cesate": None}) == Diffusione(Fraction(5), 1, 2, ("Cesate",))


def test_un_comune_di_fuori_e_un_errore():
    with pytest.raises(ValueError, match=r"del territorio: Rho, Saronno\."):
        diffusione({"Saronno": Fraction(3), "Rho": Fraction(3)}, POPOLAZIONI)


@pytest.mark.parametrize(
    ("d", "g", "e", "n"),
    [
        (1, 1, 1, 0),
        (5, 5, 5, 100),
        (3, 3, 3, 50),
        (1, 5, 1, 50),
        (5, 1, 1, 25),
        (1, 1, 5, 25),
        (None, 5, 5, None),
        (5, None, 5, None),
        (5, 5, None, None),
    ],
)
def test_indice_di_bisogno(d, g, e, n):
    assert indice_di_bisogno(*(None if valore is None else Fraction(valore) for valore in (d, g, e))) == n


def test_cio_che_non_pesa_non_serve():
    assert indice_di_bisogno(Fraction(3), Fraction(5), None, Pesi("prova", 1, 1, 0)) == 75


@pytest.mark.parametrize(
    ("fabbisogno", "attesa"),
    [
        (Fabbisogno("Bollate", 80, 20), (Fraction(1, 4), CONTATO)),
        (Fabbisogno("Bollate", 80, 200), (1, CONTATO)),
        (Fabbisogno("Bollate", 80, 0), (0, CONTATO)),
        (Fabbisogno("Bollate", 80, 20, Decimal(1)), (Fraction(1, 4), CONTATO)),
        (Fabbisogno("Bollate", 80, None, Decimal("0.75")), (Fraction(3, 4), STIMA)),
        (Fabbisogno("Bollate", None, 20, Decimal("0")), (0, STIMA)),
        (Fabbisogno("Bollate", 80), (None, IGNOTA)),
        (Fabbisogno("Bollate", None, 20), (None, IGNOTA)),
        (Fabbisogno("Bollate", 0, 20, Decimal(1)), (None, IGNOTA)),
        (Fabbisogno("Bollate"), (None, IGNOTA)),
    ],
)
def test_copertura_comune(fabbisogno, attesa):
    assert copertura_comune(fabbisogno) == Copertura(*attesa)


@pytest.mark.parametrize(
    ("righe", "attesa"),
    [
        ([], (None, IGNOTA, 0)),
        ([("Bollate", 10)], (None, IGNOTA, 0)),
        ([("Bollate", 0, 0), ("Senago", 0, 5)], (None, IGNOTA, 0)),
        ([("Bollate", 100, 50), ("Senago", 300, 0)], (Fraction(1, 8), CONTATO, 2)),
        ([("Bollate", 100, 50), ("Senago", 300)], (Fraction(1, 2), CONTATO, 1)),
        ([("Bollate", 100, 50), ("Senago", 300, None, Decimal(1))], (Fraction(7, 8), STIMA, 2)),
        ([("Bollate", None, None, Decimal(1)), ("Baranzate", 4, 0)], (Fraction(3, 4), STIMA, 2)),
        ([("Ignota", None, None, Decimal(1)), ("Baranzate", 4, 2)], (Fraction(1, 2), CONTATO, 1)),
        ([("Ignota", None, None, Decimal(1))], (None, IGNOTA, 0)),
    ],
)
def test_copertura_pesata_con_le_persone_o_con_gli_abitanti(righe, attesa):
    assert copertura([Fabbisogno(*riga) for riga in righe], POPOLAZIONI) == Copertura(*attesa)


def test_senza_la_copertura_la_priorita_non_si_calcola():
    assert (priorita(Fraction(100), None), priorita(None, Fraction(0)), priorita(Fraction(100), Fraction(1))) == (
        None,
        None,
        0,
    )


def test_persone_senza_risposta():
    righe = [Fabbisogno("Bollate", 80, 20), Fabbisogno("Senago", 10, 30), Fabbisogno("Cesate", 5)]

    assert [persone_senza_risposta(riga) for riga in righe] == [60, 0, None]
    assert (totale_senza_risposta(righe), totale_senza_risposta(righe[2:]), totale_senza_risposta([])) == (
        60,
        None,
        None,
    )


def test_di_piu_quote_vale_la_piu_alta():
    assert quota_di_piu_enti([Decimal("0.25"), None, Decimal("0.5")]) == Fraction(1, 2)
    assert quota_di_piu_enti([None]) is None


def test_profilo_di_un_comune():
    assert profilo_comune([Fraction(3), None, Fraction(5, 2), Fraction(9, 2)]) == ProfiloComune(
        Fraction(9, 2), gravi=2, acuti=1, valutati=3
    )
    assert profilo_comune([None]) == ProfiloComune(None, 0, 0, 0)


@pytest.mark.parametrize("valore", [0, 6, -1, True, "3", 2.0])
def test_un_voto_va_da_uno_a_cinque(valore):
    with pytest.raises(ValueError, match="da 1 a 5"):
        voto("Bollate", valore)
    with pytest.raises(ValueError, match="da 1 a 5"):
        voto("Bollate", Senago=valore)


@pytest.mark.parametrize(
    ("campi", "frase"),
    [((-1,), "meno di zero"), ((1, -1), "meno di zero"), ((1, 1, Decimal("1.1")), "da 0 a 1")],
)
def test_un_fabbisogno_impossibile(campi, frase):
    with pytest.raises(ValueError, match=frase):
        Fabbisogno("Bollate", *campi)


def test_due_voti_di_un_ente_o_due_righe_di_un_comune_sono_un_errore():
    with pytest.raises(ValueError, match="votato due volte: Casa"):
        DatiBisogno("1", "Casa", (voto("Bollate", 1), voto("Bollate", 2)))
    with pytest.raises(ValueError, match="compare due volte: Casa"):
        DatiBisogno("1", "Casa", (), (Fabbisogno("Bollate"), Fabbisogno("Bollate")))


def test_i_pesi_si_conservano_esatti():
    pesi = Pesi("prova", "1/3", Decimal("0.1"), 2)

    assert Pesi.da_dati(pesi.come_dati()) == pesi
    assert PESI.come_dati() == {"versione": "2026-1", "d": "1", "g": "2", "e": "1"}


@pytest.mark.parametrize("pesi", [(0, 0, 0), (-1, 2, 2)])
def test_pesi_impossibili(pesi):
    with pytest.raises(ValueError, match="I pesi"):
        Pesi("prova", *pesi)


def test_un_float_non_entra():
    with pytest.raises(TypeError, match="float"):
        esatto(0.1)
    with pytest.raises(TypeError, match="float"):
        Fabbisogno("Bollate", quota_dichiarata=0.5)


def test_docs_metodo_dice_la_versione_dei_pesi_in_uso():
    testo = (settings.RADICE / "docs" / "metodo.md").read_text(encoding="utf-8")

    assert f"Versione dei pesi: {PESI.versione}." in testo


# --- whatever the votes


@given(voti(), fabbisogni())
def test_i_limiti(votati, righe):
    esito = numeri(votati, righe)

    assert all(valore is None or 1 <= valore <= 5 for valore in (esito.gravita, esito.equita, esito.diffusione.valore))
    assert all(1 <= valore <= 5 for valore in esito.per_comune.values())
    assert esito.n is None or 0 <= esito.n <= 100
    assert esito.copertura.valore is None or 0 <= esito.copertura.valore <= 1
    assert esito.p is None or 0 <= esito.p <= esito.n
    assert (esito.p is None) == (esito.n is None or esito.copertura.tipo == IGNOTA)
    assert 0 <= esito.diffusione.valutati <= esito.diffusione.comuni == len(COMUNI)


@given(voti(), st.data())
def test_un_voto_piu_alto_non_abbassa_mai_n(votati, dati):
    assume(votati)
    posto = dati.draw(st.integers(0, len(votati) - 1))
    prima = votati[posto]

    def alza(valore):
        return None if valore is None else dati.draw(st.integers(valore, 5))

    dopo = replace(
        prima,
        gravita=alza(prima.gravita),
        equita=alza(prima.equita),
        per_comune={comune: alza(valore) for comune, valore in prima.per_comune.items()},
    )
    n_prima, n_dopo = numeri(votati).n, numeri((*votati[:posto], dopo, *votati[posto + 1 :])).n

    assert (n_prima is None) == (n_dopo is None)
    assert n_prima is None or n_dopo >= n_prima


@given(voti(risposta=voti_interi), fabbisogni(), st.data())
def test_piu_copertura_non_alza_mai_p(votati, righe, dati):
    assume(righe)
    posto = dati.draw(st.integers(0, len(righe) - 1))
    prima = righe[posto]
    raggiunti, quota = prima.raggiunti, prima.quota_dichiarata
    dopo = replace(
        prima,
        raggiunti=None if raggiunti is None else raggiunti + dati.draw(st.integers(0, 500)),
        quota_dichiarata=None if quota is None else dati.draw(st.sampled_from([quota, Decimal(1)])),
    )
    p_prima, p_dopo = numeri(votati, righe).p, numeri(votati, (*righe[:posto], dopo, *righe[posto + 1 :])).p

    assert (p_prima is None) == (p_dopo is None)
    assert p_prima is None or p_dopo <= p_prima


@given(voti(), fabbisogni(), st.randoms())
def test_l_ordine_di_voti_enti_e_comuni_non_conta(votati, righe, caso):
    def mescola(elementi):
        return tuple(caso.sample(list(elementi), len(elementi)))

    mescolati = [replace(v, per_comune=dict(mescola(v.per_comune.items()))) for v in mescola(votati)]
    popolazioni = dict(mescola(POPOLAZIONI.items()))
    altro = valuta(DatiBisogno("1", "Casa", mescolati, mescola(righe)), popolazioni, aventi_diritto=6)

    assert altro == numeri(votati, righe)
    assert list(altro.per_comune) == sorted(altro.per_comune)


@given(voti(), fabbisogni())
def test_chi_dice_solo_non_so_non_cambia_nulla(votati, righe):
    muto = Voto("muto", "comuni", None, None, dict.fromkeys(COMUNI))
    con, senza = numeri((*votati, muto), righe), numeri(votati, righe)

    gruppi = con.accordo.gruppi
    assert replace(con, accordo=senza.accordo) == senza
    assert replace(con.accordo, gruppi={}, distanti=()) == replace(senza.accordo, gruppi={}, distanti=())
    assert gruppi["comuni"].voti_gravita == sum(v.gruppo == "comuni" and v.gravita is not None for v in votati)


@given(st.lists(voti_interi, min_size=1), st.lists(st.none()))
def test_non_so_non_e_zero_ne_uno(valori, ignoti):
    assert mediana([*valori, *ignoti]) == mediana(valori)
    assert mediana(ignoti) is None


@given(fabbisogni())
def test_un_comune_senza_dati_non_vale_zero(righe):
    ignoto = Fabbisogno("Altrove")

    assert copertura([*righe, ignoto], POPOLAZIONI) == copertura(righe, POPOLAZIONI)


@given(voti(), st.dictionaries(st.sampled_from(COMUNI), risposte))
def test_gravita_per_comune_ha_solo_chi_ha_un_numero(votati, detto):
    altri = (*votati, Voto("altro", "comuni", None, None, detto))
    con_numero = {comune for v in altri for comune, valore in v.per_comune.items() if valore is not None}

    assert set(gravita_per_comune(altri)) == con_numero
