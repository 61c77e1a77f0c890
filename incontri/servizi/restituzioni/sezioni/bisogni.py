"""The needs in order of priority: the numbers, what shows each, where it was heard, where the enti do not agree."""

from typing import Any

from incontri.models import Bisogno, Evidenza, TipoOrigine
from incontri.priorita.accordo import StatoAccordo
from incontri.priorita.graduatoria import Parte, Posto
from incontri.priorita.statistica import arrotonda
from incontri.servizi.bisogni.evidenze import giudizio_di
from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.graduatoria import Classifica, gruppi_distanti
from incontri.servizi.restituzioni.penna import Compilato, Fonte, Penna, elenco, frase, riga
from incontri.servizi.restituzioni.sezioni.valori import con_unita
from incontri.servizi.rilevazioni.ultime import in_pochi
from referenti.models.indicatore import numero_testo

ACCORDO = {
    StatoAccordo.CONSENSO: "Gli enti sono d'accordo.",
    StatoAccordo.IN_MEZZO: "Gli enti sono d'accordo in parte.",
    StatoAccordo.DA_DISCUTERE: "Gli enti non sono d'accordo: è da discutere.",
    StatoAccordo.NON_VALUTABILE: "I voti sono troppo pochi per dire se gli enti sono d'accordo.",
}


def compila(contesto: Contesto) -> Compilato:
    """The needs of the ranking, each with evidence and dissent; without a ranking, the open ones theme by theme."""
    penna = Penna()
    if not contesto.bisogni:
        penna.paragrafo("Il Tavolo non ha ancora messo in fila nessun bisogno su questi temi.")
        return penna.compilato()
    classifica = contesto.classifica
    if classifica is None:
        penna.paragrafo(
            "Gli enti non hanno ancora valutato i bisogni: qui sono tutti quelli aperti, tema per tema, senza un ordine."
        )
        for bisogno in contesto.bisogni:
            penna.titolo(riga(bisogno.titolo))
            _bisogno(penna, contesto, bisogno)
        return penna.compilato()
    penna.paragrafo(
        f"L'ordine è quello della rilevazione «{riga(classifica.rilevazione.titolo)}».",
        fonti.della_rilevazione(classifica.rilevazione),
    )
    scelti = {str(bisogno.pk) for bisogno in contesto.bisogni}
    posti = [posto for posto in classifica.posti if posto.valutazione.chiave in scelti]
    if any(classifica.di_prima(posto) for posto in posti):
        penna.paragrafo(
            "Dopo vengono, senza un posto, i bisogni di cui parlano rilevazioni precedenti: quella non li chiedeva, o hanno "
            "risposto in pochi."
        )
    for posto in posti:
        bisogno = classifica.bisogni[posto.valutazione.chiave]
        penna.titolo(f"{_posto(classifica, posto)}{riga(bisogno.titolo)}")
        _numeri(penna, contesto, classifica, posto, bisogno)
        _bisogno(penna, contesto, bisogno)
    penna.tabella(
        "I bisogni e i loro numeri",
        [("Posto", 0.8), ("Bisogno", 4), ("Gravità", 1), ("Disug.", 1), ("N", 0.9), ("Coperto", 1), ("P", 0.9)],
        [_riga(classifica, posto) for posto in posti],
    )
    return penna.compilato()


def _posto(classifica: Classifica, posto: Posto) -> str:
    in_ordine = posto.valutazione.parte == Parte.ORDINATA and not classifica.di_prima(posto)
    return f"{posto.posto}. " if posto.posto and in_ordine else ""


def _mostra(valore) -> str:
    return "–" if valore is None else str(arrotonda(valore)).replace(".", ",")


def _riga(classifica: Classifica, posto: Posto) -> list[str]:
    v = posto.valutazione
    if in_pochi(v.accordo.votanti):
        return [_posto(classifica, posto).strip(" .") or "–", v.nome, *["–"] * 5]
    coperto = "da rilevare" if v.copertura.valore is None else f"{_mostra((v.copertura.valore or 0) * 100)}%"
    return [
        _posto(classifica, posto).strip(" .") or "–",
        v.nome,
        _mostra(v.gravita),
        _mostra(v.equita),
        _mostra(v.n),
        coperto,
        _mostra(v.p),
    ]


def _numeri(penna: Penna, contesto: Contesto, classifica: Classifica, posto: Posto, bisogno: Bisogno) -> None:
    v, fonte = posto.valutazione, _fonte(contesto, bisogno)
    rilevazione = classifica.da[v.chiave]
    if v.n is None:
        penna.paragrafo("Gli enti non l'hanno ancora valutato.", fonte)
        return
    a = v.accordo
    if in_pochi(a.votanti):
        penna.paragrafo(
            f"Hanno risposto meno di tre enti su {a.aventi_diritto}: i numeri non si pubblicano, perché si capirebbe chi ha detto che cosa.",
            fonti.della_rilevazione(rilevazione),
            fonte,
        )
        return
    if v.p is None:
        detto = (
            f"Indice di bisogno {_mostra(v.n)} su 100; la copertura è da rilevare, perciò la priorità non si calcola."
        )
    else:
        detto = f"Priorità {_mostra(v.p)} su 100: indice di bisogno {_mostra(v.n)}, coperto per il {_mostra((v.copertura.valore or 0) * 100)}%."
    if v.senza_risposta:
        detto += f" Restano senza risposta almeno {numero_testo(v.senza_risposta)} persone."
    hanno = f"{'Ha votato un ente' if a.votanti == 1 else f'Hanno votato {a.votanti} enti'} su {a.aventi_diritto}"
    detto += f" {hanno}{': il risultato è provvisorio' if a.provvisorio else ''}. {ACCORDO[a.stato]}"
    if distanti := gruppi_distanti(posto):
        coppie = elenco(f"{uno} e {altro}" for uno, altro in distanti)
        detto += f" Vedono le cose in modo diverso: {coppie}."
    if classifica.di_prima(posto):
        detto += f" Sono i numeri della rilevazione «{riga(rilevazione.titolo)}»."
    elif posto.fragile:
        detto += " Il posto è fragile: senza il voto di un solo ente cambierebbe di molto."
    penna.paragrafo(detto, fonti.della_rilevazione(rilevazione), fonte)


def _bisogno(penna: Penna, contesto: Contesto, bisogno: Bisogno) -> None:
    fonte = _fonte(contesto, bisogno)
    if bisogno.descrizione:
        penna.paragrafo(frase(bisogno.descrizione), fonte)
    evidenze = list(bisogno.evidenze.select_related("comune", "bisogno"))
    for gruppo in _insieme(evidenze):
        penna.voce(
            _evidenza(gruppo),
            *(fonti.dell_evidenza(evidenza, pubblica=bisogno.pk in contesto.pubblici) for evidenza in gruppo),
        )
    lettera = giudizio_di(bisogno, contesto.giorno).lettera
    if lettera:
        detto = "una evidenza" if len(evidenze) == 1 else f"{len(evidenze)} evidenze"
        penna.voce(f"Affidabilità {lettera.value}, da {detto}.", fonte)
    else:
        penna.voce("Non c'è ancora nessuna evidenza.", fonte)
    origini = [
        fonti.della_voce(*contesto.voci_pubbliche[str(origine.voce_id)])
        for origine in bisogno.origini.filter(tipo=TipoOrigine.VERBALE)
        if str(origine.voce_id) in contesto.voci_pubbliche
    ]
    if origini:
        penna.voce("Se n'è parlato negli incontri.", *origini)


def _insieme(evidenze: list[Evidenza]) -> list[list[Evidenza]]:
    """The figures that say the same thing of several places, together."""
    gruppi: dict[Any, list[Evidenza]] = {}
    for evidenza in evidenze:
        chiave = (evidenza.testo, evidenza.tipo, evidenza.unita, evidenza.riferimento)
        gruppi.setdefault(chiave, []).append(evidenza)
    return list(gruppi.values())


def _evidenza(gruppo: list[Evidenza]) -> str:
    prima = gruppo[0]
    detto, quando = riga(prima.testo).rstrip("."), fonti.giorno_detto(prima.riferimento)
    if len(gruppo) == 1:
        return f"{detto}{_valore(prima, ': ')} ({riga(prima.territorio)}, {quando})."
    dove = elenco(f"{riga(evidenza.territorio)}{_valore(evidenza, ' ')}" for evidenza in gruppo)
    return f"{detto} ({quando}): {dove}."


def _valore(evidenza: Evidenza, prima: str) -> str:
    if evidenza.soppresso:
        return f"{prima}meno di cinque persone"
    if evidenza.valore is None:
        return ""
    return f"{prima}**{con_unita(evidenza.valore, evidenza)}**"


def _fonte(contesto: Contesto, bisogno: Bisogno) -> Fonte:
    return fonti.del_bisogno(bisogno, pubblico=bisogno.pk in contesto.pubblici)
