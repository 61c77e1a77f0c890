"""The restitution document as files, from the plain data of `incontri.servizi.restituzioni.contenuto`.

Its skeleton are the six items of a CHNA (chausa.org): community, method, input, prioritised needs, available resources,
impact of earlier actions; every sentence has the number of its source, and the sources stand at the end.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from incontri.stampa import parole
from incontri.stampa.foglio import (
    Blocco,
    Foglio,
    corsa,
    fatti,
    figura,
    indice,
    nota,
    paragrafo,
    tabella,
    testo,
    titolo,
)
from incontri.stampa.formati import in_ogni_formato
from incontri.stampa.impronta import impronta

MARCHI = {
    "bozza": ("BOZZA", "Questo documento è una bozza: può ancora cambiare."),
    "in-consultazione": ("IN CONSULTAZIONE", "Gli enti stanno leggendo questo documento: può ancora cambiare."),
}
ESEMPIO = "Questo documento è fatto con dati di esempio: serve a mostrare il portale."


def foglio(dati: Mapping[str, Any]) -> Foglio:
    """The document as a sheet, with its index, its numbered sections and its sources; without a number it is a draft."""
    marchio, avviso = ("", "") if dati["numero"] else MARCHI.get(dati["stato"], MARCHI["bozza"])
    momento = dati["pubblicata_il"] or dati["compilata_il"]
    numero = f" n. {dati['numero']}" if dati["numero"] else ""
    return Foglio(
        nome=dati["titolo"],
        genere=f"Documento di restituzione{numero}",
        titolo=dati["titolo"],
        momento=parole.momento(momento),
        marchio=marchio,
        avviso=avviso,
        piede=f"Impronta del contenuto (SHA-256): {impronta(dict(dati))}" if dati["numero"] else "",
        corpo=corpo(dati),
    )


def corpo(dati: Mapping[str, Any]) -> list[Blocco]:
    """What is inside: the facts, the index, the sections, the sources."""
    sezioni, fonti = dati["sezioni"], dati["fonti"]
    voci = [(f"{n}. {una['titolo']}", f"sezione-{n}") for n, una in enumerate(sezioni, start=1)]
    if fonti:
        voci.append(("Le fonti", "fonti"))
    return [
        *([nota(ESEMPIO)] if dati["esempio"] else []),
        fatti(
            [
                ("Periodo", parole.italiano(f"dal {parole.giorno(dati['dal'])} al {parole.giorno(dati['al'])}")),
                ("Temi", ", ".join(dati["temi"])),
                ("Compilato il", parole.giorno(dati["compilata_il"])),
                ("Pubblicato il", parole.giorno(dati["pubblicata_il"])),
            ]
        ),
        *([indice("Indice", voci)] if voci else [paragrafo("Il documento non è ancora stato compilato.")]),
        *(blocco for n, una in enumerate(sezioni, start=1) for blocco in _sezione(n, una)),
        *_fonti(fonti),
    ]


def _sezione(numero: int, sezione: Mapping[str, Any]) -> Iterable[Blocco]:
    yield titolo(f"{numero}. {sezione['titolo']}", ancora=f"sezione-{numero}")
    scritto = testo(sezione["testo"])
    yield from scritto or [paragrafo("Di questo non c'è niente da raccontare.")]
    if disegno := sezione["figura"]:
        yield figura(disegno["svg"], disegno["alternativa"], f"Figura: {disegno['titolo']}")
    for una in sezione["tabelle"]:
        yield tabella(una["didascalia"], [(nome, parte) for nome, parte in una["colonne"]], una["righe"])


def _fonti(fonti: Iterable[Mapping[str, Any]]) -> Iterable[Blocco]:
    righe = [[_fonte(fonte)] for fonte in fonti]
    if righe:
        yield titolo("Le fonti", ancora="fonti")
        yield {"tipo": "numerato", "pezzi": [], "voci": righe, "inizio": 1}


def _fonte(fonte: Mapping[str, Any]) -> Blocco:
    link = fonte["indirizzo"] if fonte["indirizzo"].startswith("http") else ""
    return {"tipo": "paragrafo", "pezzi": [corsa(fonte["nome"], link=link)], "voci": []}


pdf, html, docx, odt = in_ogni_formato(foglio)
