"""Sessions killed at every step of the life of minutes, and two at once: real processes, connections and databases."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from incontri.servizi.approvazioni import approva_verbale
from incontri.servizi.condivisioni import condividi_verbale
from incontri.servizi.pubblicazioni import pubblica_verbale
from incontri.servizi.rettifiche import proponi_rettifica
from tests import factories as f
from tests.incontri.completo import MOMENTO, verbale_completo

RADICE = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def processo(tmp_path):
    """`processo("interrotto", verbo=…)`: what tests.incontri.processo tells, on the rows written so far."""

    def _processo(cosa, **dati):
        ambiente = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": indirizzo(tmp_path)}
        comando = [sys.executable, "-m", "tests.incontri.processo", cosa, json.dumps(dati, default=str)]
        esito = subprocess.run(comando, cwd=RADICE, env=ambiente, capture_output=True, text=True, check=False)
        assert (esito.returncode, esito.stderr) == (0, "")
        return json.loads(esito.stdout)

    return _processo


def indirizzo(cartella):
    """The database of the test for other processes: on SQLite, where it is in memory, a copy in a file."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        copia = sqlite3.connect(cartella / "copia.sqlite3")
        connection.connection.backup(copia)
        copia.close()
        return f"sqlite:///{cartella / 'copia.sqlite3'}"
    qui = connection.settings_dict
    parola = quote(qui["PASSWORD"], safe="")
    return f"postgres://{qui['USER']}:{parola}@{quote(qui['HOST'], safe='')}:{qui['PORT']}/{qui['NAME']}"


@pytest.fixture
def verbale(bruno):
    return verbale_completo(bruno)


@pytest.fixture
def dopo(verbale, bruno):
    """The later meeting, whose agenda has the approval and whose minutes are being written."""
    dopo = f.IncontroFactory(titolo="Dopo", inizio=MOMENTO + timedelta(days=30), stato="svolto")
    f.PuntoOdgFactory(incontro=dopo, tipo="approvazione", verbale_da_approvare=verbale)
    f.VerbaleFactory(incontro=dopo, verbalizzante=bruno)
    return dopo


def porta_fino_a(verbale, stato, dopo):
    """Bring the minutes to the state, as people do."""
    if stato != "bozza":
        condividi_verbale(verbale, autore=None)
    if stato in ("approvato", "pubblicato"):
        approva_verbale(verbale, in_incontro=dopo, esito="unanimita", autore=None)
    if stato == "pubblicato":
        pubblica_verbale(verbale, autore=None)


@pytest.mark.parametrize(
    ("verbo", "da", "almeno"),
    [
        ("condividi", "bozza", 4),
        ("approva", "condiviso", 16),
        ("pubblica", "approvato", 4),
        ("rettifica", "pubblicato", 8),
    ],
)
def test_uccisa_a_ogni_passo_lascia_prima_o_dopo(processo, verbale, dopo, verbo, da, almeno):
    porta_fino_a(verbale, da, dopo)
    chi = {"verbo": verbo, "verbale": verbale.pk, "dopo": dopo.pk}
    if verbo == "rettifica":
        chi["rettifica"] = proponi_rettifica(verbale, testo="Era 12.", motivo="No.", pubblica=True, autore=None).pk
    visti = processo("interrotto", **chi)
    prima, dopo_di = visti[0][1], visti[-1][1]
    assert prima != dopo_di
    uccise = [righe for uccisa, righe in visti[1:] if uccisa]
    assert len(uccise) >= almeno
    # All before, but for the one killed after its commit: before or after, never between.
    assert uccise == [prima] * (len(uccise) - 1) + [dopo_di] or uccise == [prima] * len(uccise)


def test_di_due_approvazioni_insieme_ne_vince_una(processo, verbale, dopo):
    porta_fino_a(verbale, "condiviso", dopo)
    esiti, righe = processo("insieme", verbo="approva", verbale=verbale.pk, dopo=dopo.pk, ognuno=[{}] * 4)
    perse = [esito for esito in esiti if esito != "fatto"]
    assert perse == ["«Segna come approvato» non si può fare: lo stato è «Approvato»."] * 3
    assert (righe[0], righe[5], righe[8]) == ("approvato", 1, [])


def test_di_due_rettifiche_insieme_ognuna_ha_il_suo_numero(processo, verbale, dopo):
    porta_fino_a(verbale, "approvato", dopo)
    nate = [proponi_rettifica(verbale, testo=t, motivo="No.", pubblica=True, autore=None).pk for t in "abcd"]
    ognuno = [{"rettifica": pk} for pk in nate]
    esiti, righe = processo("insieme", verbo="rettifica", verbale=verbale.pk, dopo=dopo.pk, ognuno=ognuno)
    assert esiti == ["fatto"] * 4
    assert (righe[6], righe[8]) == ([["approvata", n] for n in (1, 2, 3, 4)], [])
