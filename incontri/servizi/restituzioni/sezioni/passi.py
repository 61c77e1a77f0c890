"""What comes next: commitments still to be kept, steps of proposals, coverage to find out, meetings already on the calendar."""

from incontri.models import Incontro, StatoIncontro
from incontri.priorita.graduatoria import Parte
from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.penna import Compilato, Penna, frase, quanti, riga
from incontri.servizi.restituzioni.sezioni.impegni import in_ritardo, origine
from incontri.stampa.parole import giorno, italiano


def compila(contesto: Contesto) -> Compilato:
    """One line for each thing to do that everybody may read of."""
    penna, vuota = Penna(), True
    for righe in (_impegni(contesto), _proposte(contesto), _copertura(contesto), _incontri(contesto)):
        for testo, citate in righe:
            penna.voce(testo, *citate)
            vuota = False
    if vuota:
        penna.paragrafo(
            "Non ci sono ancora passi scritti: né impegni aperti, né proposte in corso, né incontri fissati."
        )
    return penna.compilato()


def _impegni(contesto):
    for uno in contesto.impegni:
        if uno.in_piedi and not in_ritardo(uno, contesto) and str(uno.voce_id) in contesto.voci_pubbliche:
            entro = italiano(f", entro il {giorno(uno.scadenza)}") if uno.scadenza else ""
            yield f"{riga(uno.ente.denominazione)}{entro}: {frase(uno.testo)}", origine(uno, contesto)


def _proposte(contesto):
    for proposta in contesto.proposte:
        for passo in proposta.passi.all():
            if proposta.viva and passo.fatto_il is None:
                quando = _quando(passo, contesto)
                yield f"«{riga(proposta.titolo)}»{quando}: {frase(passo.testo)}", [fonti.della_proposta(proposta)]


def _quando(passo, contesto):
    """By when; of a step that is late, that it is: the reader must not take a missed day for a promise."""
    if passo.entro is None:
        return ""
    if passo.entro < contesto.giorno:
        return italiano(f", in ritardo (era entro il {giorno(passo.entro)})")
    return italiano(f" entro il {giorno(passo.entro)}")


def _copertura(contesto):
    if contesto.classifica is None:
        return
    da_rilevare = [p for p in contesto.classifica.posti if p.valutazione.parte == Parte.DA_RILEVARE]
    if da_rilevare:
        detto = quanti(len(da_rilevare), "bisogno", "bisogni")
        yield (
            f"Rilevare la copertura di {detto}, per poterne calcolare la priorità.",
            [fonti.della_rilevazione(contesto.classifica.rilevazione)],
        )


def _incontri(contesto):
    righe = Incontro.objects.filter(inizio__date__gt=contesto.giorno, pubblico=True).exclude(
        stato=StatoIncontro.ANNULLATO
    )
    for incontro in righe.order_by("inizio", "uuid"):
        quando = giorno(incontro.giorno)
        yield (
            f"**{quando}**: {riga(incontro.titolo)}.",
            [fonti.pagina("archivio:incontro-list", "Gli incontri del Tavolo")],
        )
