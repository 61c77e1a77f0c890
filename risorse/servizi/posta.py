"""Mails of the directory: plain text, sent when the change they tell of is saved for good."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string


def manda(oggetto: str, modello: str, contesto: Mapping[str, Any], destinatari: Sequence[str]) -> None:
    """Send one mail to each address once the transaction is done; a mail server that fails is logged and undoes nothing."""
    testo = render_to_string(modello, dict(contesto))
    for indirizzo in destinatari:
        transaction.on_commit(partial(send_mail, oggetto, testo, None, [indirizzo]), robust=True)
