"""The ranking of the needs, the agreement of the enti, and what would not stand without one of them."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incontri.priorita.accordo import (
    Gruppo,
    StatoAccordo,
    accordo,
    gruppi_distanti,
    per_gruppo,
    provvisorio,
    stato_accordo,
)
from incontri.priorita.dati import DatiBisogno, Fabbisogno, Pesi, Voto
from incontri.priorita.graduatoria import Parte, graduatoria, ordina, senza_ente, valuta
from tests.incontri.priorita_dati import ENTI, POPOLAZIONI, bisogni, voti


def bisogno(nome, gravita, *, quota="0", enti=("bollate", "senago"), chiave=None):
    """A need all these enti score the same, so that N = (gravita − 1)·25; `quota` None: coverage unknown."""
    votati = tuple(Voto(ente, "comuni", gravita, gravita, {}) for ente in enti)
    righe = () if quota is None else (Fabbisogno("Bollate", None, None, Decimal(quota)),)
    return DatiBisogno(chiave or nome, nome, votati, righe)


SENZA_D = Pesi("prova", 0, 1, 1)


def elenco(*dati, pesi=SENZA_D):
    return graduatoria(dati, POPOLAZIONI, aventi_diritto=6, pesi=pesi)


def righe(posti):
    return [(riga.posizione, riga.posto, riga.valutazione.nome) for riga in posti]


def test_prima_la_copertura_da_rilevare_poi_la_priorita_poi_chi_non_e_valutato():
    posti = elenco(
        bisogno("Casa", 5),
        bisogno("Lavoro", None),
        bisogno("Lingua", 2, quota=None),
        bisogno("Salute", 4),
        bisogno("Scuola", 3, quota=None),
        bisogno("Carta", None, quota=None),
    )

    assert righe(posti) == [
        (1, 1, "Scuola"),
        (2, 2, "Lingua"),
        (3, 1, "Casa"),
        (4, 2, "Salute"),
        (5, None, "Carta"),
        (6, None, "Lavoro"),
    ]
    assert [riga.valutazione.parte for riga in posti] == [Parte.DA_RILEVARE] * 2 + [Parte.ORDINATA] * 2 + [
        Parte.NON_VALUTATA
    ] * 2


def test_a_pari_p_vince_n_e_a_pari_di_tutto_il_posto_e_lo_stesso():
    posti = elenco(
        bisogno("Salute", 3),
        bisogno("Casa", 5, quota="0.5"),
        bisogno("carta", 3),
        bisogno("Lingua", 2),
    )

    assert [riga.valutazione.p for riga in posti] == [50, 50, 50, 25]
    assert righe(posti) == [(1, 1, "Casa"), (2, 2, "carta"), (3, 2, "Salute"), (4, 4, "Lingua")]


def test_due_bisogni_con_lo_stesso_nome_restano_in_ordine():
    posti = elenco(bisogno("Casa", 3, chiave="b"), bisogno("Casa", 3, chiave="a"))

    assert [riga.valutazione.chiave for riga in posti] == ["a", "b"]


def test_due_bisogni_con_la_stessa_chiave_sono_un_errore():
    with pytest.raises(ValueError, match="stessa chiave"):
        elenco(bisogno("Casa", 3), bisogno("Casa", 4))


def test_nessun_bisogno():
    assert elenco() == []


def test_fragile_se_senza_un_ente_il_posto_si_sposta_di_piu_di_due():
    fermi = [bisogno(nome, 3, enti=("bollate", "senago", "asst")) for nome in ("Lavoro", "Lingua", "Salute")]
    conteso = DatiBisogno(
        "Casa",
        "Casa",
        (Voto("coop", "terzo-settore", 5, 5, {}), Voto("cpia", "scuola", 2, 2, {})),
        (Fabbisogno("Bollate", None, None, Decimal(0)),),
    )
    posti = {riga.valutazione.nome: riga for riga in elenco(conteso, *fermi)}

    # 3,5 with both: first. Without coop 2: fourth. The three others move up by one.
    assert (posti["Casa"].posto, posti["Casa"].spostamento, posti["Casa"].fragile) == (1, 3, True)
    assert {(posti[nome].posto, posti[nome].spostamento, posti[nome].fragile) for nome in ("Lavoro", "Lingua")} == {
        (2, 1, False)
    }


def test_due_posti_non_bastano_a_essere_fragile():
    fermi = [bisogno(nome, 3, enti=("bollate", "senago", "asst")) for nome in ("Lavoro", "Lingua")]
    conteso = bisogno("Casa", 5, enti=("coop",))
    conteso = replace(conteso, voti=(*conteso.voti, Voto("cpia", "scuola", 2, 2, {})))
    casa = next(riga for riga in elenco(conteso, *fermi) if riga.valutazione.nome == "Casa")

    assert (casa.spostamento, casa.fragile) == (2, False)


def test_chi_ha_un_solo_voto_e_fragile_chi_non_ne_ha_no():
    posti = elenco(bisogno("Casa", 5, enti=("coop",)), bisogno("Lingua", None))

    assert [(riga.spostamento, riga.fragile) for riga in posti] == [(None, True), (0, False)]


@given(bisogni())
def test_fragile_e_quello_che_si_trova_togliendo_un_ente_alla_volta(dati):
    def posti(righe):
        return {riga.valutazione.chiave: riga.posto for riga in graduatoria(righe, POPOLAZIONI, aventi_diritto=6)}

    interi = posti(dati)
    ridotti = [posti([senza_ente(uno, ente) for uno in dati]) for ente in ENTI]
    for riga in graduatoria(dati, POPOLAZIONI, aventi_diritto=6):
        chiave = riga.valutazione.chiave
        if interi[chiave] is None:
            assert (riga.spostamento, riga.fragile) == (0, False)
        elif any(ridotto[chiave] is None for ridotto in ridotti):
            assert (riga.spostamento, riga.fragile) == (None, True)
        else:
            massimo = max(abs(ridotto[chiave] - interi[chiave]) for ridotto in ridotti)
            assert (riga.spostamento, riga.fragile) == (massimo, massimo > 2)


@given(bisogni(), st.randoms())
def test_l_ordine_dei_bisogni_non_conta(dati, caso):
    assert elenco(*caso.sample(dati, len(dati))) == elenco(*dati)


@given(bisogni())
def test_la_graduatoria_e_ordinata_e_nessuno_si_perde(dati):
    posti = elenco(*dati)

    assert sorted(riga.valutazione.chiave for riga in posti) == sorted(uno.chiave for uno in dati)
    assert [riga.posizione for riga in posti] == list(range(1, len(dati) + 1))
    for parte in Parte:
        sua = [riga for riga in posti if riga.valutazione.parte == parte]
        meriti = [(riga.valutazione.p or 0, riga.valutazione.n or 0) for riga in sua]
        assert meriti == sorted(meriti, reverse=True)
        if parte != Parte.NON_VALUTATA:
            assert [riga.posto for riga in sua] == [1 + sum(altro > merito for altro in meriti) for merito in meriti]


def test_si_ordina_prima_di_arrotondare():
    vicini = [
        replace(valuta(bisogno(nome, 3), POPOLAZIONI, aventi_diritto=2, pesi=SENZA_D), p=p)
        for nome, p in (("Casa", Fraction("50.01")), ("Lingua", Fraction("50.02")))
    ]

    assert [riga.valutazione.nome for riga in ordina(vicini)] == ["Lingua", "Casa"]


# --- agreement


@pytest.mark.parametrize(
    ("scarti", "stato"),
    [
        ((None, None), StatoAccordo.NON_VALUTABILE),
        ((Fraction(0), None), StatoAccordo.CONSENSO),
        ((Fraction(1), Fraction(1)), StatoAccordo.CONSENSO),
        ((Fraction(5, 4), Fraction(0)), StatoAccordo.IN_MEZZO),
        ((Fraction(0), Fraction(7, 4)), StatoAccordo.IN_MEZZO),
        ((Fraction(0), Fraction(2)), StatoAccordo.DA_DISCUTERE),
        ((Fraction(4), Fraction(1)), StatoAccordo.DA_DISCUTERE),
    ],
)
def test_stato_dell_accordo(scarti, stato):
    assert stato_accordo(*scarti) == stato


@pytest.mark.parametrize(
    ("votanti", "aventi", "atteso"),
    [(0, 0, True), (0, 8, True), (4, 8, True), (4, 7, False), (5, 8, False), (3, 7, True)],
)
def test_provvisorio_se_ha_votato_la_meta_o_meno(votanti, aventi, atteso):
    assert provvisorio(votanti, aventi) is atteso


def test_otto_comuni_non_nascondono_l_asst():
    comuni = [Voto(f"comune {n}", "comuni", 2, 2, {}) for n in range(8)]
    detto = accordo([*comuni, Voto("asst", "sanita", 5, None, {})], 12)

    assert (detto.stato, detto.votanti, detto.provvisorio) == (StatoAccordo.IN_MEZZO, 8, False)
    assert detto.gruppi == {"comuni": Gruppo(Fraction(2), Fraction(2), 8, 8), "sanita": Gruppo(Fraction(5), None, 1, 0)}
    assert detto.distanti == (("comuni", "sanita"),)


def test_uno_o_due_enti_non_sono_un_consenso():
    def stato(quanti):
        return accordo([Voto(f"ente {n}", "comuni", 3, 3, {}) for n in range(quanti)], 12).stato

    assert [stato(quanti) for quanti in (1, 2, 3)] == [
        StatoAccordo.NON_VALUTABILE,
        StatoAccordo.NON_VALUTABILE,
        StatoAccordo.CONSENSO,
    ]


def test_i_gruppi_distano_dall_uno_in_su_anche_sulla_disuguaglianza():
    gruppi = per_gruppo(
        [
            Voto("a", "comuni", 3, 1, {}),
            Voto("b", "sanita", 3, 2, {}),
            Voto("c", "scuola", 3, None, {}),
            Voto("d", "scuola", 4, None, {}),
            Voto("e", "terzo-settore", None, None, {}),
        ]
    )

    assert gruppi_distanti(gruppi) == (("comuni", "sanita"),)


@given(voti(), st.randoms())
def test_l_accordo_non_dipende_dall_ordine(votati, caso):
    assert accordo(caso.sample(votati, len(votati)), 6) == accordo(votati, 6)
