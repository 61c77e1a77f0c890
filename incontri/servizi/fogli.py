"""What the documents of a meeting are printed from, read from the database as plain data."""

import json
from typing import Any

from incontri.models import EsitoPresenza, Incontro, StatoIncontro, Verbale
from incontri.servizi.contenuto import contenuto
from incontri.servizi.presenze import titolari
from incontri.servizi.rettifiche import stampabili
from referenti.models import Seggio


def dati_verbale(verbale: Verbale) -> dict[str, Any]:
    """The minutes to print: what approval froze, or what is written now and how far it is."""
    if verbale.fermo:
        return json.loads(verbale.originale.contenuto)
    return contenuto(verbale) | {"stato": verbale.stato}


def rettifiche(verbale: Verbale) -> list[dict[str, Any]]:
    """The approved corrections, in the order of their numbers."""
    return stampabili(verbale.rettifiche.approvate().select_related("approvata_in"))


def dati_convocazione(incontro: Incontro, *, pagina: str) -> dict[str, Any]:
    """The letter that convenes the meeting; `pagina` is the whole address of its page."""
    return {
        "incontro": _incontro(incontro),
        "stato": incontro.stato,
        "destinatari": _chiamati(incontro),
        "punti": [
            {"titolo": punto.titolo, "descrizione": punto.descrizione, "minuti": punto.durata}
            for punto in incontro.punti.all()
        ],
        "pagina": "" if incontro.stato == StatoIncontro.SVOLTO else pagina,
    }


def dati_foglio_presenze(incontro: Incontro) -> dict[str, Any]:
    """The sheet to sign: who was marked as coming or come, or who is called while nobody has been marked."""
    presenze = [
        {
            "seggio": str(presenza.seggio or ""),
            "ente": str(presenza.ente or ""),
            "nome": presenza.delegato or presenza.ospite or presenza.nome or str(presenza.utente or ""),
            "entrata": presenza.entrata and f"{presenza.entrata:%H:%M}",
            "uscita": presenza.uscita and f"{presenza.uscita:%H:%M}",
            "online": presenza.esito == EsitoPresenza.ONLINE,
        }
        for presenza in incontro.presenze.in_fila()
    ]
    return {"incontro": _incontro(incontro), "righe": presenze or _chiamati(incontro)}


def _incontro(incontro: Incontro) -> dict[str, Any]:
    momenti = ("inizio", "fine", "convocato_il")
    detti = {nome: getattr(incontro, nome) and getattr(incontro, nome).isoformat() for nome in momenti}
    scritti = {nome: getattr(incontro, nome) for nome in ("titolo", "modalita", "luogo", "collegamento")}
    return detti | scritti | {"presiede": str(incontro.presiede or "")}


def _chiamati(incontro: Incontro) -> list[dict[str, Any]]:
    """Those called, or the seats of today with who holds them on the day of the meeting while nobody has been called."""
    convocati = [
        {"seggio": str(uno.seggio or ""), "ente": str(uno.ente or ""), "nome": uno.nome or str(uno.utente or "")}
        for uno in incontro.convocazioni.in_fila()
    ]
    if convocati:
        return convocati
    in_carica = titolari(incontro)
    return [
        {
            "seggio": str(seggio),
            "ente": str(seggio.ente),
            "nome": str(in_carica[seggio.pk].utente) if seggio.pk in in_carica else "",
        }
        for seggio in Seggio.objects.attivi().select_related("ente").order_by("ordine", "nome")
    ]
