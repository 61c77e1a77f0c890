"""The start of the portal: what it refuses, and with which words."""

import os
import subprocess
import sys

import pytest

BASE = {"PATH": os.environ["PATH"], "DEBUG": "0", "SECRET_KEY": "", "DEMO": "0", "ALLOWED_HOSTS": "localhost"}


def avvia(**ambiente):
    """Import the settings in a process of its own; gives its exit code and the last line of its error."""
    esito = subprocess.run(
        [sys.executable, "-c", "from tavolo import settings; print(settings.HTTPS, settings.MFA_PER_AMMINISTRARE)"],
        env={**BASE, **ambiente},
        capture_output=True,
        text=True,
        check=False,
    )
    return esito.returncode, (esito.stderr or esito.stdout).strip().splitlines()[-1]


def test_senza_chiave_non_parte():
    codice, frase = avvia()
    assert codice == 1
    assert frase.startswith("django.core.exceptions.ImproperlyConfigured: Manca SECRET_KEY: imposta la variabile")


def test_la_demo_non_parte_su_un_nome_pubblico():
    codice, frase = avvia(SECRET_KEY="x", DEMO="1", ALLOWED_HOSTS="portale.example.org")
    assert codice == 1
    assert frase.startswith("django.core.exceptions.ImproperlyConfigured: DEMO=1 vale solo su questa macchina")


@pytest.mark.parametrize(
    ("ambiente", "https_e_mfa"),
    [
        ({"ALLOWED_HOSTS": "localhost"}, "False True"),
        ({"ALLOWED_HOSTS": "portale.example.org"}, "True True"),
        ({"ALLOWED_HOSTS": "localhost", "DEMO": "1"}, "False False"),
    ],
)
def test_https_e_secondo_fattore_seguono_il_luogo(ambiente, https_e_mfa):
    assert avvia(SECRET_KEY="x", **ambiente) == (0, https_e_mfa)
