"""Sending instances to an ente or one of its units, answering them, bringing the answer to a meeting."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incontri.models import Incontro, Istanza, MessaggioIstanza, StatoIstanza, TipoVoce, Voce
from incontri.servizi.allegati import allega
from incontri.servizi.avvisi_istanze import avvisa_del_messaggio, avvisa_dell_istanza
from incontri.servizi.modifiche import apri_per_modifica
from referenti.models import Ente
from tavolo.base.stati import PassaggioNonPossibile, compi


class IstanzaNonPossibile(Exception):
    """It cannot be done; the message tells the person why."""


def invia_istanza(
    *,
    oggetto: str,
    testo: str,
    destinatario: Ente,
    mittente: Ente | None = None,
    scadenza: date | None = None,
    voce: Voce | None = None,
    autore: Any,
    chiave: UUID | None = None,
    file: Iterable[Any] = (),
) -> Istanza:
    """A new instance, whose mails leave once it is saved; without `mittente` it comes from the Tavolo.

    `chiave` makes a form sent twice one instance: the second time the first is given back. Raises IstanzaNonPossibile if
    the entry has one already, or is of another kind; FileRifiutato, with nothing saved, for a file that is refused.
    """
    with transaction.atomic():
        if chiave and (gia := Istanza.objects.filter(pk=chiave, autore=autore).first()):
            return gia
        if voce is not None:
            # Held: of two people who send the instance of one entry the second finds the first's.
            voce = Voce.objects.select_for_update().get(pk=voce.pk)
            if voce.tipo != TipoVoce.ISTANZA:
                raise IstanzaNonPossibile("La voce del verbale non è più un'istanza.")
            if Istanza.objects.filter(voce=voce).exists():
                raise IstanzaNonPossibile("L'istanza di questa voce del verbale è già stata inviata.")
        istanza: Any = Istanza(
            oggetto=oggetto,
            testo=testo,
            destinatario=destinatario,
            mittente=mittente,
            scadenza=scadenza,
            voce=voce,
            autore=autore,
        )
        if chiave and not Istanza.objects.filter(pk=chiave).exists():
            istanza.pk = chiave
        try:
            istanza.full_clean(validate_unique=False)
            istanza._history_user = autore
            with transaction.atomic():
                istanza.save(force_insert=True)
        except ValidationError as errore:
            raise IstanzaNonPossibile(" ".join(errore.messages)) from errore
        except IntegrityError as errore:
            raise IstanzaNonPossibile("Questa istanza è già stata inviata.") from errore
        for uno in file:
            allega(uno, istanza=istanza, autore=autore)
        transaction.on_commit(partial(avvisa_dell_istanza, istanza.pk), robust=True)
    return istanza


def prendi_in_carico(istanza: Istanza, *, autore: Any) -> None:
    """Say that the recipient is at work on it; raises PassaggioNonPossibile if it is not new any more."""
    compi(istanza, "prendi-in-carico", autore=autore)


def scrivi_messaggio(
    istanza: Istanza, *, testo: str, autore: Any, chiave: UUID | None = None, file: Iterable[Any] = ()
) -> MessaggioIstanza:
    """A message that changes no state: a question, a clarification. Raises PassaggioNonPossibile on a closed instance."""
    with transaction.atomic():
        istanza.refresh_from_db(from_queryset=Istanza.objects.select_for_update())
        if gia := _gia_scritto(istanza, chiave, autore):
            return gia
        if istanza.stato == StatoIstanza.CHIUSA:
            raise PassaggioNonPossibile("L'istanza è chiusa: per scrivere ancora, prima va riaperta.")
        return _messaggio(istanza, testo, autore, chiave, file, risposta=False)


def rispondi(
    istanza: Istanza, *, testo: str, autore: Any, chiave: UUID | None = None, file: Iterable[Any] = ()
) -> MessaggioIstanza:
    """The answer: the message, the state and when, together. It waits for the next meeting; an earlier answer stays
    with the meeting that discussed it. Raises PassaggioNonPossibile, with nothing written, if it has an answer already or is closed.
    """
    with transaction.atomic():
        # Held until the end: the same answer sent twice is one, two different ones meet the state.
        Istanza.objects.select_for_update().get(pk=istanza.pk)
        if gia := _gia_scritto(istanza, chiave, autore):
            return gia
        compi(istanza, "rispondi", autore=autore, valori={"risposta_il": timezone.now()})
        return _messaggio(istanza, testo, autore, chiave, file, risposta=True)


def chiudi(istanza: Istanza, *, autore: Any) -> None:
    """Close it, answered or not; raises PassaggioNonPossibile if it is closed already."""
    compi(istanza, "chiudi", autore=autore)


def riapri(istanza: Istanza, *, autore: Any) -> None:
    """Ask again: the recipient is at work on it anew. Raises PassaggioNonPossibile if it is open."""
    compi(istanza, "riapri", autore=autore)


def segna_discussa(istanza: Istanza, *, incontro: Incontro, autore: Any) -> None:
    """Say that this meeting discussed the answer.

    Raises IstanzaNonPossibile if there is no answer still to discuss, NonModificabile if the meeting stands still.
    """
    with transaction.atomic():
        apri_per_modifica(incontro)
        istanza.refresh_from_db(from_queryset=Istanza.objects.select_for_update())
        if not Istanza.objects.da_discutere().filter(pk=istanza.pk).exists():
            if istanza.messaggi.filter(discussa_in=incontro).exists():
                return
            raise IstanzaNonPossibile("Questa istanza non ha una risposta da discutere.")
        _discusse(istanza.messaggi.filter(risposta=True, discussa_in__isnull=True), incontro, autore)


def togli_discussa(istanza: Istanza, *, incontro: Incontro, autore: Any) -> None:
    """Take back that this meeting discussed the answer; raises NonModificabile if the meeting stands still."""
    with transaction.atomic():
        apri_per_modifica(incontro)
        istanza.refresh_from_db(from_queryset=Istanza.objects.select_for_update())
        _discusse(istanza.messaggi.filter(discussa_in=incontro), None, autore)


def _discusse(risposte: Iterable[Any], incontro: Incontro | None, autore: Any) -> None:
    for risposta in risposte:
        risposta.discussa_in = incontro
        risposta._history_user = autore
        risposta.save()


def _gia_scritto(istanza: Istanza, chiave: UUID | None, autore: Any) -> MessaggioIstanza | None:
    return MessaggioIstanza.objects.filter(pk=chiave, istanza=istanza, autore=autore).first() if chiave else None


def _messaggio(
    istanza: Istanza, testo: str, autore: Any, chiave: UUID | None, file: Iterable[Any], *, risposta: bool
) -> MessaggioIstanza:
    messaggio: Any = MessaggioIstanza(
        istanza=istanza, ente=autore.ente, nome=str(autore), testo=testo, risposta=risposta, autore=autore
    )
    if chiave and not MessaggioIstanza.objects.filter(pk=chiave).exists():
        messaggio.pk = chiave
    messaggio._history_user = autore
    messaggio.save(force_insert=True)
    for uno in file:
        allega(uno, istanza=istanza, autore=autore)
    transaction.on_commit(partial(avvisa_del_messaggio, messaggio.pk), robust=True)
    return messaggio
