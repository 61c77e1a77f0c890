"""The cells of the coverage matrix, feasibility, reliability of evidence and counts too small to be kept."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incontri.models.evidenza import SOGLIA as SOGLIA_DEI_MODELLI
from incontri.priorita.affidabilita import (
    SOGLIA,
    Conteggio,
    Prova,
    affidabilita,
    fonte_normalizzata,
    mesi_prima,
    sopprimi,
    ultimo_giorno,
)
from incontri.priorita.copertura import StatoCella, stato_cella
from incontri.priorita.fattibilita import Casella, Proposta, casella, ordina, piu_alto, punteggio

OGGI = date(2026, 11, 26)
quote = st.none() | st.fractions(0, 1)
gravita = st.none() | st.fractions(1, 5)


@pytest.mark.parametrize(
    ("enti", "c", "g", "stato"),
    [
        (0, None, 3, "lacuna"),
        (0, Fraction(1), 5, "lacuna"),
        (0, None, Fraction(5, 2), "non-segnalato"),
        (0, None, None, "ignoto"),
        (1, None, 5, "ignoto"),
        (5, None, None, "ignoto"),
        (1, Decimal("0.49"), 3, "scoperto"),
        (9, Fraction(0), 5, "scoperto"),
        (1, Decimal("0.5"), 5, "coperto"),
        (1, Decimal("0.49"), Fraction(29, 10), "non-segnalato"),
        (1, Decimal("0.49"), None, "ignoto"),
        (1, Decimal("0.5"), None, "coperto"),
        (2, Fraction(1), 5, "coperto"),
        (3, Decimal("0.79"), 5, "coperto"),
        (3, Decimal("0.8"), 5, "sovrapposizione"),
        (3, Decimal("0.8"), 1, "sovrapposizione"),
        (3, Decimal("0.8"), None, "sovrapposizione"),
    ],
)
def test_stato_di_una_cella(enti, c, g, stato):
    assert stato_cella(enti, c, g) == stato


@given(st.integers(0, 20), quote, gravita)
def test_ogni_cella_ha_uno_stato_e_le_regole_del_metodo_valgono(enti, c, g):
    stato = stato_cella(enti, c, g)

    assert (stato == StatoCella.LACUNA) == (enti == 0 and g is not None and g >= 3)
    assert (stato == StatoCella.SCOPERTO) == (
        enti > 0 and g is not None and g >= 3 and c is not None and c < Fraction(1, 2)
    )
    assert (stato == StatoCella.SOVRAPPOSIZIONE) == (enti >= 3 and c is not None and c >= Fraction(4, 5))


@given(st.integers(1, 20), st.fractions(0, 1), gravita, st.fractions(0, 1))
def test_con_piu_copertura_una_cella_coperta_non_torna_scoperta(enti, c, g, altra):
    coperte = {StatoCella.COPERTO, StatoCella.SOVRAPPOSIZIONE}

    if stato_cella(enti, min(c, altra), g) in coperte:
        assert stato_cella(enti, max(c, altra), g) in coperte


@pytest.mark.parametrize(
    "valori", [(-1, None, None), (1, Fraction(2), None), (1, Fraction(-1), None), (1, None, 0), (1, None, 6)]
)
def test_una_cella_impossibile(valori):
    with pytest.raises(ValueError, match="va da"):
        stato_cella(*valori)


def test_una_cella_non_vuole_float():
    with pytest.raises(TypeError, match="float"):
        stato_cella(1, 0.8, None)


def test_ogni_stato_si_riconosce_senza_colori():
    assert len({stato.lettera for stato in StatoCella}) == len(StatoCella)
    assert all(stato.etichetta and stato.spiegazione.endswith(".") for stato in StatoCella)


# --- proposals


def test_punteggio_di_una_proposta():
    assert punteggio(Fraction("51.5625"), 4) == Fraction("41.25")
    assert (punteggio(None, 4), punteggio(Fraction(1), None), punteggio(Fraction(100), 5)) == (None, None, 100)


@pytest.mark.parametrize(
    ("n", "f", "attesa"),
    [
        (Fraction(50), 3, Casella.SUBITO),
        (Fraction(50), 2, Casella.DA_PREPARARE),
        (Fraction("49.9"), 3, Casella.SE_CAPITA),
        (Fraction("49.9"), 2, Casella.PIU_AVANTI),
        (None, 3, Casella.DA_VALUTARE),
        (Fraction(50), None, Casella.DA_VALUTARE),
    ],
)
def test_casella_della_griglia(n, f, attesa):
    assert casella(n, f) == attesa


def test_una_proposta_per_piu_bisogni_vale_il_piu_alto():
    assert (piu_alto([Fraction(3), None, Fraction(7)]), piu_alto([None]), piu_alto([])) == (Fraction(7), None, None)


def test_le_proposte_in_ordine():
    proposte = [
        Proposta("1", "Sportello", 5, Fraction(90), None),
        Proposta("2", "Corso", 5, Fraction(40), Fraction(30)),
        Proposta("3", "asilo", None, Fraction(90), Fraction(80)),
        Proposta("4", "Mediazione", 3, Fraction(60), Fraction(50)),
        Proposta("5", "Guida", 3, Fraction(60), Fraction(50)),
        Proposta("6", "Casa", 2, Fraction(90), Fraction(90)),
    ]

    assert [proposta.nome for proposta in ordina(proposte)] == [
        "Casa",
        "Guida",
        "Mediazione",
        "Corso",
        "asilo",
        "Sportello",
    ]


def test_una_fattibilita_impossibile():
    with pytest.raises(ValueError, match="da 1 a 5"):
        Proposta("1", "Corso", 6, None, None)


@given(st.fractions(0, 100), st.integers(1, 5), st.integers(1, 5))
def test_una_proposta_piu_fattibile_non_perde_punti(p, uno, altro):
    assert 0 <= punteggio(p, min(uno, altro)) <= punteggio(p, max(uno, altro)) <= p


# --- evidence


@pytest.mark.parametrize(
    ("prove", "lettera", "motivo"),
    [
        ([], None, "Non ci sono ancora evidenze."),
        ([("Caritas", "2026", True)], "C", "Ci sono soltanto opinioni, nessun dato misurato."),
        ([("Istat", "2025"), ("ASST", "2026-03")], "A", "2 fonti indipendenti negli ultimi 24 mesi."),
        ([("Istat", "2024"), ("ASST", "2024-11-26")], "A", "2 fonti indipendenti negli ultimi 24 mesi."),
        ([("Istat, POSAS 2024", "2025"), ("ISTAT POSAS", "2026")], "B", "Una sola fonte negli ultimi 24 mesi."),
        ([("Istat", "2025"), ("ASST", "2026", True)], "B", "Una sola fonte negli ultimi 24 mesi."),
        (
            [("Istat", "2025"), ("ASST", "2024-11-25")],
            "B",
            "2 fonti, ma una sola negli ultimi 24 mesi: le altre sono vecchie o senza data.",
        ),
        ([("Istat", "2020")], "B", "Una sola fonte, ma nessun dato degli ultimi 24 mesi: va aggiornato."),
        ([("Istat", "2020"), ("ASST", "")], "B", "2 fonti, ma nessun dato degli ultimi 24 mesi: va aggiornato."),
        ([("Istat", "2062")], "B", "Una sola fonte, ma nessun dato degli ultimi 24 mesi: va aggiornato."),
    ],
)
def test_affidabilita(prove, lettera, motivo):
    giudizio = affidabilita([Prova(*prova) for prova in prove], OGGI)

    assert (giudizio.lettera, giudizio.motivo) == (lettera, motivo)


@given(
    st.lists(
        st.builds(
            Prova,
            st.sampled_from(["Istat", "ASST", "CPIA"]),
            st.sampled_from(["2020", "2025", "2026-02"]),
            st.booleans(),
        )
    ),
    st.randoms(),
)
def test_l_affidabilita_non_dipende_dall_ordine(prove, caso):
    assert affidabilita(caso.sample(prove, len(prove)), OGGI) == affidabilita(prove, OGGI)


@pytest.mark.parametrize(
    ("riferimento", "giorno"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2024-02-03", date(2024, 2, 3)), ("", None)],
)
def test_una_data_parziale_arriva_fino_al_suo_ultimo_giorno(riferimento, giorno):
    assert ultimo_giorno(riferimento) == giorno


def test_ventiquattro_mesi_prima_di_un_29_febbraio():
    assert (mesi_prima(date(2028, 2, 29)), mesi_prima(OGGI)) == (date(2026, 2, 28), date(2024, 11, 26))


def test_la_stessa_fonte_scritta_in_due_modi():
    assert fonte_normalizzata("Istat, POSAS (2024)") == fonte_normalizzata("ISTAT – posas 2025") == "istat posas"


@pytest.mark.parametrize(
    ("persone", "atteso"),
    [
        (None, Conteggio(None)),
        (0, Conteggio(0)),
        (1, Conteggio(None, soppresso=True)),
        (4, Conteggio(None, soppresso=True)),
        (Decimal("4.99"), Conteggio(None, soppresso=True)),
        (5, Conteggio(5)),
    ],
)
def test_meno_di_cinque_persone_non_si_conservano(persone, atteso):
    assert sopprimi(persone) == atteso


def test_le_persone_non_sono_meno_di_zero():
    with pytest.raises(ValueError, match="meno di zero"):
        sopprimi(-1)


def test_la_soglia_e_quella_dei_modelli():
    assert SOGLIA == SOGLIA_DEI_MODELLI
