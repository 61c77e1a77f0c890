"""Inside pg_virtualenv: run pytest on the cluster its PG* variables name."""

import os
import subprocess
import sys
from urllib.parse import quote

if __name__ == "__main__":
    utente, parola = os.environ["PGUSER"], quote(os.environ["PGPASSWORD"], safe="")
    url = f"postgres://{utente}:{parola}@{os.environ['PGHOST']}:{os.environ['PGPORT']}/postgres"
    comando = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    sys.exit(
        subprocess.run(comando, env={**os.environ, "DATABASE_URL": url, "MOTORE": "PostgreSQL"}, check=False).returncode
    )
