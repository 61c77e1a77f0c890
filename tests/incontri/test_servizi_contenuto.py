"""The minutes as plain data: shape, what is published of it, its one JSON text, how many queries."""

import json
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from incontri.servizi.contenuto import canonico, contenuto, pubblico
from incontri.stampa import verbale as stampa
from tests import factories as f

ROMA = ZoneInfo("Europe/Rome")
pytestmark = pytest.mark.django_db


@pytest.fixture
def verbale(bruno, anna, comune_di_bollate):
    """Minutes with one of everything."""
    incontro = f.IncontroFactory(titolo="Secondo", inizio=datetime(2026, 3, 4, 15, tzinfo=ROMA), presiede=anna)
    verbale = f.VerbaleFactory(incontro=incontro, verbalizzante=bruno, aperto=time(15, 5), stato="condiviso")
    seggio = bruno.incarichi.first().seggio
    f.PresenzaFactory(
        incontro=incontro, seggio=seggio, utente=bruno, ente=comune_di_bollate, esito="delega", delegato="Ada"
    )
    f.PresenzaFactory(incontro=incontro, seggio=None, ente=None, ospite="Oscar Ospite", esito="online")
    aperto = f.PuntoOdgFactory(incontro=incontro, titolo="Aperto", descrizione="Ne parla Bruno", ordine=1)
    chiuso = f.PuntoOdgFactory(incontro=incontro, titolo="Chiuso", ordine=2, pubblico=False)
    voce = f.VoceFactory(punto=aperto, tipo="impegno", testo="Lo fa Bollate.", pubblica=True, ordine=1)
    f.ImpegnoFactory(voce=voce, ente=comune_di_bollate, persona=bruno, scadenza=date(2026, 5, 1))
    f.VoceFactory(punto=aperto, testo="Resta dentro.", ordine=2)
    f.VoceFactory(punto=chiuso, testo="Anche questa.", pubblica=True)
    f.OsservazioneFactory(verbale=verbale, punto=aperto, ente=comune_di_bollate)
    f.AllegatoFactory(incontro=incontro, titolo="Dentro")
    f.AllegatoFactory(incontro=incontro, titolo="Fuori", pubblico=True)
    return verbale


def test_il_contenuto_di_un_verbale(verbale):
    dati = contenuto(verbale)
    assert dati["incontro"] == {
        "titolo": "Secondo",
        "inizio": "2026-03-04T15:00:00+01:00",
        "fine": None,
        "modalita": "in-sede",
        "luogo": verbale.incontro.luogo,
        "presiede": "Anna Coordina",
        "convocato_il": None,
        "quorum": None,
    }
    assert (dati["aperto"], dati["chiuso"], dati["verbalizzante"]) == ("15:05", None, "Bruno Bollate")
    assert [(p["seggio"], p["nome"], p["delegato"], p["ospite"]) for p in dati["presenze"]] == [
        ("Referente del Comune di Bollate", "Bruno Bollate", "Ada", False),
        ("", "Oscar Ospite", "", True),
    ]
    assert [(p["numero"], p["titolo"], [v["testo"] for v in p["voci"]]) for p in dati["punti"]] == [
        (1, "Aperto", ["Lo fa Bollate.", "Resta dentro."]),
        (2, "Chiuso", ["Anche questa."]),
    ]
    impegno = {"ente": "Comune di Bollate", "persona": "Bruno Bollate", "scadenza": "2026-05-01"}
    assert [v["impegno"] for v in dati["punti"][0]["voci"]] == [impegno, None]
    assert [(o["ente"], o["punto"]) for o in dati["osservazioni"]] == [("Comune di Bollate", 1)]
    assert dati["approvazione"] is None


def test_gli_impegni_rivisti_sono_nel_testo_e_non_in_quello_pubblico(verbale, comune_di_bollate):
    impegno = f.ImpegnoFactory(testo="Di prima", ente=comune_di_bollate)
    f.RevisioneImpegnoFactory(impegno=impegno, incontro=verbale.incontro, stato="fatto", nota="Finito.")
    dati = contenuto(verbale)
    assert [(i["testo"], i["stato"], i["nota"]) for i in dati["impegni_rivisti"]] == [("Di prima", "fatto", "Finito.")]
    assert "Di prima" not in canonico(pubblico(dati))
    pagina = stampa.html(dati)
    assert [parola in pagina for parola in ("Impegni rivisti", "Di prima", "Fatto", "Finito.")] == [True] * 4
    assert "Impegni rivisti" not in stampa.html(pubblico(dati))


def test_il_pubblico_non_legge_nomi_ne_cose_interne(verbale):
    dati = contenuto(verbale)
    fuori = pubblico(dati)
    assert [(p["titolo"], p["descrizione"], [v["testo"] for v in p["voci"]]) for p in fuori["punti"]] == [
        ("Aperto", "", ["Lo fa Bollate."])
    ]
    assert ([a["titolo"] for a in fuori["allegati"]], fuori["osservazioni"]) == (["Fuori"], [])
    testo = canonico(fuori)
    assert [nome for nome in ("Bruno", "Anna", "Ada", "Oscar", "Resta dentro", "Anche questa") if nome in testo] == []
    assert contenuto(verbale) == dati


def test_un_solo_testo_per_gli_stessi_dati(verbale):
    dati = contenuto(verbale)
    testo = canonico(dati)
    assert json.loads(testo) == dati
    assert canonico(json.loads(testo)) == testo
    assert canonico({"b": "è", "a": [1]}) == '{"a":[1],"b":"è"}'


@pytest.mark.parametrize("quante", [1, 3])
def test_le_letture_sono_sempre_le_stesse(verbale, quante, django_assert_num_queries):
    for _ in range(quante):
        punto = f.PuntoOdgFactory(incontro=verbale.incontro)
        f.ImpegnoFactory(voce=f.VoceFactory(punto=punto))
        f.PresenzaFactory(incontro=verbale.incontro)
    with django_assert_num_queries(8):
        contenuto(verbale)
