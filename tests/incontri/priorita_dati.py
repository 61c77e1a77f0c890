"""What hypothesis feeds to the method of the needs: votes, people, needs of a small territory."""

from decimal import Decimal

from hypothesis import strategies as st

from incontri.priorita.dati import DatiBisogno, Fabbisogno, Voto

COMUNI = ("Baranzate", "Bollate", "Cesate", "Senago")
POPOLAZIONI = {"Baranzate": 12_000, "Bollate": 36_000, "Cesate": 14_000, "Senago": 21_000}
ENTI = ("asst", "bollate", "cesate", "cpia", "coop", "senago")
GRUPPI = {
    "asst": "sanita",
    "bollate": "comuni",
    "cesate": "comuni",
    "cpia": "scuola",
    "coop": "terzo-settore",
    "senago": "comuni",
}

voti_interi = st.integers(1, 5)
risposte = st.none() | voti_interi


@st.composite
def voti(disegna, *, risposta=risposte):
    """Votes of some enti on one need."""
    return tuple(
        Voto(
            ente,
            GRUPPI[ente],
            disegna(risposta),
            disegna(risposta),
            disegna(st.dictionaries(st.sampled_from(COMUNI), risposta)),
        )
        for ente in disegna(st.lists(st.sampled_from(ENTI), unique=True))
    )


@st.composite
def fabbisogni(disegna):
    """People in need and reached in some comuni."""
    persone = st.none() | st.integers(0, 500)
    quote = st.none() | st.sampled_from([Decimal("0"), Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal("1")])
    return tuple(
        Fabbisogno(comune, disegna(persone), disegna(persone), disegna(quote))
        for comune in disegna(st.lists(st.sampled_from(COMUNI), unique=True))
    )


@st.composite
def bisogni(disegna):
    """Some needs, which may have the same name and the same numbers."""
    return [
        DatiBisogno(
            str(numero), disegna(st.sampled_from(["Casa", "Lavoro", "Lingua"])), disegna(voti()), disegna(fabbisogni())
        )
        for numero in range(disegna(st.integers(0, 5)))
    ]
