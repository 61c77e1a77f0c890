"""A bench on an engine of its own: a process with an empty SQLite file, or inside `pg_virtualenv`."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any
from urllib.parse import quote


def su_sqlite(modulo: str, *argomenti: str) -> Any:
    """What `modulo`, run on an empty SQLite database, prints as a line of JSON."""
    with tempfile.TemporaryDirectory() as cartella:
        return _processo([sys.executable, "-m", modulo, *argomenti], f"sqlite:///{cartella}/prova.sqlite3")


def su_postgresql(modulo: str, *argomenti: str) -> Any | None:
    """The same on an empty PostgreSQL, or None where `pg_virtualenv` is not installed."""
    if not shutil.which("pg_virtualenv"):
        return None
    return _processo(["pg_virtualenv", sys.executable, "-m", "benchmarks.motori", modulo, *argomenti], "")


def _processo(comando: list[str], url: str) -> Any:
    ambiente = {**os.environ, "DATABASE_URL": url}
    uscita = subprocess.run(comando, env=ambiente, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(next(riga for riga in uscita.splitlines() if riga.startswith("{")))


if __name__ == "__main__":
    # Inside pg_virtualenv: the module named first, on the cluster the PG* variables name.
    parola = quote(os.environ["PGPASSWORD"], safe="")
    indirizzo = f"{os.environ['PGHOST']}:{os.environ['PGPORT']}/postgres"
    os.environ["DATABASE_URL"] = f"postgres://{os.environ['PGUSER']}:{parola}@{indirizzo}"
    os.execv(sys.executable, [sys.executable, "-m", *sys.argv[1:]])  # noqa: S606
