"""What a meeting makes of the ranking: a decision in its minutes, and the needs that come first."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from incontri.models import Bisogno, PuntoOdg, Rilevazione, StatoBisogno, StatoRilevazione, StatoVerbale, TipoVoce, Voce
from incontri.servizi.verbali import salva_voci
from tavolo.base.concorrenza import Riga
from tavolo.base.stati import PassaggioNonPossibile, compi

PRIMA_DELLA_PRIORITA = (StatoBisogno.PROPOSTO, StatoBisogno.IN_ANALISI)


def punti_in_cui_decidere() -> Any:
    """The points of the agenda whose minutes are being written, the newest meeting first."""
    righe = PuntoOdg.objects.filter(incontro__verbale__stato=StatoVerbale.BOZZA)
    return righe.select_related("incontro").order_by("-incontro__inizio", "ordine")


def decisioni_possibili() -> Any:
    """The decisions that hold, the newest first: one of them may be the one that approved the ranking."""
    righe = Voce.objects.decisioni_valide().select_related("punto__incontro__verbale")
    return righe.order_by("-punto__incontro__inizio", "ordine")


def testo_della_decisione(rilevazione: Rilevazione) -> str:
    """The words of the decision, with the needs as they stand in the ranking."""
    righe = [riga for riga in rilevazione.risultati.get("righe", []) if riga["posto"] is not None]
    elenco = "\n".join(f"{numero}. {riga['nome']}" for numero, riga in enumerate(righe, start=1))
    return f"Il Tavolo approva la graduatoria della rilevazione «{rilevazione.titolo}»:\n\n{elenco}"


def porta_in_verbale(rilevazione: Rilevazione, punto: PuntoOdg, *, testo: str, autore: Any) -> Voce:
    """Write the decision in the minutes of the point and link it to the round, together.

    Raises PassaggioNonPossibile if the round is not closed or has a decision already, NonModificabile as `salva_voci`.
    """
    with transaction.atomic():
        adesso = _da_decidere(rilevazione)
        valori = {"tipo": TipoVoce.DECISIONE, "testo": testo, "pubblica": True}
        voce = salva_voci(punto, [Riga(chiave="decisione", valori=valori)], autore=autore)["decisione"]
        _collega(adesso, voce, autore)
    return voce


def collega_decisione(rilevazione: Rilevazione, voce: Voce, *, autore: Any) -> None:
    """Link a decision that is in the minutes already.

    Raises PassaggioNonPossibile if the round is not closed, or the decision is none of `decisioni_possibili`.
    """
    with transaction.atomic():
        adesso = _da_decidere(rilevazione)
        if not decisioni_possibili().filter(pk=voce.pk).exists():
            raise PassaggioNonPossibile("Questa decisione non vale: è rinviata, o il suo verbale è ancora in bozza.")
        _collega(adesso, voce, autore)


def da_mettere_in_priorita(rilevazione: Rilevazione) -> QuerySet[Bisogno]:
    """The needs the round scored that are not "prioritario" yet, nor further on."""
    scorsi = [riga["bisogno"] for riga in rilevazione.risultati.get("righe", [])]
    return Bisogno.objects.veri().filter(pk__in=scorsi, stato__in=PRIMA_DELLA_PRIORITA)


def metti_in_priorita(rilevazione: Rilevazione, bisogni: Iterable[Bisogno], *, autore: Any) -> list[Bisogno]:
    """Make the needs "prioritario", as the decision says; gives those that were not already further on.

    Raises PassaggioNonPossibile, with nothing written, while the ranking is not approved.
    """
    with transaction.atomic():
        adesso = Rilevazione.objects.select_for_update().get(pk=rilevazione.pk)
        if contro := adesso.contro_la_decisione:
            raise PassaggioNonPossibile(contro)
        mossi = []
        for bisogno in da_mettere_in_priorita(adesso).filter(pk__in=[uno.pk for uno in bisogni]):
            if bisogno.stato == StatoBisogno.PROPOSTO:
                compi(bisogno, "analizza", autore=autore)
            compi(bisogno, "dai-priorita", autore=autore)
            mossi.append(bisogno)
    return mossi


def _da_decidere(rilevazione: Rilevazione) -> Rilevazione:
    adesso = Rilevazione.objects.select_for_update().get(pk=rilevazione.pk)
    if adesso.stato != StatoRilevazione.CHIUSA:
        raise PassaggioNonPossibile("La graduatoria si porta in verbale quando la rilevazione è chiusa.")
    return adesso


def _collega(rilevazione: Any, voce: Voce, autore: Any) -> None:
    rilevazione.decisione = voce
    rilevazione._history_user = autore
    rilevazione.save()
