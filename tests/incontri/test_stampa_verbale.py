"""The minutes on paper and on the screen: all that was written is there, the same data give the same bytes."""

import copy
import hashlib
import re

import pytest

from incontri.models import EsitoDecisione, EsitoPresenza, ModalitaIncontro, TipoVoce
from incontri.models.presenza import PRESENTI
from incontri.servizi.contenuto import canonico, pubblico
from incontri.stampa import carta, parole, verbale
from tests.incontri.stampa_dati import NOMI, RETTIFICA, dati, punto, voce


@pytest.mark.parametrize(
    ("nostre", "scelte"),
    [
        (parole.PRESENZE, EsitoPresenza),
        (parole.VOCI, TipoVoce),
        (parole.DECISIONI, EsitoDecisione),
        (parole.MODALITA, ModalitaIncontro),
    ],
)
def test_le_parole_sono_quelle_dei_modelli(nostre, scelte):
    assert {codice: str(parola) for codice, parola in scelte.choices} == nostre


def test_chi_c_era_e_chi_dicono_i_modelli():
    assert tuple(PRESENTI) == parole.C_ERANO


def test_gli_stessi_dati_danno_gli_stessi_byte():
    primo = verbale.pdf(dati(approvato=True), [RETTIFICA])
    assert primo.startswith(b"%PDF-1.7")
    assert verbale.pdf(copy.deepcopy(dati(approvato=True)), [RETTIFICA]) == primo
    assert verbale.html(dati(), [RETTIFICA]) == verbale.html(dati(), [RETTIFICA])


def test_e_da_conservare_e_accessibile():
    documento = verbale.pdf(dati(approvato=True))
    assert b"<pdfaid:part>2</pdfaid:part>" in documento
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in documento
    assert b"<pdfuaid:part>1</pdfuaid:part>" in documento
    assert b"/StructTreeRoot" in documento
    assert re.search(rb"/Lang\s*\(it-IT\)", documento)


def test_una_tabella_su_piu_pagine_resta_una():
    documento = verbale.pdf(dati(presenze=80, osservazioni=[], punti=[]))
    assert len(re.findall(rb"/Type\s*/Page\b", documento)) >= 3
    assert len(re.findall(rb"/S\s*/Table\b", documento)) == 1
    assert len(re.findall(rb"/S\s*/THead\b", documento)) == 1


def test_una_lettera_senza_carattere_non_lo_ferma():
    documento = verbale.pdf(dati(punti=[punto(1, "Saluti 😀", voce("discussione", "🎉"))]))
    assert documento.startswith(b"%PDF")
    assert b"pdfaid" not in documento


def test_la_bozza_lo_dice_e_quello_approvato_dice_quando():
    bozza, condiviso = verbale.foglio(dati()), verbale.foglio(dati(stato="condiviso"))
    approvato = verbale.foglio(dati(approvato=True))
    assert (bozza.marchio, condiviso.marchio, approvato.marchio) == ("BOZZA", "CONDIVISO, NON ANCORA APPROVATO", "")
    assert (
        "Letto e approvato dal Tavolo nell&#x27;incontro «Sesto incontro». Approvazione registrata l&#x27;11 novembre 2026."
        in verbale.html(dati(approvato=True))
    )
    assert approvato.piede.startswith("Impronta del contenuto (SHA-256): ")
    assert bozza.piede == ""


def test_lo_schermo_dice_tutto_e_non_esegue_niente():
    pagina = verbale.html(dati(approvato=True), [RETTIFICA])
    for parte in (
        "Con delega a Carla Delegata",
        "dalle 9:40 alle 11:30",
        "Decisione: all&#x27;unanimità",
        "<strong>a lungo</strong>",
        "<em>mediazione</em>",
        "<blockquote>",
        "<h3>Un titolo\n</h3>",
        'href="https://example.org/a?b=1&amp;c=2"',
        "Comune di Bollate, Bruno Bianchi, entro l&#x27;11 dicembre 2026",
        "«Tempi di attesa», a UONPIA di Bollate, risposta entro l&#x27;8 dicembre 2026",
        "lucidi.pdf, 1,4 MB",
        "Manca la data.",
        "Rettifica n. 1, approvata nell&#x27;incontro «Settimo incontro» l&#x27;8 dicembre 2026",
    ):
        assert parte in pagina, parte
    assert "<script" not in pagina
    assert "&lt;script&gt;" in pagina
    assert "sha256-" in carta.sicurezza(pagina)


def test_senza_nomi_non_c_e_la_colonna_dei_nomi():
    senza = dati()
    senza["presenze"] = [p | {"nome": ""} for p in senza["presenze"]]
    pagina = verbale.html(senza)
    assert '<th scope="col">Nome</th>' not in pagina
    assert '<th scope="col">Nome</th>' in verbale.html(dati())


def test_la_versione_pubblica_non_ha_nomi_ne_firme_e_dice_che_cos_e():
    pagina = verbale.html(pubblico(dati(approvato=True)))
    for nome in (*NOMI, "Olga Ospite", "Carla Delegata", "Anna Rossi", "Bruno Bianchi"):
        assert nome not in pagina, nome
    assert "Versione pubblica" in pagina
    assert 'class="firme"' not in pagina
    assert "Manca la data." not in pagina


def test_l_impronta_stampata_e_quella_che_si_conserva():
    detti = dati(approvato=True)
    attesa = hashlib.sha256(canonico(detti).encode()).hexdigest()
    assert verbale.foglio(detti).piede == f"Impronta del contenuto (SHA-256): {attesa}"


def test_anche_quasi_vuoto_e_un_verbale():
    vuoto = dati(presenze=0, punti=[], allegati=[], osservazioni=[], aperto="", chiuso="", verbalizzante="")
    vuoto["presenze"] = []
    vuoto["incontro"] |= {
        "inizio": None,
        "fine": None,
        "luogo": "",
        "presiede": "",
        "convocato_il": None,
        "quorum": None,
    }
    assert verbale.pdf(vuoto).startswith(b"%PDF")
    assert "da verificare" in verbale.html(vuoto)
