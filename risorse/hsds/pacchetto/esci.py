"""The package going out: the same content, the same bytes, on every machine."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO

from risorse.hsds.openapi import LICENZA, PROFILO
from risorse.hsds.pacchetto.celle import cella
from risorse.hsds.pacchetto.resti import con_i_resti
from risorse.hsds.pubblici import enti_pubblici, sedi_di
from risorse.hsds.righe import Materia, Righe, righe_di
from risorse.hsds.righe.termini import righe_tassonomie, righe_termini
from risorse.hsds.tabelle import TABELLE, VERSIONE, Colonna, file_di
from risorse.models import Risorsa

# The earliest moment a zip can say: when a file was written is nobody's content.
ISTANTE = (1980, 1, 1, 0, 0, 0)


def righe_pubbliche() -> Righe:
    """The rows of everything the public may see, with what was kept aside of packages that came in."""
    attive, enti = Risorsa.objects.attive(), enti_pubblici()
    righe = righe_di(Materia(attive, completa=True, enti=enti, sedi=sedi_di(enti.order_by().values("pk"))))
    righe |= {"taxonomy": righe_tassonomie(), "taxonomy_term": righe_termini()}
    return con_i_resti(righe)


def scrivi_pacchetto(dove: BinaryIO, righe: Righe | None = None) -> dict[str, int]:
    """Write the zip; gives how many rows each table has. Tables without rows are left out."""
    tutte = righe_pubbliche() if righe is None else righe
    tabelle = [tabella for tabella in (*TABELLE, *sorted(set(tutte) - set(TABELLE))) if tutte.get(tabella)]
    risorse = []
    with zipfile.ZipFile(dove, "w", zipfile.ZIP_DEFLATED) as archivio:
        for tabella in tabelle:
            ordinate = sorted(tutte[tabella], key=lambda riga: str(riga["id"]))
            colonne = _colonne(tabella, ordinate)
            archivio.writestr(_voce(file_di(tabella)), _csv(colonne, ordinate))
            risorse.append(_risorsa(tabella, colonne, tabelle))
        archivio.writestr(_voce("datapackage.json"), _datapackage(risorse))
    return {tabella: len(tutte[tabella]) for tabella in tabelle}


def _voce(nome: str) -> zipfile.ZipInfo:
    voce = zipfile.ZipInfo(nome, ISTANTE)
    voce.compress_type = zipfile.ZIP_DEFLATED
    voce.external_attr = 0o644 << 16
    return voce


def _colonne(tabella: str, righe: Iterable[dict[str, Any]]) -> list[str]:
    """Those of the specification that some row fills or that every row must, then the others by name."""
    piene = {nome for riga in righe for nome in riga}
    note = TABELLE.get(tabella, {})
    prime = [n for n, c in note.items() if n in piene or c.richiesta or c.richiesta_in_tabella]
    return [*prime, *sorted(piene - set(prime), key=lambda nome: (nome != "id", nome))]


def _csv(colonne: list[str], righe: Iterable[dict[str, Any]]) -> str:
    uscita = io.StringIO(newline="")
    scrittore = csv.writer(uscita)  # RFC 4180: commas, quotes where they are needed, CRLF
    scrittore.writerow(colonne)
    scrittore.writerows([cella(riga.get(nome)) for nome in colonne] for riga in righe)
    return uscita.getvalue()


def _campo(nome: str, colonna: Colonna | None) -> dict[str, Any]:
    campo: dict[str, Any] = {"name": nome, "type": colonna.tipo if colonna else "string"}
    if colonna and colonna.formato in ("uuid", "email", "uri"):
        campo["format"] = colonna.formato
    vincoli: dict[str, Any] = {}
    if colonna and (colonna.richiesta or colonna.richiesta_in_tabella):
        vincoli["required"] = True
    if nome == "id":
        vincoli["unique"] = True
    if colonna and colonna.valori:
        vincoli["enum"] = list(colonna.valori)
    return campo | ({"constraints": vincoli} if vincoli else {})


def _risorsa(tabella: str, colonne: list[str], presenti: list[str]) -> dict[str, Any]:
    note = TABELLE.get(tabella, {})
    schema: dict[str, Any] = {"fields": [_campo(nome, note.get(nome)) for nome in colonne]}
    if "id" in colonne:
        schema["primaryKey"] = "id"
    chiavi = [
        {"fields": nome, "reference": {"resource": "" if verso == tabella else verso, "fields": "id"}}
        for nome in colonne
        if nome in note and (verso := note[nome].verso) in presenti
    ]
    if chiavi:
        schema["foreignKeys"] = chiavi
    return {
        "name": tabella,
        "path": file_di(tabella),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _datapackage(risorse: list[dict[str, Any]]) -> str:
    pacchetto = {
        "name": "human_services_data",
        "title": "Tavolo Intercultura: servizi",
        "description": "The published services of the directory, as Open Referral HSDS 3.x.",
        "profile": "tabular-data-package",
        "version": VERSIONE,
        "homepage": PROFILO,
        "licenses": [{"name": "CC-BY-4.0", "title": LICENZA["name"], "path": LICENZA["url"]}],
        "resources": risorse,
    }
    return json.dumps(pacchetto, ensure_ascii=False, indent=2) + "\n"
