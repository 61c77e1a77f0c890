"""The portal as a newcomer starts it: production settings, hashed compressed files, a server of its own."""

import gzip
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

RADICE = Path(__file__).resolve().parent.parent.parent


def ambiente(cartella, **altro):
    return {
        "PATH": os.environ["PATH"],
        "DEBUG": "0",
        "DEMO": "1",
        "SECRET_KEY": "prova",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "CARTELLA_DATI": str(cartella),
        **altro,
    }


def manage(cartella, *comando, **altro):
    return subprocess.run(
        [sys.executable, "manage.py", *comando],
        cwd=RADICE,
        env=ambiente(cartella, **altro),
        capture_output=True,
        text=True,
        check=False,
    )


def porta_libera():
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        return presa.getsockname()[1]


@contextmanager
def portale(cartella, **altro):
    """The portal served by `manage.py servi` on a free port; gives its address and the process."""
    porta = porta_libera()
    processo = subprocess.Popen(
        [sys.executable, "manage.py", "servi", "--indirizzo", f"127.0.0.1:{porta}"],
        cwd=RADICE,
        env=ambiente(cartella, **altro),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(100):
            with socket.socket() as presa:
                if presa.connect_ex(("127.0.0.1", porta)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{porta}", processo
    finally:
        processo.terminate()
        processo.communicate(timeout=10)


@pytest.fixture(scope="module")
def pronta(tmp_path_factory):
    """A folder with the demo database and the collected static files."""
    if not (RADICE / "frontend" / "build" / "portale").is_dir():
        pytest.fail("Manca frontend/build: esegui prima `make test`, che lo costruisce.")
    cartella = tmp_path_factory.mktemp("portale")
    for comando in (("prepara",), ("carica_dati", "dati/"), ("crea_demo",), ("collectstatic", "--noinput")):
        esito = manage(cartella, *comando)
        assert (comando, esito.returncode, esito.stderr) == (comando, 0, "")
    return cartella


def prendi(indirizzo, **testate):
    with urllib.request.urlopen(urllib.request.Request(indirizzo, headers=testate), timeout=10) as risposta:  # noqa: S310
        return risposta.status, risposta.headers, risposta.read()


def test_la_prima_pagina_e_i_suoi_file(pronta):
    with portale(pronta) as (indirizzo, _):
        stato, testate, corpo = prendi(indirizzo + "/")
        assert stato == 200
        assert "default-src 'none'" in testate["Content-Security-Policy"]
        pagina = corpo.decode()
        foglio = re.search(r'rel="stylesheet"\s+href="([^"]+)"', pagina).group(1)
        stato, testate, corpo = prendi(indirizzo + foglio, **{"Accept-Encoding": "gzip"})
        assert (stato, testate["Content-Encoding"]) == (200, "gzip")
        assert "immutable" in testate["Cache-Control"]
        assert b"--bootstrap-italia-version" in gzip.decompress(corpo)


def test_un_nome_che_non_e_il_suo_non_riceve_il_portale(pronta):
    with portale(pronta) as (indirizzo, _), pytest.raises(urllib.error.HTTPError, match="400"):
        prendi(indirizzo + "/", Host="portale.example.org")


def test_dietro_un_proxy_dichiarato_la_richiesta_e_https(pronta):
    proxy = {"HTTPS": "1", "DIETRO_PROXY_HTTPS": "1", "PROXY_FIDATI": "1"}
    with portale(pronta, **proxy) as (indirizzo, _):
        stato, testate, _ = prendi(indirizzo + "/", **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    assert (stato, testate["Strict-Transport-Security"]) == (200, "max-age=31536000")


def test_dice_dove_e_con_chi_si_entra(pronta):
    with portale(pronta) as (indirizzo, processo):
        prendi(indirizzo + "/")
        processo.terminate()
        scritto = processo.communicate(timeout=10)[0]
    assert f"Il portale è su {indirizzo}/" in scritto
    assert [riga.split()[0] for riga in scritto.splitlines() if "@" in riga] == [
        "asst@example.org",
        "bollate@example.org",
        "coordinamento@example.org",
        "mediazione@example.org",
        "senago@example.org",
    ]


@pytest.mark.parametrize("demo", ["1", "0"])
def test_rifiuta_un_indirizzo_pubblico(pronta, demo):
    esito = manage(pronta, "servi", "--indirizzo", "0.0.0.0:0", DEMO=demo)
    assert esito.returncode == 1
    assert "Rifiuto di servire su 0.0.0.0:0: in questo database ci sono account dimostrativi" in esito.stderr


def test_gli_account_dimostrativi_nascono_solo_in_una_demo(pronta):
    esito = manage(pronta, "crea_demo", DEMO="0")
    assert (esito.returncode, "si creano solo in una dimostrazione" in esito.stderr) == (1, True)


def test_una_porta_occupata_si_dice(pronta):
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        presa.listen()
        esito = manage(pronta, "servi", "--indirizzo", f"127.0.0.1:{presa.getsockname()[1]}")
    assert (esito.returncode, "Non posso ascoltare su 127.0.0.1" in esito.stderr) == (1, True)
