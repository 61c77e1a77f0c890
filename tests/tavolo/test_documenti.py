"""The documents that move with the code."""

import re
from pathlib import Path

import yaml
from django.apps import apps

RADICE = Path(__file__).resolve().parent.parent.parent


def test_il_glossario_conosce_ogni_modello():
    testo = (RADICE / "docs" / "glossario.md").read_text(encoding="utf-8")
    nomi = {m.__name__ for app in ("referenti", "risorse", "incontri") for m in apps.get_app_config(app).get_models()}
    nostri = {nome for nome in nomi if not nome.startswith("Historical")}
    assert sorted(nome for nome in nostri if f"`{nome}`" not in testo) == []


def test_ogni_impostazione_d_ambiente_e_nella_guida():
    impostazioni = "".join(m.read_text(encoding="utf-8") for m in (RADICE / "tavolo" / "settings").glob("*.py"))
    variabili = set(re.findall(r'env\.(?:str|bool|int|list|email)\("([A-Z_]+)"', impostazioni))
    guida = set(re.findall(r"^\| `([A-Z_]+)` \|", (RADICE / "docs" / "gestione.md").read_text(encoding="utf-8"), re.M))
    assert variabili == guida


def test_publiccode_ha_le_chiavi_obbligatorie():
    """Standard 0.7, mandatory keys (docs.italia.it, publiccode.yml)."""
    dati = yaml.safe_load((RADICE / "publiccode.yml").read_text(encoding="utf-8"))
    chiavi = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    descrizione = dati["description"]["it"]
    assert set(dati) == chiavi
    assert len(descrizione["shortDescription"]) <= 150
    assert 150 <= len(descrizione["longDescription"]) <= 10_000
    assert len(descrizione["features"]) >= 1
    assert dati["legal"]["license"] == "AGPL-3.0-or-later"
    assert dati["maintenance"]["contacts"][0]["name"]
    assert dati["localisation"]["localisationReady"] is True
