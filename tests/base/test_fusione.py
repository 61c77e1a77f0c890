"""Merging two texts written over the same one: nothing anybody wrote goes away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.base.fusione import differenze, fondi, irrisolto

TESTI = st.lists(st.sampled_from(["uno", "due", "tre", " ", "\n", "x"]), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("base", "loro", "mio", "atteso"),
    [
        ("il corso parte lunedì", "il corso parte martedì", "Il corso parte lunedì", "Il corso parte martedì"),
        ("uno\n\ndue", "uno bis\n\ndue", "uno\n\ndue bis", "uno bis\n\ndue bis"),
        ("uno", "uno", "due", "due"),
        ("uno", "due", "due", "due"),
    ],
)
def test_parole_diverse_si_uniscono(base, loro, mio, atteso):
    fuso = fondi(base, loro, mio)
    assert (fuso.testo, fuso.conflitti, irrisolto(fuso.testo)) == (atteso, 0, False)


def test_le_stesse_parole_restano_tutte_e_due_tra_i_segni():
    fuso = fondi("parte lunedì alle 9", "parte martedì alle 9", "parte giovedì alle 9", nome="Senait")
    assert (fuso.testo, fuso.conflitti) == ("parte ⟦Senait:⟧ martedì ⟦tu:⟧ giovedì ⟦fine⟧ alle 9", 1)
    assert irrisolto(fuso.testo)


@pytest.mark.parametrize(
    ("base", "loro", "mio", "atteso"),
    [
        (
            "Prima.\n\nVersione zero della frase che resta.\n\nDopo.",
            "Prima, sua.\n\nVersione A della frase che cambia.\n\nDopo.",
            "Prima.\n\nVersione B della frase che vola.\n\nDopo, mio.",
            "Prima, sua.\n\n⟦S:⟧ Versione A della frase che cambia.\n⟦tu:⟧ Versione B della frase che vola. ⟦fine⟧\n\nDopo, mio.",
        ),
        ("- a b c\n- x", "- a d e\n- x", "- a f g\n- x", "⟦S:⟧ - a d e\n⟦tu:⟧ - a f g ⟦fine⟧\n- x"),
    ],
)
def test_di_un_paragrafo_riscritto_le_due_versioni_stanno_intere(base, loro, mio, atteso):
    fuso = fondi(base, loro, mio, nome="S")
    assert (fuso.testo, fuso.conflitti) == (atteso, 1)


@given(TESTI, TESTI, TESTI)
def test_i_segni_ci_sono_dove_c_e_da_scegliere(base, loro, mio):
    fuso = fondi(base, loro, mio)
    assert fuso.testo.count("⟦fine⟧") == fuso.testo.count("⟦tu:⟧") == fuso.conflitti


@given(TESTI, TESTI)
def test_chi_scrive_da_solo_vince(base, testo):
    assert {fondi(base, testo, base).testo, fondi(base, base, testo).testo, fondi(base, testo, testo).testo} == {testo}


@given(TESTI, TESTI, TESTI)
def test_quello_che_uno_solo_ha_aggiunto_c_e(base, loro, mio):
    fuso = fondi(base, f"{loro} qui-loro", f"qui-mio {mio}").testo
    assert [parola in fuso for parola in ("qui-loro", "qui-mio")] == [True, True]


def test_le_differenze_si_vedono_si_sentono_e_non_portano_html():
    assert differenze("<b>uno due", "<b>uno tre") == (
        '&lt;b&gt;uno <del><span class="visually-hidden">[tolto: </span>due<span class="visually-hidden">]</span></del>'
        '<ins><span class="visually-hidden">[aggiunto: </span>tre<span class="visually-hidden">]</span></ins>'
    )


def test_un_testo_lunghissimo_si_confronta_per_righe(monkeypatch):
    monkeypatch.setattr("tavolo.base.fusione._PAROLE", 10)
    base = "\n".join(f"riga {n}" for n in range(20))
    fuso = fondi(base, base.replace("riga 7\n", "riga 7 loro\n"), f"{base} mia")
    assert (fuso.testo, fuso.conflitti) == (f"{base} mia".replace("riga 7\n", "riga 7 loro\n"), 0)
