"""The community and its context: the figures of the territory, each with its source and date."""

from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.penna import Compilato, Penna, quanti, riga
from referenti.models import Comune, Indicatore
from referenti.models.indicatore import Voce


def compila(contesto: Contesto) -> Compilato:
    """The newest figure of each kind for the Ambito in words, and those of the comuni as a table."""
    penna, comuni = Penna(), list(Comune.objects.dell_ambito())
    if comuni:
        nomi = ", ".join(comune.nome for comune in comuni)
        fonte = fonti.pagina("referenti:territorio", "Il territorio in numeri")
        penna.paragrafo(f"L'Ambito è fatto di {quanti(len(comuni), 'comune', 'comuni')}: {nomi}.", fonte)
    ultimi = _ultimi(contesto)
    dell_ambito = [indicatore for (_, dove), indicatore in ultimi.items() if dove is None]
    for indicatore in dell_ambito:
        quando = fonti.giorno_detto(indicatore.riferimento)
        nota = f" {riga(indicatore.nota)}" if indicatore.nota else ""
        detto = f"{indicatore.get_voce_display()}: **{indicatore.valore_testo}** ({quando}).{nota}"
        penna.voce(detto, fonti.dell_indicatore(indicatore))
    _per_comune(penna, comuni, ultimi)
    if not ultimi:
        penna.paragrafo(
            "Nel portale non c'è ancora nessun dato sulla popolazione: quando c'è, ognuno porta la sua fonte e la sua data."
        )
    return penna.compilato()


def _ultimi(contesto: Contesto) -> dict[tuple[str, object], Indicatore]:
    """The newest figure of each kind and place, none newer than the period."""
    fine = contesto.al.isoformat()
    trovati: dict[tuple[str, object], Indicatore] = {}
    for indicatore in Indicatore.objects.del_territorio():
        if indicatore.riferimento <= fine:
            trovati.setdefault((indicatore.voce, indicatore.comune_id), indicatore)
    return trovati


def _per_comune(penna: Penna, comuni: list[Comune], ultimi: dict[tuple[str, object], Indicatore]) -> None:
    voci = [voce for voce in Voce if any((voce.value, comune.pk) in ultimi for comune in comuni)]
    if not voci:
        return
    righe = []
    citate = []
    for comune in comuni:
        trovati = [ultimi.get((voce.value, comune.pk)) for voce in voci]
        citate += [fonti.dell_indicatore(trovato) for trovato in trovati if trovato]
        righe.append([comune.nome, *(trovato.valore_testo if trovato else "–" for trovato in trovati)])
    # One mark for each source and date, not one for each cell.
    uniche = {fonte.nome.partition(":")[0]: fonte for fonte in reversed(citate)}
    penna.paragrafo("Comune per comune i numeri sono nella tabella.", *reversed(uniche.values()))
    penna.tabella("I numeri, comune per comune", [("Comune", 2.2), *((str(voce.label), 1.6) for voce in voci)], righe)
