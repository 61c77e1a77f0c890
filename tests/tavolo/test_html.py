"""Every page of the portal is valid HTML: the checker of npm html-validate reads what the server sends."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.mondo import nomi_degli_indirizzi

RADICE = Path(__file__).resolve().parent.parent.parent
CONTROLLO = RADICE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def node():
    return shutil.which("node", path=f"{RADICE / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}")


def difetti(cartella):
    """What html-validate finds in the pages of `cartella`, as "page:line rule message"."""
    comando = [node(), str(CONTROLLO), "--config", str(RADICE / "tests" / "htmlvalidate.json"), "--formatter", "json"]
    esito = subprocess.run([*comando, f"{cartella}/*.html"], cwd=RADICE, capture_output=True, text=True, check=False)
    assert esito.stderr == ""
    return [
        f"{Path(pagina['filePath']).stem}:{m['line']} {m['ruleId']} {m['message']}"
        for pagina in json.loads(esito.stdout)
        for m in pagina["messages"]
    ]


def test_il_controllo_trova_un_difetto(tmp_path):
    (tmp_path / "x.html").write_text(
        "<!doctype html><html lang='it'><head><title>x</title></head><body><p><div></div></p></body></html>"
    )
    assert len(difetti(tmp_path)) > 0


@pytest.mark.parametrize("chi", ["pubblico", "bruno", "anna"])
def test_ogni_pagina_e_valida(chi, request, client, come, mondo, tmp_path):
    if chi != "pubblico":
        come(request.getfixturevalue(chi))
    scritte = 0
    for nome in nomi_degli_indirizzi():
        if nome in ("account_logout", "admin:logout") or (nome.startswith("admin:") and chi != "anna"):
            continue
        risposta = client.get(mondo.indirizzo(nome), follow=True)
        if risposta.streaming:
            b"".join(risposta.streaming_content)  # to its end, where the file is closed
        elif risposta["Content-Type"].startswith("text/html"):
            (tmp_path / f"{nome.replace(':', '-')}.html").write_bytes(risposta.content)
            scritte += 1
    for quale, indirizzo in mondo.altre.items():
        risposta = client.get(indirizzo, follow=True)
        (tmp_path / f"{quale.replace(' ', '-')}.html").write_bytes(risposta.content)
    (tmp_path / "404.html").write_bytes(client.get("/non-c-e/").content)
    assert scritte > 20
    assert difetti(tmp_path) == []


@pytest.mark.parametrize("prefisso", ["/en", "/ar"])
def test_le_pagine_pubbliche_sono_valide_in_ogni_lingua(prefisso, client, mondo, tmp_path):
    pagine = [
        "home",
        "risorse:risorsa-list",
        "risorse:risorsa-detail",
        "risorse:comune-detail",
        "referenti:tavolo",
        "archivio:incontro-list",
        "archivio:incontro-detail",
        "privacy",
    ]
    for nome in pagine:
        risposta = client.get(prefisso + mondo.indirizzo(nome))
        assert (nome, risposta.status_code) == (nome, 200)
        (tmp_path / f"{nome.replace(':', '-')}.html").write_bytes(risposta.content)
    assert difetti(tmp_path) == []
