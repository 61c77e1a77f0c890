"""The restitution document of the demo: a draft the enti are asked to comment, with a corrected text and a comment."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import AvvisoRestituzione, GenereSezione, Restituzione
from incontri.servizi.restituzioni.commenti import commenta
from incontri.servizi.restituzioni.compilazione import compila_restituzione
from incontri.servizi.restituzioni.consultazione import chiedi_commenti, da_avvisare
from incontri.servizi.restituzioni.testi import scrivi_sezione
from incontri.servizi.restituzioni.vita import crea_restituzione
from referenti.models import Utente

TITOLO = "Un anno di lavoro del Tavolo: documento di esempio"
AGGIUNTA = "\n\nNei prossimi mesi il Tavolo guarda prima di tutto alla scuola."
COMMENTO = "Nei prossimi passi scriviamo anche chi convoca il prossimo incontro?"


@transaction.atomic
def crea_restituzione_di_esempio(persone: Sequence[Utente]) -> int:
    """Make the sample document of the last twelve months, unless there is one; gives how many. `persone`: coordination first."""
    if Restituzione.objects.filter(esempio=True).exists():
        return 0
    coordina, bollate = persone[:2]
    oggi = timezone.localdate()
    restituzione: Any = crea_restituzione(
        titolo=TITOLO,
        dal=oggi - timedelta(days=365),
        al=oggi,
        autore=coordina,
        esempio=True,
        commenti_entro=oggi + timedelta(days=14),
    )
    compila_restituzione(restituzione, autore=coordina)
    passi = restituzione.sezioni.get(genere=GenereSezione.PASSI)
    scrivi_sezione(passi, testo=passi.testo + AGGIUNTA, versione=str(passi.versione), autore=coordina)
    chiedi_commenti(restituzione, autore=coordina)
    for avviso in da_avvisare(restituzione):  # as if told: the demo writes to nobody
        AvvisoRestituzione.objects.create(
            restituzione=restituzione, ente=avviso.ente, richiesta=restituzione.commenti_chiesti_il
        )
    commenta(passi, testo=COMMENTO, autore=bollate)
    return 1
