"""An import survives its server: real processes, killed without warning, on the engine of this run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, connections

from tavolo.base.coda import accoda

pytestmark = pytest.mark.django_db(transaction=True)
RADICE = Path(__file__).resolve().parent.parent.parent
RIGHE = 2500
IN_CORSO = "SELECT stato, tentativi FROM base_importazione"
FINE = "SELECT stato, tentativi, nuove FROM base_importazione"


class Banco:
    """A database that other processes can open: on SQLite a copy of the suite's one, which lives in memory."""

    def __init__(self, cartella, media):
        self.file = cartella / "banco.sqlite3"
        dove = connection.settings_dict
        if connection.vendor == "sqlite":
            with connection.cursor() as cursore:
                cursore.execute("VACUUM INTO %s", [str(self.file)])
            self.url = f"sqlite:///{self.file}"
        else:
            chi = f"{dove['USER']}:{quote(dove['PASSWORD'] or '', safe='')}"
            self.url = f"postgres://{chi}@{quote(dove['HOST'], safe='')}:{dove['PORT']}/{dove['NAME']}"
        (media.parent / "static").mkdir()  # whitenoise warns of a folder that is not there
        self.ambiente = {
            **{n: v for n, v in os.environ.items() if n.startswith(("PATH", "HOME", "PG"))},
            "SECRET_KEY": "prova",
            "DEBUG": "0",
            "CARTELLA_DATI": str(media.parent),
            "DATABASE_URL": self.url,
        }

    def avvia(self, *comando):
        return subprocess.Popen(
            [sys.executable, "manage.py", *comando],
            cwd=RADICE,
            env=self.ambiente,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def chiedi(self, sql):
        """The rows a query gives, the database being written by others."""
        if connection.vendor != "sqlite":
            with connection.cursor() as cursore:
                cursore.execute(sql)
                return cursore.fetchall() if cursore.description else []
        vecchia = connections["default"].Database.connect(self.file, timeout=20)
        try:
            with vecchia:
                return vecchia.execute(sql).fetchall()
        finally:
            vecchia.close()

    def aspetta(self, sql, buono, secondi=60):
        for _ in range(secondi * 50):
            righe = self.chiedi(sql)
            if buono(righe):
                return righe
            time.sleep(0.02)
        raise AssertionError(righe)


@pytest.mark.parametrize("comando", [("servi", "--indirizzo", "127.0.0.1:0"), ("esegui_importazioni",)])
def test_uccisa_a_meta_finisce_una_volta_e_intera(comando, tmp_path, settings):
    testo = "codice_istat,nome,slug\n" + "".join(f"{n:06},Comune {n},c{n}\n" for n in range(RIGHE))
    accoda(
        testo.encode(), nome_file="c.csv", lavoro="referenti.tracciati.TracciatoComune", titolo="comuni", autore=None
    )
    banco = Banco(tmp_path, Path(settings.MEDIA_ROOT))
    primo = banco.avvia(*comando)
    banco.aspetta(IN_CORSO, lambda righe: righe == [("in-corso", 1)])
    os.kill(primo.pid, signal.SIGKILL)
    primo.communicate()
    assert banco.chiedi(IN_CORSO) == [("in-corso", 1)]
    assert banco.chiedi("SELECT count(*) FROM referenti_comune") == [(0,)]
    # A minute goes by.
    banco.chiedi("UPDATE base_importazione SET battito = '2026-01-01 00:00:00'")
    secondo = banco.avvia(*comando)
    try:
        banco.aspetta(FINE, lambda righe: righe[0][0] != "in-corso")
    finally:
        secondo.terminate()
        errori = secondo.communicate(timeout=20)[1]
    assert (banco.chiedi(FINE), errori) == ([("finita", 2, RIGHE)], b"")
    assert banco.chiedi("SELECT count(*), count(DISTINCT slug) FROM referenti_comune") == [(RIGHE, RIGHE)]
    assert banco.chiedi("SELECT count(*) FROM referenti_historicalcomune") == [(RIGHE,)]
    assert list((Path(settings.MEDIA_ROOT) / "importazioni").iterdir()) == []
