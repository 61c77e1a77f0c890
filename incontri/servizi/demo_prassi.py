"""The sample good practices of the demo: a draft to complete, one to review, two published, one of these taken up elsewhere.

All of it goes through the services people use, and says of itself that it is an example.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from incontri.models import Adozione, Bisogno, BuonaPrassi, Tema
from incontri.servizi.prassi.revisione import porta_avanti
from referenti.models import Comune, Utente

SLUG = "esempio-"
A_CHI = "L'ufficio servizi sociali del comune (esempio)."
SERA: dict[str, Any] = {
    "slug": "esempio-sportello-di-sera",
    "titolo": "Lo sportello apre anche una sera la settimana",
    "in_breve": "Una sera la settimana lo sportello risponde a chi di giorno lavora.",
    "contesto": "È un esempio. Chi lavora fino alle sei non arriva in orario, e manda un figlio al suo posto.",
    "azione": "Il giovedì lo sportello apre dalle 18 alle 20.\n\nSi entra senza appuntamento; il primo giovedì del mese c'è una mediatrice.",
    "con_chi": "La biblioteca, che presta la sala; la cooperativa che fa mediazione.",
    "risultati": "Numeri di esempio: in sei mesi 180 persone, una su tre non era mai venuta.",
    "condizioni": "Due ore di una persona la settimana, una sala aperta la sera, un avviso nelle lingue di chi abita lì.",
    "contatti": A_CHI,
    "dal": "2025-03",
}
SCUOLA: dict[str, Any] = {
    "slug": "esempio-avvisi-con-i-disegni",
    "titolo": "Gli avvisi della scuola con i disegni",
    "in_breve": "Sei avvisi che tornano ogni anno, in parole semplici e con un disegno accanto.",
    "contesto": "È un esempio. Gli avvisi lunghi tornano indietro senza firma.",
    "azione": "Si scelgono gli avvisi che tornano ogni anno e si riscrivono in dieci righe, con un disegno per ogni cosa da portare.",
    "con_chi": "Tre scuole, due mediatrici, un gruppo di genitori che li prova.",
    "risultati": "Numeri di esempio: le autorizzazioni firmate in tempo passano da 6 su 10 a 9 su 10.",
    "condizioni": "Un pomeriggio per avviso; va rifatto quando cambia il modulo.",
    "contatti": A_CHI,
    "dal": "2024",
    "collegamenti": "https://example.org/avvisi-con-i-disegni",
}
ACCOMPAGNA: dict[str, Any] = {
    "slug": "esempio-chi-e-gia-passato",
    "titolo": "Ti accompagna chi ci è già passato",
    "in_breve": "Chi ha già fatto una pratica accompagna chi la fa per la prima volta.",
    "contesto": "È un esempio. La prima volta agli uffici ci si perde.",
    "azione": "Un gruppo di volontari con un turno; si incontrano davanti all'ufficio.",
    "risultati": "Numeri di esempio: 40 accompagnamenti in tre mesi.",
    "contatti": A_CHI,
}
CORSO: dict[str, Any] = {
    "slug": "esempio-italiano-con-i-bambini",
    "titolo": "Il corso di italiano dove si portano i bambini",
    "in_breve": "Mentre le madri studiano, nella stanza accanto qualcuno gioca con i figli.",
    "contesto": "È un esempio. Chi ha figli piccoli non si iscrive, o smette dopo un mese.",
}
MANCA = "Racconta che cosa si fa, chi sta con i bambini, e che cosa è cambiato da quando c'è."


@transaction.atomic
def crea_prassi_di_esempio(persone: Sequence[Utente]) -> int:
    """Make the sample good practices unless there are any; gives how many. `persone`: coordination, Bollate, Senago first.

    Raises Comune.DoesNotExist if the territory's data were not loaded.
    """
    coordina, bollate, senago = persone[:3]
    if BuonaPrassi.objects.filter(slug__startswith=SLUG).exists():
        return 0
    di_bollate, di_senago = Comune.objects.get(slug="bollate"), Comune.objects.get(slug="senago")
    sera = _racconta(SERA, bollate, di_bollate, "esempio-orari-e-lavoro", "esempio-quale-sportello")
    scuola = _racconta(SCUOLA, senago, di_senago, "esempio-avvisi-della-scuola", "esempio-figli-interpreti")
    accompagna = _racconta(ACCOMPAGNA, bollate, di_bollate, "esempio-quale-sportello")
    corso = _racconta(CORSO, senago, di_senago)
    for prassi, autore in ((sera, bollate), (scuola, senago), (accompagna, bollate)):
        porta_avanti(prassi, "proponi", autore=autore)
    for prassi in (sera, scuola):
        porta_avanti(prassi, "pubblica", autore=coordina)
    corso.azione = corso.risultati = "Da scrivere."
    _salva(corso, senago)
    porta_avanti(corso, "proponi", autore=senago)
    porta_avanti(corso, "rimanda", autore=coordina, parole=MANCA)
    adozione = Adozione(
        prassi=sera,
        comune=di_senago,
        dal="2026-01",
        nota="Da noi il mercoledì, e con una mediatrice ogni volta (esempio).",
        autore=senago,
    )
    adozione.full_clean()
    _salva(adozione, senago)
    return BuonaPrassi.objects.filter(slug__startswith=SLUG).count()


def _racconta(valori: dict[str, Any], autore: Utente, comune: Comune, *bisogni: str) -> BuonaPrassi:
    prassi = BuonaPrassi(**valori, ente=autore.ente, autore=autore, esempio=True)
    prassi.full_clean()
    _salva(prassi, autore)
    prassi.comuni.set([comune])
    suoi = Bisogno.objects.filter(slug__in=bisogni)
    prassi.bisogni.set(suoi)
    prassi.temi.set(Tema.objects.filter(pk__in=suoi.order_by().values("tema")))
    return prassi


def _salva(riga: Any, autore: Utente) -> None:
    riga._history_user = autore
    riga.save()
