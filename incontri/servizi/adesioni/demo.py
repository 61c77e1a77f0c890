"""The requests to join of the demo: one that waits, one on the agenda of the next meeting."""

from typing import Any

from django.utils import timezone

from incontri.models import Incontro
from incontri.servizi.adesioni.discussioni import metti_all_ordine_del_giorno
from referenti.models import Comune, RichiestaAdesione, TipoEnte, Utente
from referenti.servizi.adesioni import conferma, ricevi

ESEMPIO = "È una richiesta di esempio: serve a mostrare il portale."
RICHIESTE: tuple[dict[str, str], ...] = (
    {
        "denominazione": "Associazione di esempio Parole Aperte",
        "tipo": TipoEnte.ASSOCIAZIONE,
        "sito_web": "https://parole-aperte.example.org",
        "che_cosa_fa": "Conversazione in italiano per donne, il mattino, con chi guarda i bambini.",
        "perche": f"{ESEMPIO}\n\nVogliamo sapere chi altro insegna l'italiano e non fare gli stessi orari.",
        "email": "parole-aperte@example.org",
    },
    {
        "denominazione": "Istituto di esempio Primo Maggio",
        "tipo": TipoEnte.SCUOLA,
        "che_cosa_fa": "Scuola primaria e secondaria di primo grado.",
        "perche": f"{ESEMPIO}\n\nOgni anno arrivano bambine e bambini a metà anno: cerchiamo con chi accoglierli.",
        "email": "primo-maggio@example.org",
    },
)


def crea_adesioni_di_esempio(coordina: Utente, prossimo: Incontro) -> None:
    """Both confirmed, the second to be discussed in the meeting `prossimo`; no mail leaves."""
    comuni = list(Comune.objects.dell_ambito()[:2])
    fatte: list[Any] = []
    for dati in RICHIESTE:
        richiesta = RichiestaAdesione(nome="Persona", cognome="di esempio", ruolo="Presidente", lingua="it", **dati)
        fatte.append(ricevi(richiesta, comuni=comuni, base=""))
        conferma(fatte[-1], base="")
    metti_all_ordine_del_giorno(fatte[-1], prossimo, autore=coordina, base="")
    for richiesta in fatte:
        # Before the commit that would send them: the demo writes to nobody.
        for avviso in richiesta.avvisi.all():
            avviso.mandato_il = timezone.now()
            avviso.save()
