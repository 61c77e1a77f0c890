"""The minutes as documents, from the plain data of `incontri.servizi.contenuto`.

What Italian practice wants of minutes (shared reference "meetings and needs", §1): who, when, where, who was there and from
when to when, the agenda, what was decided and how, who does what by when, attachments, signatures, approval.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from incontri.stampa import chiusura, parole
from incontri.stampa.chiusura import Rettifiche
from incontri.stampa.foglio import (
    Blocco,
    Foglio,
    elenco,
    fatti,
    nota,
    paragrafo,
    riquadro,
    tabella,
    testo,
    titolo,
)
from incontri.stampa.formati import in_ogni_formato
from incontri.stampa.impronta import impronta

MARCHI = {
    "bozza": ("BOZZA", "Questo verbale è una bozza: può ancora cambiare e non vale come verbale."),
    "condiviso": (
        "CONDIVISO, NON ANCORA APPROVATO",
        "Questo verbale è condiviso con gli enti per le osservazioni. Non è ancora approvato e può cambiare.",
    ),
}


def foglio(dati: dict[str, Any], rettifiche: Rettifiche = ()) -> Foglio:
    """The minutes as a sheet. `dati["stato"]` says "condiviso" of what is shared; without approval they are a draft."""
    incontro, approvazione = dati["incontro"], dati.get("approvazione")
    marchio, avviso = ("", "") if approvazione else MARCHI.get(dati.get("stato", "bozza"), MARCHI["bozza"])
    quando = parole.momento(incontro.get("inizio"))
    return Foglio(
        nome=f"Verbale dell'incontro «{incontro['titolo']}»",
        genere="Verbale dell'incontro",
        titolo=incontro["titolo"],
        momento=parole.momento(approvazione["il"]) if approvazione else quando,
        marchio=marchio,
        avviso=avviso,
        autore=dati.get("verbalizzante") or "",
        piede=_piede(dati),
        corpo=[
            *_testata(dati),
            *_presenze(dati["presenze"]),
            *_ordine_del_giorno(dati["punti"]),
            *(blocco for punto in dati["punti"] for blocco in _punto(punto)),
            *chiusura.impegni(dati["punti"]),
            *chiusura.impegni_rivisti(dati.get("impegni_rivisti") or ()),
            *chiusura.allegati(dati.get("allegati") or ()),
            *chiusura.osservazioni(dati.get("osservazioni") or ()),
            *chiusura.approvazione(dati),
            *chiusura.rettifiche(rettifiche),
        ],
    )


def _piede(dati: dict[str, Any]) -> str:
    """What is printed at the foot: the fingerprint of what was frozen, of which the public version is only a part."""
    if not dati.get("approvazione"):
        return ""
    if "riferimenti" not in dati:
        return "Versione pubblica: senza i nomi delle persone e senza le parti interne."
    return f"Impronta del contenuto (SHA-256): {impronta(dati)}"


def _testata(dati: dict[str, Any]) -> Iterable[Blocco]:
    incontro = dati["incontro"]
    enti = {p["ente"] for p in dati["presenze"] if p["esito"] in parole.C_ERANO and not p["ospite"] and p["ente"]}
    quorum = f" (indicazione: almeno {incontro['quorum']})" if incontro.get("quorum") else ""
    aperto, chiuso = dati.get("aperto") or parole.ora(incontro.get("inizio")), dati.get("chiuso")
    yield fatti(
        [
            ("Data", parole.giorno(incontro.get("inizio"), settimana=True) or "da verificare"),
            ("Orario", parole.orario(parole.ora(aperto), parole.ora(chiuso or incontro.get("fine")))),
            ("Dove", " · ".join(filter(None, (parole.MODALITA.get(incontro["modalita"]), incontro.get("luogo"))))),
            ("Coordina", incontro.get("presiede") or ""),
            ("Verbalizza", dati.get("verbalizzante") or ""),
            ("Convocato il", parole.giorno(incontro.get("convocato_il"))),
            ("Enti presenti", f"{len(enti)}{quorum}" if dati["presenze"] else ""),
        ]
    )


def _presenze(presenze: Sequence[dict[str, Any]]) -> Iterable[Blocco]:
    yield titolo("Presenze")
    if not presenze:
        yield paragrafo("Non sono state segnate.")
        return
    con_nomi = any(p.get("nome") and not p["ospite"] for p in presenze)
    colonne = [
        ("Seggio", 3.0),
        ("Ente", 2.6),
        *([("Nome", 2.6)] if con_nomi else []),
        ("Presenza", 2.6),
        ("Orario", 1.8),
    ]
    yield tabella("Chi c'era", colonne, [_presenza(p, con_nomi) for p in presenze])


def _presenza(presenza: dict[str, Any], con_nomi: bool) -> list[str]:
    come = parole.PRESENZE.get(presenza["esito"], presenza["esito"])
    if presenza.get("delegato"):
        come = f"{come} a {presenza['delegato']}"
    if presenza.get("nota"):
        come = f"{come}\n{presenza['nota']}"
    orario = parole.orario(parole.ora(presenza.get("entrata")), parole.ora(presenza.get("uscita")))
    seggio = "Ospite" if presenza["ospite"] else presenza.get("seggio") or ""
    if presenza["ospite"] and not con_nomi and presenza.get("nome"):
        seggio = f"Ospite: {presenza['nome']}"
    nomi = [presenza.get("nome") or ""] if con_nomi else []
    return [seggio, presenza.get("ente") or "", *nomi, come, orario]


def _ordine_del_giorno(punti: Sequence[dict[str, Any]]) -> Iterable[Blocco]:
    yield titolo("Ordine del giorno")
    if punti:
        yield elenco([punto["titolo"] for punto in punti], numerato=True)
    else:
        yield paragrafo("Non è scritto.")


def _punto(punto: dict[str, Any]) -> Iterable[Blocco]:
    yield titolo(f"{punto['numero']}. {punto['titolo']}")
    yield from testo(punto.get("descrizione") or "")
    if punto.get("verbale_da_approvare"):
        yield paragrafo(str(punto["verbale_da_approvare"]), "Verbale in approvazione")
    if not punto["voci"]:
        yield nota("Su questo punto il verbale non riporta niente.")
    for voce in punto["voci"]:
        yield from _voce(voce)


def _voce(voce: dict[str, Any]) -> Iterable[Blocco]:
    scritto = testo(voce["testo"])
    if voce["tipo"] == "discussione":
        yield from scritto
        return
    etichetta = parole.VOCI.get(voce["tipo"], voce["tipo"])
    if voce.get("esito"):
        etichetta = f"{etichetta}: {parole.DECISIONI.get(voce['esito'], voce['esito']).lower()}"
    if voce.get("impegno"):
        scritto.append(paragrafo(_chi_entro_quando(voce["impegno"]), "Se ne occupa"))
    if voce.get("istanza"):
        scritto.append(paragrafo(_istanza(voce["istanza"]), "Istanza"))
    yield riquadro(etichetta, scritto, forte=voce["tipo"] == "decisione")


def _chi_entro_quando(impegno: dict[str, Any]) -> str:
    entro = f"entro il {parole.giorno(impegno['scadenza'])}" if impegno.get("scadenza") else ""
    chi = ", ".join(filter(None, (impegno.get("ente"), impegno.get("persona"), entro)))
    return parole.italiano(chi) or "da decidere"


def _istanza(istanza: dict[str, Any]) -> str:
    entro = f"risposta entro il {parole.giorno(istanza['scadenza'])}" if istanza.get("scadenza") else ""
    a_chi = f"a {istanza['destinatario']}" if istanza.get("destinatario") else ""
    return parole.italiano(", ".join(filter(None, (f"«{istanza['oggetto']}»", a_chi, entro))))


pdf, html, docx, odt = in_ogni_formato(foglio)
