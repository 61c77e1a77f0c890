"""The newsletter of the demo: some subscriptions at example.org, a number that left and a draft."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import IscrizioneNewsletter, NumeroNewsletter, StatoInvio
from incontri.servizi.newsletter.numeri import avvia, candidate, di_solito
from incontri.servizi.newsletter.spedizioni import concludi
from referenti.models import Utente
from tavolo.base.stati import compi

ISCRITTI = ("biblioteca", "scuola", "parrocchia", "associazione")
INTRODUZIONE = "Ecco che cosa è cambiato da quando ci siamo sentiti l'ultima volta. È un numero di esempio."


@transaction.atomic
def crea_newsletter_di_esempio(persone: Sequence[Utente]) -> int:
    """Make two numbers and some subscriptions, unless there are; gives how many numbers. `persone`: coordination first."""
    if NumeroNewsletter.objects.filter(esempio=True).exists():
        return 0
    coordina, oggi, adesso = persone[0], timezone.localdate(), timezone.now()
    for nome in ISCRITTI:
        IscrizioneNewsletter.objects.create(
            email=f"{nome}@example.org", lingua="it", stato="confermata", confermata_il=adesso, risposta_il=adesso
        )
    tutte = candidate(oggi - timedelta(days=365), oggi)
    scelte = di_solito(tutte)
    meta = max(len(scelte) // 2, 1)
    inizio = oggi - timedelta(days=365)
    primo = _numero("Le novità del Tavolo", scelte[-meta:][:8], inizio, oggi, coordina)
    if primo.scelte:
        avvia(primo, autore=coordina)
        # As if they had left: nobody is written to from a demo.
        for invio in primo.invii.filter(stato=StatoInvio.DA_INVIARE):
            compi(invio, "manda", autore=coordina, valori={"mandata_il": adesso})
        concludi(primo)
    _numero("Le novità del Tavolo: bozza", scelte[: len(scelte) - meta][:6], inizio, oggi, coordina)
    return 2


def _numero(titolo, scelte, dal, al, autore) -> NumeroNewsletter:
    numero: Any = NumeroNewsletter(
        titolo=titolo, introduzione=INTRODUZIONE, dal=dal, al=al, scelte=scelte, autore=autore, esempio=True
    )
    numero._history_user = autore
    numero.save()
    return numero
