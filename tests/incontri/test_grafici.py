"""Charts of the needs: what is drawn is well-formed, nothing lies on anything else, and it can be heard."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from incontri.grafici.griglia import STRETTA, griglia, tabella
from incontri.grafici.matrice import ASPETTO, RigaMatrice, matrice, sigle
from incontri.grafici.svg import alternativa, autonomo
from incontri.priorita.copertura import StatoCella
from incontri.priorita.fattibilita import Proposta
from tavolo.base import documenti
from tavolo.base.disegno import Cerchio, Linea, Scritta, a_capo, elenco, larghezza_testo, pulito

COMUNI = [
    "Baranzate",
    "Bollate",
    "Cesate",
    "Garbagnate Milanese",
    "Novate Milanese",
    "Paderno Dugnano",
    "Senago",
    "Solaro",
]
SVG = "{http://www.w3.org/2000/svg}"
CASA = RigaMatrice(
    "Trovare casa con contratti brevi",
    {"Bollate": StatoCella.LACUNA, "Senago": StatoCella.LACUNA, "Cesate": StatoCella.COPERTO},
)

nomi = st.text(max_size=60)
righe_matrice = st.lists(
    st.builds(RigaMatrice, nomi, st.dictionaries(st.sampled_from(COMUNI), st.sampled_from(list(StatoCella)))),
    max_size=6,
)


@st.composite
def insiemi_di_proposte(disegna):
    """Proposals that often stand on one another."""
    return [
        Proposta(
            str(numero),
            disegna(nomi),
            disegna(st.none() | st.sampled_from([3, 4])),
            disegna(st.none() | st.sampled_from([Fraction(0), Fraction(50), Fraction(205, 4), Fraction(100)])),
            disegna(st.none() | st.fractions(0, 100)),
        )
        for numero in range(disegna(st.integers(0, 25)))
    ]


def riquadro(forma):
    """The room a shape takes."""
    if isinstance(forma, Scritta):
        return forma.riquadro()
    if isinstance(forma, Cerchio):
        return forma.x - forma.raggio, forma.y - forma.raggio, forma.x + forma.raggio, forma.y + forma.raggio
    if isinstance(forma, Linea):
        return (
            min(forma.x1, forma.x2),
            min(forma.y1, forma.y2),
            max(forma.x1, forma.x2),
            max(forma.y1, forma.y2),
        )
    return forma.x, forma.y, forma.x + forma.larghezza, forma.y + forma.altezza


def si_toccano(uno, altro):
    a, b = riquadro(uno), riquadro(altro)
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def controlla(disegno):
    """Whole coordinates, all inside, no words on words, no circle on a circle, and a document that is read."""
    for forma in disegno.forme:
        sinistra, sopra, destra, sotto = riquadro(forma)
        assert {type(valore) for valore in (sinistra, sopra, destra, sotto)} == {int}
        assert sinistra >= 0
        assert sopra >= 0
        assert destra <= disegno.larghezza
        assert sotto <= disegno.altezza
    assert not [(a.testo, b.testo) for a, b in combinations(disegno.testi, 2) if si_toccano(a, b)]
    cerchi = [forma for forma in disegno.forme if isinstance(forma, Cerchio) and forma.raggio > 2]
    assert not [
        1 for a, b in combinations(cerchi, 2) if (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < (a.raggio + b.raggio) ** 2
    ]
    radice = ET.fromstring(autonomo(disegno))  # noqa: S314 (ours)
    assert len(radice.findall(f".//{SVG}text")) == len(disegno.testi)
    return radice


# --- words


def test_le_parole_vanno_a_capo_e_nessuna_si_perde():
    assert a_capo("Garbagnate Milanese", 100, 15) == ["Garbagnate", "Milanese"]
    assert a_capo("", 100, 15) == []


@given(nomi, st.integers(20, 300))
def test_nessuna_riga_e_piu_larga_del_suo_spazio(testo, larghezza):
    righe = a_capo(testo, larghezza, 15)

    assert "".join(righe).replace(" ", "") == pulito(testo).replace(" ", "")
    assert all(larghezza_testo(riga, 15) <= larghezza for riga in righe)


def test_i_caratteri_che_l_xml_rifiuta_non_restano():
    assert pulito(" a\x0bb\n c\ufffe ") == "ab c"


def test_elenco():
    assert [elenco([]), elenco(["a"]), elenco(["a", "b"]), elenco(["a", "b", "c"])] == ["", "a", "a e b", "a, b e c"]


# --- matrix


@pytest.mark.parametrize("larga", [False, True])
def test_la_matrice_si_legge_si_vede_e_si_ascolta(larga):
    disegno = matrice("Chi risponde, e dove", COMUNI, [CASA], larga=larga)
    radice = controlla(disegno)

    assert (disegno.larghezza, disegno.nome) == ((1040, "matrice-larga") if larga else (360, "matrice"))
    assert disegno.descrizione == "1 bisogno in 8 comuni. Caselle: lacuna 2, coperto 1, non si sa 5."
    assert disegno.dettagli == (
        "Trovare casa con contratti brevi – lacuna: Bollate e Senago; coperto: Cesate; "
        "non si sa: Baranzate, Garbagnate Milanese, Novate Milanese, Paderno Dugnano e Solaro.",
    )
    assert radice.get("role") == "img"
    nome, testo = radice.find(f"{SVG}title"), radice.find(f"{SVG}desc")
    assert radice.get("aria-labelledby") == f"{nome.get('id')} {testo.get('id')}"
    assert nome.text == "Chi risponde, e dove"
    assert testo.text == f"{disegno.descrizione} {disegno.dettagli[0]}"


@pytest.mark.parametrize("larga", [False, True])
def test_ogni_casella_ha_colore_o_trama_e_lettera(larga):
    disegno = matrice("Prova", COMUNI, [CASA], larga=larga)
    lettere = [testo.testo for testo in disegno.testi if testo.testo in {stato.lettera for stato in StatoCella}]

    assert lettere == ["?", "L", "C", "?", "?", "?", "L", "?", *(stato.lettera for stato in StatoCella)]
    assert len(set(ASPETTO.values())) == len(StatoCella) == len(ASPETTO)


def test_la_matrice_vuota_mostra_la_legenda():
    disegno = matrice("Prova", [], [])
    controlla(disegno)

    assert (disegno.descrizione, disegno.dettagli) == ("0 bisogni in 0 comuni.", ())


@pytest.mark.parametrize("larga", [False, True])
@settings(max_examples=40)
@given(righe=righe_matrice, quanti=st.integers(0, 8))
def test_nella_matrice_niente_si_sovrappone(larga, righe, quanti):
    controlla(matrice("Prova", COMUNI[:quanti], righe, larga=larga))


@given(righe_matrice, st.randoms())
def test_l_ordine_in_cui_si_conoscono_le_caselle_non_conta(righe, caso):
    mescolate = [replace(riga, stati=dict(caso.sample(list(riga.stati.items()), len(riga.stati)))) for riga in righe]

    assert matrice("Prova", COMUNI, mescolate) == matrice("Prova", COMUNI, righe)


def test_i_bisogni_in_altro_ordine_sono_le_stesse_righe():
    lingua = RigaMatrice("Imparare l'italiano", {"Solaro": StatoCella.SCOPERTO})
    uno, altro = matrice("Prova", COMUNI, [CASA, lingua]), matrice("Prova", COMUNI, [lingua, CASA])

    assert uno.dettagli == altro.dettagli[::-1]
    assert (uno.descrizione, uno.altezza) == (altro.descrizione, altro.altezza)


def test_sigle():
    assert sigle(["Bollate", "Senago"]) == {"Bollate": "BOL", "Senago": "SEN"}
    assert sigle(["Cesate", "Cesano"]) == {"Cesate": "1", "Cesano": "2"}


# --- grid


def proposta(chiave, f, n, p=None, nome=None):
    return Proposta(chiave, nome or f"Proposta {chiave}", f, Fraction(n), None if p is None else Fraction(p))


def test_i_numeri_della_griglia_sono_quelli_della_tabella():
    proposte = [proposta("a", 2, 80, 40), proposta("b", 4, 60, "51.5625"), Proposta("c", "Idea", None, None, None)]
    righe = tabella(proposte)
    disegno = griglia("Da dove cominciare", proposte)

    assert [(riga.numero, riga.chiave, riga.n, riga.punteggio, riga.casella) for riga in righe] == [
        (1, "b", "60,0", "41,3", "Subito"),
        (2, "a", "80,0", "16,0", "Da preparare"),
        (None, "c", "–", "–", "Da valutare"),
    ]
    assert disegno.descrizione == (
        "2 proposte secondo la forza del bisogno e quanto si può fare; 1 ancora da valutare."
    )
    assert disegno.dettagli[0] == "1 Proposta b: bisogno 60,0, fattibilità 4, punteggio 41,3. Subito."
    assert alternativa(disegno).startswith("Da dove cominciare. 2 proposte")
    controlla(disegno)


def test_una_proposta_sola_sta_al_suo_posto():
    cerchio = next(forma for forma in griglia("Prova", [proposta("a", 1, 100)]).forme if isinstance(forma, Cerchio))

    assert (cerchio.x, cerchio.y) == (STRETTA.sinistra + 32, 60)


@pytest.mark.parametrize("larga", [False, True])
def test_cento_proposte_nello_stesso_punto_stanno_tutte(larga):
    disegno = griglia("Prova", [proposta(str(numero), 3, 50, 10) for numero in range(100)], larga=larga)
    controlla(disegno)

    assert sum(isinstance(forma, Cerchio) and forma.raggio > 2 for forma in disegno.forme) == 100


@pytest.mark.parametrize("larga", [False, True])
@settings(max_examples=40)
@given(proposte=insiemi_di_proposte())
def test_nella_griglia_niente_si_sovrappone(larga, proposte):
    disegno = griglia("Prova", proposte, larga=larga)
    controlla(disegno)

    poste = [uno for uno in proposte if uno.n is not None and uno.fattibilita is not None]
    assert sum(isinstance(forma, Cerchio) and forma.raggio > 2 for forma in disegno.forme) == len(poste)


@given(insiemi_di_proposte(), st.randoms())
def test_l_ordine_delle_proposte_non_conta(proposte, caso):
    mescolate = caso.sample(proposte, len(proposte))

    assert griglia("Prova", mescolate) == griglia("Prova", proposte)
    assert tabella(mescolate) == tabella(proposte)


# --- on a page, in a file, in a document


def test_sulla_pagina_la_matrice_ha_un_nome_e_le_stesse_cose_in_parole():
    misure = {
        "stretta": matrice("Chi <risponde>", COMUNI, [CASA]),
        "larga": matrice("Chi <risponde>", COMUNI, [CASA], larga=True),
    }
    pagina = render_to_string("includes/grafico_matrice.html", misure)
    figura = ET.fromstring(pagina)  # noqa: S314 (ours)
    etichette = [svg.get("aria-label") for svg in figura.findall("svg")]
    identificativi = [elemento.get("id") for elemento in figura.iter() if elemento.get("id")]

    assert figura.find("figcaption").text == "Chi <risponde>"
    assert etichette == ["Chi <risponde>. 1 bisogno in 8 comuni. Caselle: lacuna 2, coperto 1, non si sa 5."] * 2
    assert [voce.text for voce in figura.iter("li")] == list(misure["stretta"].dettagli)
    assert len(identificativi) == len(set(identificativi)) == 6
    assert "style=" not in pagina


def test_sulla_pagina_la_griglia_ha_la_sua_tabella():
    proposte = [proposta("a", 2, 80, 40), Proposta("c", "Idea", None, None, None)]
    pagina = render_to_string(
        "includes/grafico_griglia.html",
        {
            "stretta": griglia("Prova", proposte),
            "larga": griglia("Prova", proposte, larga=True),
            "righe": tabella(proposte),
        },
    )
    radice = ET.fromstring(f"<div>{pagina}</div>")  # noqa: S314 (ours)
    righe = [["".join(cella.itertext()) for cella in riga] for riga in radice.findall(".//tbody/tr")]

    assert [svg.get("aria-label") for svg in radice.iter("svg")] == [
        "Prova. 1 proposta secondo la forza del bisogno e quanto si può fare; 1 ancora da valutare."
    ] * 2
    assert righe == [
        ["1", "Proposta a", "80,0", "2", "16,0", "Da preparare"],
        ["–", "Idea", "–", "–", "–", "Da valutare"],
    ]


def test_le_parole_di_chi_scrive_non_diventano_svg():
    disegno = matrice('Prova"><script>', ["<b>Bollate</b>"], [RigaMatrice("<image href='x'/>&\x0b", {})])
    testo = autonomo(disegno)

    assert [pezzo for pezzo in ("<script", "<image", "<b>") if pezzo in testo] == []
    controlla(disegno)


def test_gli_stessi_dati_danno_gli_stessi_byte():
    assert autonomo(matrice("Prova", COMUNI, [CASA])) == autonomo(matrice("Prova", COMUNI, [CASA]))


def test_typst_lo_mette_in_un_pdf_accessibile(tmp_path, settings):
    disegno = matrice("Prova", COMUNI, [CASA], larga=True)
    settings.RADICE = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "prova.typ").write_text(
        '#let dati = json(bytes(sys.inputs.dati))\n#set document(title: "Prova")\n#set text(lang: "it", font: "Noto Sans")\n'
        '#image(bytes(dati.svg), format: "svg", alt: dati.alt, width: 100%)\n'
    )
    documento = documenti.pdf(
        "prova.typ", {"svg": autonomo(disegno), "alt": alternativa(disegno)}, norme=documenti.DA_CONSERVARE
    )

    assert documento.startswith(b"%PDF")
