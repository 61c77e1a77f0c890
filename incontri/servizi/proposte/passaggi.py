"""A proposal from one state to another, with the decision or the words each passage asks for."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import Verbale, Voce
from tavolo.base.stati import PassaggioNonPossibile, compi

# The passages that ask for words, and what they ask.
CON_PAROLE = {"concludi": "Com'è andata", "abbandona": "Perché la si abbandona"}
NON_DECIDE = "Scegli una decisione di un verbale condiviso o approvato: le bozze e i rinvii non approvano niente."


def decisioni(utente: Any) -> Any:
    """The decisions that may approve a proposal: taken, in minutes shared or approved that this person reads."""
    verbali = Verbale.objects.visibili_a(utente).order_by().values("pk")
    righe = Voce.objects.decisioni_valide().filter(punto__incontro__verbale__in=verbali)
    return righe.select_related("punto__incontro").order_by(
        "-punto__incontro__inizio", "punto__ordine", "ordine", "creato"
    )


def porta_avanti(proposta: Any, nome: str, *, autore: Any, parole: str = "", decisione: Voce | None = None) -> None:
    """Bring a proposal through a passage, with its decision (`approva`) or its words (CON_PAROLE).

    Raises PassaggioNonPossibile, with nothing written, if the state does not allow it, if the decision is missing or is none
    of a shared or approved verbale, if the words are missing.
    """
    valori: dict[str, Any] = {}
    if nome in CON_PAROLE:
        valori = {"esito": parole.replace("\r\n", "\n").strip(), "concluso_il": timezone.localdate()}
    elif nome == "riprendi":
        valori = {"esito": "", "concluso_il": None}
    with transaction.atomic():
        if nome == "approva" and decisione is not None:
            if not decisioni(autore).filter(pk=decisione.pk).exists():
                raise PassaggioNonPossibile(NON_DECIDE)
            valori = {"decisione": decisione}
        compi(proposta, nome, autore=autore, valori=valori)
