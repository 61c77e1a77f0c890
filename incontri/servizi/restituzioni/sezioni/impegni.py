"""The commitments taken at the meetings: kept, under way, late; words only of those everybody reads in the minutes."""

from collections import defaultdict

from incontri.models import Impegno, StatoImpegno
from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.penna import Compilato, Fonte, Penna, frase, quanti, riga
from incontri.stampa.parole import giorno, italiano


def compila(contesto: Contesto) -> Compilato:
    """How many, kept and late one by one, and a line for each ente in the table."""
    penna, impegni = Penna(), contesto.impegni
    if not impegni:
        penna.paragrafo("Nei verbali approvati del periodo non ci sono impegni.")
        return penna.compilato()
    fatti = [uno for uno in impegni if uno.stato == StatoImpegno.FATTO]
    tardi = [uno for uno in impegni if in_ritardo(uno, contesto)]
    penna.paragrafo(
        f"Gli enti hanno preso {quanti(len(impegni), 'impegno', 'impegni')}: mantenuti {len(fatti)}, in ritardo {len(tardi)}."
    )
    for titolo, quali in (("Mantenuti", fatti), ("In ritardo", tardi)):
        leggibili = [uno for uno in quali if str(uno.voce_id) in contesto.voci_pubbliche]
        if leggibili:
            penna.titolo(titolo)
        for uno in leggibili:
            entro = italiano(f", entro il {giorno(uno.scadenza)}") if uno.scadenza else ""
            penna.voce(f"{riga(uno.ente.denominazione)}{entro}: {frase(uno.testo)}", *origine(uno, contesto))
    _per_ente(penna, contesto)
    return penna.compilato()


def in_ritardo(impegno: Impegno, contesto: Contesto) -> bool:
    """Whether it was still to be kept on the day of the document, its deadline past."""
    return impegno.in_piedi and impegno.scadenza is not None and impegno.scadenza < contesto.giorno


def origine(impegno: Impegno, contesto: Contesto) -> list[Fonte]:
    """The entry where it was taken, and its own page."""
    voce = contesto.voci_pubbliche.get(str(impegno.voce_id))
    return [*([fonti.della_voce(*voce)] if voce else []), fonti.dell_impegno(impegno)]


def _per_ente(penna: Penna, contesto: Contesto) -> None:
    per_ente: dict[str, list[Impegno]] = defaultdict(list)
    for uno in contesto.impegni:
        per_ente[uno.ente.denominazione].append(uno)
    righe = [
        [
            ente,
            str(len(suoi)),
            str(sum(uno.stato == StatoImpegno.FATTO for uno in suoi)),
            str(sum(uno.in_piedi and not in_ritardo(uno, contesto) for uno in suoi)),
            str(sum(in_ritardo(uno, contesto) for uno in suoi)),
            str(sum(uno.stato == StatoImpegno.SUPERATO for uno in suoi)),
        ]
        for ente, suoi in sorted(per_ente.items())
    ]
    colonne = [("Ente", 3.4), ("Presi", 1), ("Fatti", 1), ("In corso", 1.1), ("In ritardo", 1.2), ("Superati", 1.1)]
    penna.tabella("Gli impegni, ente per ente", colonne, righe)
