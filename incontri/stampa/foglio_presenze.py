"""The sheet people sign at a meeting: a row for each seat, blank rows for guests, room to write by hand.

`dati`: `{"incontro": {"titolo", "inizio", "fine", "modalita", "luogo", "presiede"}, "righe": [{"seggio", "ente", "nome",
"entrata", "uscita", "online"}]}`; a row without a seat is a guest's.
"""

from typing import Any

from incontri.stampa import parole
from incontri.stampa.foglio import Foglio, fatti, firme, nota, tabella
from incontri.stampa.formati import in_ogni_formato

RIGHE_PER_OSPITI = 6


def foglio(dati: dict[str, Any]) -> Foglio:
    """The sheet people sign, wider than high."""
    incontro = dati["incontro"]
    righe = [_riga(riga) for riga in dati["righe"]] + [["Ospite", *[""] * 5]] * RIGHE_PER_OSPITI
    colonne = [("Seggio", 3.0), ("Ente", 2.6), ("Nome", 3.2), ("Entra alle", 1.2), ("Esce alle", 1.2), ("Firma", 3.4)]
    return Foglio(
        nome=f"Foglio presenze dell'incontro «{incontro['titolo']}»",
        genere="Foglio presenze",
        titolo=incontro["titolo"],
        momento=parole.momento(incontro.get("inizio")),
        autore=incontro.get("presiede") or "",
        largo=True,
        corpo=[
            fatti(
                [
                    ("Data", parole.giorno(incontro.get("inizio"), settimana=True) or "da decidere"),
                    ("Orario", parole.orario(parole.ora(incontro.get("inizio")), parole.ora(incontro.get("fine")))),
                    (
                        "Dove",
                        " · ".join(filter(None, (parole.MODALITA.get(incontro["modalita"]), incontro.get("luogo")))),
                    ),
                ]
            ),
            tabella("Presenze", colonne, righe, alta=True),
            nota("Chi viene al posto di altri scrive il proprio nome accanto a quello di chi delega."),
            firme([("Chi coordina l'incontro", incontro.get("presiede") or ""), ("Chi verbalizza", "")]),
        ],
    )


def _riga(riga: dict[str, Any]) -> list[str]:
    firma = "online" if riga.get("online") else ""
    ore = [parole.ora(riga.get("entrata")), parole.ora(riga.get("uscita"))]
    return [riga.get("seggio") or "Ospite", riga.get("ente") or "", riga.get("nome") or "", *ore, firma]


pdf, html, docx, odt = in_ogni_formato(foglio)
