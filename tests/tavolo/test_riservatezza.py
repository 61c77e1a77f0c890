import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.base.riservatezza import (
    CODICE_FISCALE,
    EMAIL,
    IBAN,
    INDIRIZZO,
    NASCITA,
    PERSONA,
    TELEFONO,
    carattere_di_controllo,
    indizi,
)

# Fiscal codes made up for the tests, except for the check character: Rossi Mario, Milano, and the same with letters for digits.
VERO = "RSSMRA85T10F205"


@pytest.mark.parametrize(
    ("testo", "tipi"),
    [
        (f"Il codice è {VERO}{carattere_di_controllo(VERO)}.", [CODICE_FISCALE]),
        ("il codice è rssmra85t10f205x?".replace("x", carattere_di_controllo(VERO).lower()), [CODICE_FISCALE]),
        (f"{VERO[:-1]}R{carattere_di_controllo(VERO[:-1] + 'R')}", [CODICE_FISCALE]),
        ("Chiamare il 333 1234567", [TELEFONO]),
        ("Chiamare il +39 333.123.4567", [TELEFONO]),
        ("Tel. 3331234567.", [TELEFONO]),
        ("Tel. 02 99012345", [TELEFONO]),
        ("Tel. (02) 9901 2345", [TELEFONO]),
        ("Tel. 0039 0299012345", [TELEFONO]),
        ("Scrivere a mario.rossi@gmail.com", [EMAIL]),
        ("Scrivere a consultorio@asst-rhodense.it", [EMAIL]),
        ("La signora Fatima aspetta da mesi", [PERSONA]),
        ("Il minore A. B. non è stato visto", [PERSONA]),
        ("La sig.ra Maria Rossi", [PERSONA]),
        ("Il minore Ahmed", [PERSONA]),
        ("Un bambino nato il 12/03/2015", [NASCITA]),
        ("nata a Milano il 3 marzo 2001", [NASCITA]),
        ("IBAN IT60 X054 2811 1010 0000 0123 456", [IBAN]),
        ("abita in via Roma 12", [INDIRIZZO]),
        ("Il nucleo di via Vittorio Veneto, 12", [INDIRIZZO]),
        (
            "La signora Amina, nata il 1.1.1990, cell. 333 1234567",
            [PERSONA, NASCITA, TELEFONO],
        ),
    ],
)
def test_riconosce(testo, tipi):
    assert [i.tipo for i in indizi(testo)] == tipi


@pytest.mark.parametrize(
    "testo",
    [
        "",
        f"{VERO}{'A' if carattere_di_controllo(VERO) != 'A' else 'B'}",  # wrong check character
        "Nel 2022 e nel 2023 le richieste sono state 1.234.",
        "Dal 2022/2023 al 2024-2025",
        "Costa 12,50 euro; in tutto € 3.500.000",
        "Il fondo è di 3500000000 euro",
        "Chiamare il 112 o il 1522",
        "Il numero verde 800 123 456 è di tutti",
        "Incontro del 13/06/2023 alle 14.30",
        "dal 01.02.2023 al 03-04-2023",
        "Delibera n. 0123456789",
        "Su 191.289 residenti, 20.319 sono stranieri: il 10,6 per cento",
        "I minori stranieri sono 5.221",
        "La signora Presidente apre l'incontro",
        "Gli utenti dello Spazio Immigrazione",
        "Le famiglie con minori chiedono tempi certi",
        "Il paziente aspetta tre mesi per una visita",
        "Si propone uno sportello in piazza a Bollate",
        "Legge 328 del 2000, art. 19",
        "Tempi: 30-60 giorni",
        "00 20 30",
    ],
)
def test_non_vede_quello_che_non_c_e(testo):
    assert indizi(testo) == []


def test_dice_dove():
    testo = "Sentire il 333 1234567 domani"
    (indizio,) = indizi(testo)
    assert (indizio.testo, testo[indizio.inizio : indizio.fine]) == ("333 1234567", "333 1234567")


def test_solo_il_codice_fiscale_e_grave():
    testo = f"{VERO}{carattere_di_controllo(VERO)}, mario@gmail.com"
    assert [(i.tipo, i.grave) for i in indizi(testo)] == [(CODICE_FISCALE, True), (EMAIL, False)]


@given(st.text(max_size=300))
def test_regge_qualunque_testo_e_non_si_sovrappone(testo):
    trovati = indizi(testo)
    assert all(testo[i.inizio : i.fine] == i.testo for i in trovati)
    assert all(prima.fine <= dopo.inizio for prima, dopo in pairwise(trovati))


_LETTERE = st.sampled_from(string.ascii_uppercase)
_CIFRE = st.sampled_from(string.digits)


@st.composite
def codici(draw):
    """A fiscal code of nobody, with some digits written as letters (omocodia)."""
    lettere = "".join(draw(st.lists(_LETTERE, min_size=6, max_size=6)))
    anno = "".join(draw(st.lists(_CIFRE, min_size=2, max_size=2)))
    giorno = f"{draw(st.one_of(st.integers(1, 31), st.integers(41, 71))):02d}"
    codice = (
        lettere
        + anno
        + draw(st.sampled_from("ABCDEHLMPRST"))
        + giorno
        + draw(_LETTERE)
        + "".join(draw(st.lists(_CIFRE, min_size=3, max_size=3)))
    )
    for posto in (14, 13, 12, 10, 9, 7, 6)[: draw(st.integers(0, 7))]:
        codice = codice[:posto] + "LMNPQRSTUV"[int(codice[posto])] + codice[posto + 1 :]
    return codice + carattere_di_controllo(codice)


@given(codici(), st.sampled_from([" ", "\n", ", ", "(", "«"]))
def test_trova_ogni_codice_fiscale_anche_omocodico(codice, bordo):
    assert codice in [i.testo for i in indizi(f"Prima{bordo}{codice}{bordo}dopo") if i.grave]


@given(codici(), st.integers(1, 25))
def test_un_carattere_di_controllo_sbagliato_non_e_un_codice(codice, scarto):
    sbagliato = codice[:15] + chr((ord(codice[15]) - 65 + scarto) % 26 + 65)
    assert not any(i.grave for i in indizi(sbagliato))


@pytest.mark.parametrize(
    "scritto",
    [
        "RSSMRA 85T10 A562S",
        "RSSMRA-85T10-A562S",
        "RSS MRA 85T10 A562 S",
        "r s s m r a 85t10a562s",
        "RSSMRA\xa085T10\nA562S",
        "RSSMRA – 85T10 – A562S",
        "RSS.MRA.85T10.A562S",
    ],
)
def test_un_codice_fiscale_scritto_a_pezzi_e_lo_stesso(scritto):
    trovati = indizi(f"Il cf di Rossi, {scritto}, è arrivato")
    assert [(i.tipo, i.testo, i.grave) for i in trovati] == [(CODICE_FISCALE, scritto, True)]


@pytest.mark.parametrize(
    "testo",
    [
        "RSSMRA 85T10 A562T",  # another check character
        "RSSMRA 85T10 A562S3",
        "\u212assmra85t10a562s",  # the sign of the kelvin is no letter K
        "Decreto 85 del 10, allegato A 562",
    ],
)
def test_pezzi_che_non_sono_un_codice_fiscale(testo):
    assert [i.tipo for i in indizi(testo) if i.grave] == []
