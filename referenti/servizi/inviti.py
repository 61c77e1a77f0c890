"""Invitations: the only way to an account."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from referenti.models import Utente
from tavolo.base.indirizzi import portale


class InvitoNonPossibile(Exception):
    """The person cannot be invited; the message says why, in Italian."""


def invita(utente: Utente, *, autore: Any, request: HttpRequest | None = None, base: str = "") -> None:
    """Mail to `utente` a link, good once and for `PASSWORD_RESET_TIMEOUT` seconds, to choose a password and enter.

    `base` is the address of the portal, where there is no request to take it from. Choosing a password by it proves the address. A new invitation leaves older ones good until a password is chosen.
    Raises InvitoNonPossibile for an account that is not active.
    """
    if not utente.is_active:
        raise InvitoNonPossibile(f"{utente} non è una persona attiva: prima riattivala.")
    chiave = f"{user_pk_to_url_str(utente)}-{default_token_generator.make_token(utente)}"
    indirizzo = reverse(
        "account_reset_password_from_key", kwargs=dict(zip(("uidb36", "key"), chiave.split("-", 1), strict=True))
    )
    base = base or portale(request)
    contesto = {
        "utente": utente,
        "autore": autore,
        "indirizzo": base + indirizzo,
        "portale": base + reverse("home"),
        "giorni": settings.PASSWORD_RESET_TIMEOUT // 86400,
    }
    send_mail(
        subject="Il tuo accesso al portale del Tavolo Intercultura",
        message=render_to_string("referenti/email/invito.txt", contesto),
        from_email=None,
        recipient_list=[utente.email],
    )
