"""What a meeting makes of the ranking: a decision in its minutes, and the needs that come first."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from incontri.models import Bisogno, PuntoOdg, Rilevazione, StatoBisogno, StatoRilevazione, StatoVerbale, TipoVoce, Voce
from incontri.servizi.verbali import salva_voci
from tavolo.base.concorrenza import Riga
from tavolo.base.stati import PassaggioNonPossibile, compi


def punti_in_cui_decidere() -> Any:
    """The points of the agenda whose minutes are being written, the newest meeting first."""
    righe = PuntoOdg.objects.filter(incontro__verbale__stato=StatoVerbale.BOZZA)
    return righe.select_related("incontro").order_by("-incontro__inizio", "ordine")


def decisioni_possibili() -> Any:
    """The decisions of minutes, the newest first: one of them may be the one that approved the ranking."""
    righe = Voce.objects.filter(tipo=TipoVoce.DECISIONE).exclude(punto__incontro__verbale__stato=StatoVerbale.BOZZA)
    return righe.select_related("punto__incontro__verbale").order_by("-punto__incontro__inizio", "ordine")


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
    """Link a decision that is in the minutes already; raises PassaggioNonPossibile if the round is not closed."""
    with transaction.atomic():
        _collega(_da_decidere(rilevazione), voce, autore)


def metti_in_priorita(bisogni: Iterable[Bisogno], *, autore: Any) -> list[Bisogno]:
    """Make the needs "prioritario", as the decision says; gives those that were not already further on."""
    with transaction.atomic():
        mossi = []
        for bisogno in bisogni:
            if bisogno.stato in (StatoBisogno.PROPOSTO, StatoBisogno.IN_ANALISI):
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
