"""Opening and closing the turns of a round, and publishing what came of it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import BisognoInRilevazione, Rilevazione, StatoRilevazione
from incontri.priorita.dati import PESI
from incontri.servizi.rilevazioni.risultati import calcola
from tavolo.base.stati import PassaggioNonPossibile, compi

# The passages that ask by when one votes.
CHE_APRONO = ("apri", "apri-secondo")


def passa(rilevazione: Rilevazione, nome: str, *, autore: Any, entro: date | None = None) -> None:
    """Bring the round through the passage `nome`; those that open a turn take the last day to vote.

    Opening keeps the weights of the formulas with the round; closing keeps its results. Raises PassaggioNonPossibile, with
    nothing written, as `compi` does.
    """
    with transaction.atomic():
        # Held from here: no vote is saved between the counting and the closing.
        adesso: Any = Rilevazione.objects.select_for_update().get(pk=rilevazione.pk)
        if nome in CHE_APRONO and entro is not None and adesso.stato in adesso.passaggio(nome).da:
            adesso.entro = entro
            adesso._history_user = autore
            adesso.save()
        compi(rilevazione, nome, autore=autore, valori=_valori(adesso, nome))


def _valori(rilevazione: Rilevazione, nome: str) -> dict[str, Any]:
    ora = timezone.now()
    if nome == "apri":
        return {"aperta_il": ora, "pesi": PESI.come_dati()}
    if nome == "chiudi" and rilevazione.stato in rilevazione.passaggio(nome).da:
        return {"chiusa_il": ora, "risultati": calcola(rilevazione, fino_al_turno=rilevazione.turno)}
    return {"pubblicata_il": ora} if nome == "pubblica" else {}


def metti_in_fila(rilevazione: Rilevazione, bisogni: Any) -> None:
    """Make the needs of a round in preparation those given, in that order; raises PassaggioNonPossibile once it is open."""
    with transaction.atomic():
        adesso = Rilevazione.objects.select_for_update().get(pk=rilevazione.pk)
        if adesso.stato != StatoRilevazione.BOZZA:
            raise PassaggioNonPossibile("La votazione è aperta: i bisogni da valutare non si cambiano più.")
        voluti = {bisogno.pk: numero for numero, bisogno in enumerate(bisogni)}
        for riga in adesso.in_ordine.exclude(bisogno__in=voluti):
            riga.delete()
        for chiave, numero in voluti.items():
            BisognoInRilevazione.objects.update_or_create(
                rilevazione=adesso, bisogno_id=chiave, defaults={"ordine": numero}
            )
