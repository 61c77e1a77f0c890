"""The meetings held: when, on what, which enti were there, what was decided, what was corrected since."""

from collections import Counter

from incontri.models.presenza import PRESENTI
from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto, VerbaleLetto
from incontri.servizi.restituzioni.penna import Compilato, Penna, frase, quanti, riga
from incontri.stampa.parole import DECISIONI, giorno


def compila(contesto: Contesto) -> Compilato:
    """One line for each meeting with its decisions, and the attendance of each ente as a table."""
    penna, letti = Penna(), contesto.verbali
    senza = len(contesto.incontri) - len(letti)
    if not letti:
        penna.paragrafo("Del periodo non c'è ancora nessun verbale approvato: questa sezione si riempie quando c'è.")
    else:
        volte = "una volta" if len(letti) == 1 else f"{len(letti)} volte"
        penna.paragrafo(f"Nel periodo il Tavolo si è riunito {volte}, con il verbale approvato.")
        for letto in letti:
            _incontro(penna, letto)
    if senza:
        detto = (
            "Un altro incontro del periodo non ha" if senza == 1 else f"Altri {senza} incontri del periodo non hanno"
        )
        penna.paragrafo(f"{detto} ancora un verbale approvato, e qui non è raccontato.")
    _presenze(penna, letti)
    return penna.compilato()


def _incontro(penna: Penna, letto: VerbaleLetto) -> None:
    dati = letto.dati
    enti = [p["ente"] for p in dati["presenze"] if p["ente"] and not p["ospite"]]
    c_erano = {p["ente"] for p in dati["presenze"] if p["esito"] in PRESENTI and p["ente"] and not p["ospite"]}
    presenti = f" C'erano {quanti(len(c_erano), 'ente', 'enti')} su {len(set(enti))}." if enti else ""
    punti = ", ".join(f"«{riga(punto['titolo'])}»" for punto in dati["punti"])
    di_che = f" Si è parlato di: {punti}." if punti else ""
    quando = giorno(letto.verbale.incontro.giorno)
    penna.voce(f"**{quando}**, {riga(dati['incontro']['titolo'])}.{presenti}{di_che}", fonti.del_verbale(letto))
    for punto, voce in letto.voci("decisione"):
        esito = DECISIONI.get(voce["esito"], "").lower()
        come = f" ({esito})" if esito else ""
        penna.voce(f"Deciso{come}: {frase(voce['testo'])}", fonti.della_voce(letto, punto, voce), sotto=True)
    for rettifica in letto.rettifiche:
        detto = f"Il verbale è stato poi corretto con la rettifica {rettifica.numero}: {frase(rettifica.testo)}"
        penna.voce(detto, fonti.del_verbale(letto), sotto=True)


def _presenze(penna: Penna, letti: list[VerbaleLetto]) -> None:
    chiamati: Counter[str] = Counter()
    presenti: Counter[str] = Counter()
    for letto in letti:
        righe = [p for p in letto.dati["presenze"] if p["ente"] and not p["ospite"]]
        chiamati.update({p["ente"] for p in righe})
        presenti.update({p["ente"] for p in righe if p["esito"] in PRESENTI})
    righe_tabella = [[ente, str(presenti[ente]), str(quante)] for ente, quante in sorted(chiamati.items())]
    penna.tabella("Le presenze, ente per ente", [("Ente", 4), ("Presente", 1), ("Incontri", 1)], righe_tabella)
