"""Rules that hold for the whole tree and that no single test would notice broken."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

RADICE = Path(__file__).resolve().parent.parent.parent
APP = ("tavolo", "referenti", "risorse", "incontri")
MODULI = sorted(p for app in APP for p in (RADICE / app).rglob("*.py") if "migrations" not in p.parts)
# Writers that skip save() skip history: each place that uses one has a reason.
SENZA_STORIA = {"update", "bulk_create", "bulk_update"}
ECCEZIONI = {
    "tavolo/base/coda.py": "takes an import and says how far it is: a row of work, which has no history",
    "risorse/servizi/ricerche.py": "counts the searches that found nothing, a counter without history",
    "risorse/ricerca/indice.py": "writes the stems of the cards, which are derived from them and have no history",
    "tavolo/base/blocco/scritture.py": "writes the rows of an import together, each with its version in the history",
    "incontri/models/fermi.py": "refuses what would write something approved, then lets Django do",
    "risorse/models/ricognizione.py": "refuses what would write a closed survey, then lets Django do",
    "risorse/hsds/pacchetto/avanzi.py": "rows of other publishers, kept aside without history",
    "risorse/hsds/pacchetto/dentro/termini.py": "links between services and terms of a whole package, beside the history of the services",
    "risorse/servizi/sintetici.py": "services that do not exist have no history",
    "risorse/servizi/segnalazioni.py": "erases addresses, which the history leaves out",
    "tavolo/base/contenuto.py": "raises the content version, a counter that has no history",
    "tavolo/base/concorrenza.py": "claims the version of a row, followed by a save() in the same transaction",
}


def relativo(percorso):
    return percorso.relative_to(RADICE).as_posix()


def scritture_senza_storia(albero):
    """The lines that write rows without save(); `.update(campo=…)` is a queryset's, `.update(altro)` a dictionary's."""
    return [
        nodo.lineno
        for nodo in ast.walk(albero)
        if isinstance(nodo, ast.Call)
        and isinstance(nodo.func, ast.Attribute)
        and nodo.func.attr in SENZA_STORIA
        and (nodo.func.attr != "update" or (nodo.keywords and not nodo.args))
    ]


def test_nessuno_scrive_alle_spalle_della_storia():
    colpevoli = {relativo(m) for m in MODULI if scritture_senza_storia(ast.parse(m.read_text(encoding="utf-8")))}
    assert colpevoli == set(ECCEZIONI)


@pytest.mark.parametrize(
    ("codice", "righe"),
    [
        ("Ente.objects.filter(pk=1).update(nome='x')", [1]),
        ("righe.update(nome='x')", [1]),
        ("Ente.objects.bulk_create(righe)", [1]),
        ("contesto.update({'nome': 'x'})", []),
    ],
)
def test_la_regola_sulla_storia_trova_il_colpevole(codice, righe):
    assert scritture_senza_storia(ast.parse(codice)) == righe


@pytest.mark.parametrize("modulo", MODULI, ids=relativo)
def test_un_modulo_ha_meno_di_250_righe_e_una_docstring(modulo):
    testo = modulo.read_text(encoding="utf-8")
    assert len(testo.splitlines()) <= 250
    assert not testo or ast.get_docstring(ast.parse(testo))


def test_ogni_modello_nostro_ha_la_sua_storia():
    nostri = [m for app in ("referenti", "risorse", "incontri") for m in apps.get_app_config(app).get_models()]
    scritti = [m for m in nostri if not m.__name__.startswith("Historical") and not hasattr(m, "SENZA_STORIA")]
    assert [m.__name__ for m in scritti if not hasattr(m, "storia")] == []
