"""What every sender of mails needs to know: what can go wrong, how a subject is written, how one is sent only once."""

from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

# smtplib's own errors are OSError; ValueError is a malformed header.
NON_PARTITA = (OSError, ValueError)


def perche(errore: Exception) -> str:
    """Why a mail did not leave, for the person: never empty."""
    return str(errore) or type(errore).__name__


def oggetto(testo: str) -> str:
    """The subject of a mail of the portal, in one line: a header never takes two."""
    return " ".join(f"Tavolo Intercultura: {testo}".split())


def manda_una_volta(segna: Callable[[], Any], messaggio: EmailMessage) -> str | None:
    """Send a mail in the transaction in which `segna` writes the rows that say so, unique: who comes second sends nothing.

    Gives "" if it left, why it did not if it did not (and no row stays), None if another run had sent it. A run killed
    after the mail left and before the commit repeats that one mail.
    """
    try:
        with transaction.atomic():
            segna()
            messaggio.send()
    except IntegrityError:
        return None
    except NON_PARTITA as errore:
        return perche(errore)
    return ""
