"""Who answers which need in which comune: the coverage matrix, in words, as a table and as the data of its figure."""

from collections import Counter

from incontri.priorita.copertura import StatoCella
from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.penna import Compilato, Penna, elenco, quanti, riga

GRAVI = (StatoCella.LACUNA, StatoCella.SCOPERTO, StatoCella.SOVRAPPOSIZIONE)
CHE_COSA = {
    StatoCella.LACUNA: "nessun ente risponde a",
    StatoCella.SCOPERTO: "la risposta arriva a meno della metà per",
    StatoCella.SOVRAPPOSIZIONE: "tre enti o più rispondono già quasi a tutti per",
}


def compila(contesto: Contesto) -> Compilato:
    """How many cells there are of each kind, and where nobody or too little answers."""
    penna = Penna()
    fonte = fonti.pagina("lavoro:copertura", "La matrice della copertura: bisogni e comuni")
    if not contesto.bisogni:
        penna.paragrafo("Senza bisogni da guardare non c'è ancora una copertura da raccontare.")
        return penna.compilato()
    intera = contesto.matrice
    if not intera.comuni:
        penna.paragrafo("Nel portale non c'è ancora nessun comune dell'Ambito.")
        return penna.compilato()
    conti = Counter(cella.stato for riga_ in intera.righe for cella in riga_.celle)
    detti = [f"{stato.etichetta.lower()} {conti[stato]}" for stato in StatoCella if conti[stato]]
    misura = f"{quanti(len(intera.righe), 'bisogno', 'bisogni')} in {quanti(len(intera.comuni), 'comune', 'comuni')}"
    penna.paragrafo(
        f"La matrice guarda {misura}, con i servizi pubblicati e confermati e con quello che gli enti dichiarano. "
        f"Caselle: {', '.join(detti)}.",
        fonte,
    )
    for linea in intera.righe:
        for stato in GRAVI:
            dove = [cella.comune.nome for cella in linea.celle if cella.stato == stato]
            if dove:
                bisogno = fonti.del_bisogno(linea.bisogno, pubblico=linea.bisogno.pk in contesto.pubblici)
                penna.voce(
                    f"{stato.etichetta}: {CHE_COSA[stato]} «{riga(linea.bisogno.titolo)}» a {elenco(dove)}.", bisogno
                )
    if not any(conti[stato] for stato in GRAVI[:2]):
        penna.paragrafo("Per quello che si sa, non ci sono lacune; dove i dati mancano la casella dice «non si sa».")
    comuni = [comune.nome for comune in intera.comuni]
    penna.tabella(
        "Bisogni e comuni: chi risponde, dove manca",
        [("Bisogno", 3), *((nome, 1.2) for nome in comuni)],
        [[linea.bisogno.titolo, *(cella.stato.etichetta for cella in linea.celle)] for linea in intera.righe],
    )
    penna.figura(
        {
            "tipo": "matrice",
            "titolo": "Bisogni e comuni: chi risponde, dove manca",
            "comuni": comuni,
            "righe": [
                {
                    "nome": linea.bisogno.titolo,
                    "stati": {cella.comune.nome: cella.stato.value for cella in linea.celle},
                }
                for linea in intera.righe
            ],
        }
    )
    return penna.compilato()
