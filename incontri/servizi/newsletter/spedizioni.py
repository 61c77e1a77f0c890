"""Sending a number, one mail at a time, so that a kill or a mail server that fails neither loses nor repeats any.

Each mail is a row taken by its passage in the transaction that sends it: a mail that does not leave takes the passage back,
and of two senders at once the second finds the row sent. A run killed after the mail left and before the commit repeats
that one mail. To be called outside any transaction.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from incontri.models import InvioNewsletter, NumeroNewsletter, StatoInvio, StatoIscrizione, StatoNumero
from incontri.servizi.newsletter.link import indirizzo_disdetta
from incontri.servizi.newsletter.numeri import lettera, voci
from tavolo.base import posta
from tavolo.base.indirizzi import portale
from tavolo.base.stati import PassaggioNonPossibile, compi

# An address that is refused says nothing of the others; a server that does not answer would make each wait.
DI_UNO_SOLO = (SMTPRecipientsRefused, SMTPDataError, ValueError)


@dataclass(frozen=True)
class Esito:
    """What became of a mail: `errore` says why it did not leave; `ferma` that the others wait for the next run."""

    errore: str = ""
    ferma: bool = False


def spedisci(numero: NumeroNewsletter, *, base: str = "", limite: int | None = None) -> Iterator[Esito]:
    """Send the mails of a number still to leave, at most `limite`, slowly (`NEWSLETTER_AL_MINUTO`); then end it."""
    base = base or portale()
    righe = voci(numero)
    da_inviare = numero.invii.filter(stato=StatoInvio.DA_INVIARE).order_by("creato", "pk")
    collegamento = get_connection()
    for posto, pk in enumerate(list(da_inviare.values_list("pk", flat=True)[:limite])):
        if posto and settings.NEWSLETTER_AL_MINUTO > 0:
            time.sleep(60 / settings.NEWSLETTER_AL_MINUTO)
        esito = _una(pk, numero, righe, base, collegamento)
        if esito is not None:
            yield esito
            if esito.ferma:
                break
    collegamento.close()
    concludi(numero)


def da_spedire() -> list[NumeroNewsletter]:
    """The numbers with mails to leave, or to be ended, the oldest first."""
    in_corso = NumeroNewsletter.objects.filter(stato=StatoNumero.IN_INVIO)
    riprovati = NumeroNewsletter.objects.filter(invii__stato=StatoInvio.DA_INVIARE)
    return list((in_corso | riprovati).distinct().order_by("avviato_il"))


def concludi(numero: NumeroNewsletter) -> None:
    """End a number whose mails have all left or failed; otherwise it stays as it is."""
    try:
        compi(numero, "concludi", autore=None, valori={"inviato_il": timezone.now()})
    except PassaggioNonPossibile:
        return


def messaggio(numero: NumeroNewsletter, iscrizione: Any, *, base: str, righe: Any = None) -> EmailMultiAlternatives:
    """The mail for a subscription, that unsubscribes with one click (RFC 8058)."""
    disdetta = base + indirizzo_disdetta(iscrizione)
    parole = lettera(numero, base=base, disdetta=disdetta, lingua=iscrizione.lingua, righe=righe)
    intestazioni = {"List-Unsubscribe": f"<{disdetta}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(parole.oggetto, parole.testo, None, [iscrizione.email], headers=intestazioni)
    mail.attach_alternative(parole.html, "text/html")
    return mail


def manda_prova(numero: NumeroNewsletter, *, email: str, base: str) -> str:
    """Send the number to who writes it; gives why it did not leave, empty if it did. Its link unsubscribes nobody."""
    parole = lettera(numero, base=base, disdetta=f"{base}/newsletter/")
    mail = EmailMultiAlternatives(posta.oggetto(f"prova, {numero.titolo}"), parole.testo, None, [email])
    mail.attach_alternative(parole.html, "text/html")
    try:
        mail.send()
    except posta.NON_PARTITA as errore:
        return posta.perche(errore)
    return ""


def _una(pk: Any, numero: NumeroNewsletter, righe: Any, base: str, collegamento: Any) -> Esito | None:
    invio = InvioNewsletter.objects.select_related("iscrizione").get(pk=pk)
    try:
        with transaction.atomic():
            compi(invio, "manda", autore=None, valori={"mandata_il": timezone.now(), "errore": ""})
            iscrizione = type(invio.iscrizione).objects.select_for_update().get(pk=invio.iscrizione_id)
            if iscrizione.stato != StatoIscrizione.CONFERMATA:
                raise _Disdetta
            mail = messaggio(numero, iscrizione, base=base, righe=righe)
            mail.connection = collegamento
            mail.send()
    except PassaggioNonPossibile:
        return None  # another run has sent it
    except _Disdetta:
        _segna(pk, "annulla", "")
        return None
    except DI_UNO_SOLO as errore:
        _segna(pk, "fallisci", posta.perche(errore)[:300])
        return Esito(posta.perche(errore))
    except posta.NON_PARTITA as errore:
        return Esito(posta.perche(errore), ferma=True)
    return Esito()


def _segna(pk: Any, passaggio: str, errore: str) -> None:
    try:
        compi(InvioNewsletter.objects.get(pk=pk), passaggio, autore=None, valori={"errore": errore, "mandata_il": None})
    except PassaggioNonPossibile:
        return  # another run was quicker


class _Disdetta(Exception):
    """Who was to be written to has unsubscribed meanwhile."""
