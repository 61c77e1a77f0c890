"""Draw the screenshots of the README: `make schermate`, on a demo of its own that is thrown away."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

RADICE = Path(__file__).resolve().parent.parent
USCITA = RADICE / "docs" / "schermate"
PASSWORD = "prova-il-portale"  # noqa: S105 - the demo prints it
TELEFONO, SCRIVANIA = {"width": 360, "height": 740}, {"width": 1280, "height": 820}
# file, address, screen, who is logged in
SCHERMATE = (
    ("home-telefono", "/", TELEFONO, None),
    ("scheda-telefono", "/servizi/1522/", TELEFONO, None),
    ("comune", "/comuni/baranzate/", SCRIVANIA, None),
    ("servizi-arabo", "/ar/servizi/?comune=bollate", TELEFONO, None),
    ("mappa", "/mappa/", SCRIVANIA, None),
    ("territorio", "/tavolo/territorio/", SCRIVANIA, None),
    ("copertura", "/tavolo/copertura/", SCRIVANIA, None),
    ("proposte", "/tavolo/proposte/", SCRIVANIA, None),
    ("percorso", "/area/bisogni/percorso/", SCRIVANIA, "coordinamento@example.org"),
    ("traduzioni", "/area/traduzioni/", SCRIVANIA, "mediazione@example.org"),
    ("area", "/area/", SCRIVANIA, "bollate@example.org"),
    ("amministrazione", "/amministrazione/risorse/risorsa/", SCRIVANIA, "coordinamento@example.org"),
)


@contextmanager
def demo():
    """A demo portal on a database of its own; gives its address."""
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        porta = presa.getsockname()[1]
    with tempfile.TemporaryDirectory() as cartella:
        ambiente = {**os.environ, "DEBUG": "0", "DEMO": "1", "SECRET_KEY": "schermate", "CARTELLA_DATI": cartella}
        ambiente |= {"DATABASE_URL": "", "ALLOWED_HOSTS": "127.0.0.1"}
        for comando in (["prepara"], ["carica_dati", "dati/"], ["crea_demo"], ["collectstatic", "--noinput"]):
            manage = [sys.executable, "manage.py", *comando]
            subprocess.run(manage, cwd=RADICE, env=ambiente, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        servi = [sys.executable, "manage.py", "servi", "--indirizzo", f"127.0.0.1:{porta}"]
        processo = subprocess.Popen(servi, cwd=RADICE, env=ambiente, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            time.sleep(5)
            yield f"http://127.0.0.1:{porta}"
        finally:
            processo.terminate()
            processo.wait(timeout=10)


def entra(pagina: Page, email: str) -> None:
    """Log in as a person of the demo."""
    pagina.goto("/accesso/entra/")
    pagina.fill("input[name=login]", email)
    pagina.fill("input[name=password]", PASSWORD)
    pagina.click("main button[type=submit]")


def disegna() -> None:
    """Write every screenshot into docs/schermate/."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with demo() as indirizzo, sync_playwright() as avviato:
        browser = avviato.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for nome, dove, schermo, email in SCHERMATE:
            contesto = browser.new_context(base_url=indirizzo, viewport=schermo, locale="it-IT")
            pagina = contesto.new_page()
            if email:
                entra(pagina, email)
            pagina.goto(dove, wait_until="networkidle")
            pagina.screenshot(path=USCITA / f"{nome}.png")
            contesto.close()
        browser.close()


if __name__ == "__main__":
    disegna()
