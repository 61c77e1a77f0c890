"""What the Tavolo decided on a request to join: the entry of the minutes that says so, and refusing on its strength.

A decision counts from when the enti can read it, in minutes shared with them. To wait for their approval would leave who
asked without an answer until the meeting after; but what an ente has observed on that point must have been decided first.
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from incontri.models import DiscussioneAdesione, EsitoDecisione, StatoVerbale, TipoVoce, Voce
from referenti.models import GenereAvviso, RichiestaAdesione, StatoAdesione
from referenti.servizi.adesioni import accoda
from tavolo.base.stati import PassaggioNonPossibile, compi

LETTI = (StatoVerbale.CONDIVISO, StatoVerbale.APPROVATO, StatoVerbale.PUBBLICATO)


class DecisioneMancante(PassaggioNonPossibile):
    """No meeting has decided on the request, or not in minutes the enti read; the message says what to do."""


def decisioni_possibili(richiesta: RichiestaAdesione) -> QuerySet:
    """The decisions of the meetings that had the request on their agenda, of its point first; a postponement is none."""
    incontri = DiscussioneAdesione.objects.filter(richiesta=richiesta).values("punto__incontro")
    punti = DiscussioneAdesione.objects.filter(richiesta=richiesta).values("punto")
    voci = Voce.objects.filter(
        tipo=TipoVoce.DECISIONE, punto__incontro__in=incontri, punto__incontro__verbale__stato__in=LETTI
    ).exclude(esito=EsitoDecisione.RINVIO)
    sue = voci.filter(punto__in=punti)
    # Where its point has decisions they are the ones; else one may have been written under another.
    trovate = sue if sue.exists() else voci
    return trovate.select_related("punto__incontro").order_by("-punto__incontro__inizio", "punto__ordine", "ordine")


def impedimento(richiesta: RichiestaAdesione) -> str:
    """Why the request cannot be decided now, and what to do; empty if it can."""
    if richiesta.stato != StatoAdesione.IN_DISCUSSIONE:
        return "Decide il Tavolo: prima metti la richiesta all'ordine del giorno di un incontro."
    discussione = richiesta.discussione
    if discussione is None:
        return "Il suo punto è stato tolto dall'ordine del giorno: mettila di nuovo in un incontro."
    if decisioni_possibili(richiesta).exists():
        return _osservazioni(richiesta)
    incontro = discussione.punto.incontro
    if incontro.annullato:
        return f"L'incontro «{incontro}» è annullato: mettila all'ordine del giorno di un altro."
    verbale = getattr(incontro, "verbale", None)
    if verbale is None and not incontro.si_verbalizza:
        return f"Il Tavolo ne parla nell'incontro «{incontro.con_data}»: la decisione si registra dopo."
    if verbale is None:
        return (
            f"L'incontro «{incontro}» non ha ancora il verbale: la decisione si scrive lì, come voce di tipo decisione."
        )
    if verbale.stato == StatoVerbale.BOZZA:
        return f"Il verbale di «{incontro}» è ancora una bozza: quando è condiviso con gli enti puoi registrare la decisione."
    return (
        f"Nel verbale di «{incontro}» non c'è una decisione su questa richiesta (o è stata rinviata): mettila all'ordine del "
        "giorno di un altro incontro."
    )


def _osservazioni(richiesta: RichiestaAdesione) -> str:
    for discussione in DiscussioneAdesione.objects.filter(richiesta=richiesta).select_related("punto__incontro"):
        if discussione.punto.osservazioni.aperte().exists():
            incontro = discussione.punto.incontro
            return f"Nel verbale di «{incontro}» c'è un'osservazione su questo punto ancora da decidere: prima va decisa quella."
    return ""


def registra_decisione(richiesta: RichiestaAdesione, decisione: Voce, *, autore: Any) -> None:
    """Write on its discussion which entry decided; the caller holds the transaction and changes the state after.

    Raises DecisioneMancante if the entry is not one of `decisioni_possibili`, or something stands against.
    """
    if motivo := impedimento(richiesta):
        raise DecisioneMancante(motivo)
    if not decisioni_possibili(richiesta).filter(pk=decisione.pk).exists():
        raise DecisioneMancante("Scegli la decisione del verbale che riguarda questa richiesta.")
    righe = DiscussioneAdesione.objects.select_for_update(of=("self",)).select_related("punto")
    discussione: Any = righe.filter(richiesta=richiesta, punto__incontro=decisione.punto.incontro_id).first()
    discussione.decisione = decisione
    discussione._history_user = autore
    discussione.full_clean()
    discussione.save()


def respingi(richiesta: RichiestaAdesione, *, decisione: Voce, motivo: str, autore: Any, base: str) -> None:
    """Refuse on the strength of that decision, with a reason who asked reads. Done already, changes nothing.

    Raises DecisioneMancante, or PassaggioNonPossibile if it is over otherwise or there is no reason; nothing is written.
    """
    with transaction.atomic():
        richiesta.refresh_from_db(from_queryset=RichiestaAdesione.objects.select_for_update())
        if richiesta.stato == StatoAdesione.RESPINTA:
            return
        if impossibile := richiesta.impedimento(richiesta.passaggio("respingi")):
            raise PassaggioNonPossibile(impossibile)
        registra_decisione(richiesta, decisione, autore=autore)
        valori = {"motivo": motivo.strip(), "chiusa_il": timezone.now()}
        compi(richiesta, "respingi", autore=autore, valori=valori)
        accoda(richiesta, GenereAvviso.RESPINTA, base=base, autore=autore)
