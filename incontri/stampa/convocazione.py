"""The letter that convenes a meeting: to whom, when, where, what about, and who signs it.

`dati`: `{"incontro": {"titolo", "inizio", "fine", "modalita", "luogo", "collegamento", "presiede", "convocato_il"}, "stato",
"destinatari": [{"seggio", "ente", "nome"}], "punti": [{"titolo", "descrizione", "minuti"}], "pagina"}`; `pagina` is the
address where one answers and prepares.
"""

from collections.abc import Iterable
from typing import Any

from incontri.stampa import parole
from incontri.stampa.foglio import Blocco, Foglio, elenco, fatti, firme, paragrafo, tabella, testo, titolo
from incontri.stampa.formati import in_ogni_formato

MARCHI = {
    "pianificato": ("BOZZA", "L'incontro non è ancora convocato: giorno e ordine del giorno possono cambiare."),
    "annullato": ("ANNULLATO", "L'incontro è stato annullato."),
}


def foglio(dati: dict[str, Any]) -> Foglio:
    """The letter as a sheet."""
    incontro = dati["incontro"]
    marchio, avviso = MARCHI.get(dati.get("stato", ""), ("", ""))
    return Foglio(
        nome=f"Convocazione dell'incontro «{incontro['titolo']}»",
        genere="Convocazione",
        titolo=incontro["titolo"],
        momento=parole.momento(incontro.get("convocato_il") or incontro.get("inizio")),
        marchio=marchio,
        avviso=avviso,
        autore=incontro.get("presiede") or "",
        corpo=[*_lettera(dati), *_ordine_del_giorno(dati["punti"]), *_chiusura(dati)],
    )


def _lettera(dati: dict[str, Any]) -> Iterable[Blocco]:
    incontro = dati["incontro"]
    if incontro.get("convocato_il"):
        yield paragrafo(parole.giorno(incontro["convocato_il"]), "Data")
    quando = parole.giorno(incontro.get("inizio"), settimana=True)
    ore = parole.orario(parole.ora(incontro.get("inizio")), parole.ora(incontro.get("fine")))
    yield paragrafo("I componenti del Tavolo in elenco sono invitati all'incontro:")
    yield fatti(
        [
            ("Quando", ", ".join(filter(None, (quando, ore))) or "da decidere"),
            ("Come", parole.MODALITA.get(incontro["modalita"], "")),
            ("Dove", incontro.get("luogo") or ""),
        ]
    )
    if incontro.get("collegamento"):
        yield paragrafo(incontro["collegamento"], "Per collegarti", link=incontro["collegamento"])


def _ordine_del_giorno(punti: list[dict[str, Any]]) -> Iterable[Blocco]:
    yield titolo("Ordine del giorno")
    if not punti:
        yield paragrafo("Non è ancora scritto.")
        return
    numerati = elenco([_punto(punto) for punto in punti], numerato=True)
    for voce, punto in zip(numerati["voci"], punti, strict=True):
        voce.extend(testo(punto.get("descrizione") or ""))
    yield numerati


def _punto(punto: dict[str, Any]) -> str:
    return f"{punto['titolo']} ({punto['minuti']} minuti)" if punto.get("minuti") else punto["titolo"]


def _chiusura(dati: dict[str, Any]) -> Iterable[Blocco]:
    if dati.get("pagina"):
        yield titolo("Prima dell'incontro")
        yield paragrafo(
            "Rispondi se vieni, o chi delega per te, e leggi che cosa preparare nella pagina dell'incontro:"
        )
        yield paragrafo(dati["pagina"], link=dati["pagina"])
    yield firme([("Chi coordina l'incontro", dati["incontro"].get("presiede") or "")])
    if dati["destinatari"]:
        yield titolo("A chi è rivolta")
        righe = [[d.get("seggio") or "Ospite", d.get("ente") or "", d.get("nome") or ""] for d in dati["destinatari"]]
        yield tabella("Chi è convocato", [("Seggio", 3.0), ("Ente", 3.0), ("Nome", 3.0)], righe)


pdf, html, docx, odt = in_ogni_formato(foglio)
