"""Every language the portal offers is whole: each string of the public pages translated, with the same placeholders."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

RADICE = Path(__file__).resolve().parent.parent.parent
CATALOGHI = [to_locale(codice) for codice, _ in settings.LANGUAGES if codice != settings.LANGUAGE_CODE]
SEGNAPOSTO = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?[a-z]+")


def leggi(cartella, lingua):
    with (cartella / "locale" / lingua / "LC_MESSAGES" / "django.po").open("rb") as testo:
        return [m for m in read_po(testo, abort_invalid=True) if m.id]


def come_coppie(messaggio):
    """The (source, translation) pairs of a message, one per plural form."""
    if isinstance(messaggio.id, str):
        return [(messaggio.id, messaggio.string)]
    return [(messaggio.id[-1], forma) for forma in messaggio.string]


@pytest.mark.parametrize("lingua", CATALOGHI)
def test_il_catalogo_e_intero(lingua):
    messaggi = leggi(RADICE, lingua)
    assert [m.id for m in messaggi if m.fuzzy or not all(forma for _, forma in come_coppie(m))] == []


@pytest.mark.parametrize("lingua", CATALOGHI)
def test_la_traduzione_tiene_i_segnaposto(lingua):
    """Plural forms may leave the number out ("one service"); nothing else may be lost, and nothing may be added."""
    rotti = [
        fonte
        for messaggio in leggi(RADICE, lingua)
        for fonte, forma in come_coppie(messaggio)
        if sorted(SEGNAPOSTO.findall(fonte)) != sorted(SEGNAPOSTO.findall(forma))
        and not (isinstance(messaggio.id, tuple) and set(SEGNAPOSTO.findall(forma)) < set(SEGNAPOSTO.findall(fonte)))
    ]
    assert rotti == []


@pytest.mark.skipif(
    shutil.which("xgettext") is None and os.environ.get("MOTORI") != "tutti",
    reason="GNU gettext non è su questa macchina",
)
def test_i_cataloghi_conoscono_tutte_le_stringhe(tmp_path):
    for nome in ("manage.py", "tavolo", "referenti", "risorse", "incontri", "templates", "locale"):
        origine = RADICE / nome
        (shutil.copytree if origine.is_dir() else shutil.copy)(origine, tmp_path / nome)
    comando = [sys.executable, "manage.py", "makemessages", "--no-location", "--no-wrap", "-l", "en"]
    ambiente = {"PATH": os.environ["PATH"], "SECRET_KEY": "prova"}
    esito = subprocess.run(comando, cwd=tmp_path, env=ambiente, capture_output=True, text=True, check=False)
    assert (esito.returncode, esito.stderr) == (0, "")
    estratte, tradotte = ({m.id for m in leggi(cartella, "en")} for cartella in (tmp_path, RADICE))
    assert (sorted(map(str, estratte - tradotte)), sorted(map(str, tradotte - estratte))) == ([], [])
