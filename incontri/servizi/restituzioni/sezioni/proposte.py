"""The proposals the Tavolo approved: to which need, who leads, how far they are, what came of them."""

from incontri.models import Bisogno, Proposta
from incontri.priorita.fattibilita import piu_alto
from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.penna import Compilato, Penna, elenco, frase, quanti, riga
from incontri.servizi.restituzioni.sezioni.valori import con_unita, di_partenza


def compila(contesto: Contesto) -> Compilato:
    """Each with its needs, steps and outcome against the evidence of the need; the grid as the data of a figure."""
    penna, proposte = Penna(), contesto.proposte
    if not proposte:
        penna.paragrafo("Nessuna proposta è ancora stata approvata da un incontro.")
        return penna.compilato()
    penna.paragrafo(f"Le proposte approvate {'sono' if len(proposte) > 1 else 'da un incontro:'} {len(proposte)}.")
    for proposta in proposte:
        _proposta(penna, contesto, proposta)
    _griglia(penna, contesto)
    return penna.compilato()


def _proposta(penna: Penna, contesto: Contesto, proposta: Proposta) -> None:
    fonte = fonti.della_proposta(proposta)
    bisogni: list[Bisogno] = list(proposta.bisogni.all())
    risponde = elenco(f"«{riga(b.titolo)}»" for b in bisogni)
    con_chi = elenco(riga(ente.denominazione) for ente in proposta.partner.all())
    penna.titolo(riga(proposta.titolo))
    legati = [fonti.del_bisogno(b, pubblico=b.pk in contesto.pubblici) for b in bisogni]
    penna.paragrafo(
        f"{frase(proposta.descrizione)} La guida {riga(proposta.capofila.denominazione)}"
        f"{f', con {con_chi}' if con_chi else ''}. Stato: {proposta.get_stato_display().lower()}."
        f"{f' Risponde a {risponde}.' if risponde else ''}",
        fonte,
        *legati,
    )
    decisione = contesto.voci_pubbliche.get(str(proposta.decisione_id))
    if decisione:
        penna.voce("L'ha approvata un incontro del periodo.", fonti.della_voce(*decisione))
    passi = list(proposta.passi.all())
    if passi:
        fatti = sum(passo.fatto_il is not None for passo in passi)
        penna.voce(f"Passi fatti: {fatti} di {quanti(len(passi), 'passo', 'passi')}.", fonte)
    for esito in proposta.esiti.all():
        evidenza = esito.evidenza
        quando = fonti.giorno_detto(esito.riferimento)
        penna.voce(
            f"Esito: {riga(evidenza.testo)}, da {di_partenza(evidenza)} a **{con_unita(esito.valore, evidenza)}** ({quando}; fonte: {riga(esito.fonte)}).",
            fonti.dell_evidenza(evidenza, pubblica=evidenza.bisogno_id in contesto.pubblici),
        )
    if proposta.esito:
        penna.voce(f"Com'è andata: {frase(proposta.esito)}", fonte)


def _griglia(penna: Penna, contesto: Contesto) -> None:
    """N and P of the needs of each, exactly, as text: fractions do not go into JSON."""
    if contesto.classifica is None:
        return
    valutate = {posto.valutazione.chiave: posto.valutazione for posto in contesto.classifica.posti}
    righe = []
    for proposta in contesto.proposte:
        sue = [valutate[str(b.pk)] for b in proposta.bisogni.all() if str(b.pk) in valutate]
        n, p = piu_alto(v.n for v in sue), piu_alto(v.p for v in sue)
        righe.append(
            {
                "chiave": str(proposta.pk),
                "nome": proposta.titolo,
                "fattibilita": proposta.fattibilita,
                "n": None if n is None else str(n),
                "p": None if p is None else str(p),
            }
        )
    if any(una["n"] and una["fattibilita"] for una in righe):
        penna.figura(
            {"tipo": "griglia", "titolo": "Le proposte: quanto servono, quanto si possono fare", "righe": righe}
        )
