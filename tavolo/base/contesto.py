"""What every template knows."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def portale(request: HttpRequest) -> dict[str, bool | str]:
    """What is true of this installation and of the person.

    `origine`: scheme and host, for the addresses that must be whole; empty where the host was refused, and it is the
    400 page that is being written. `demo`: the portal runs on the demo database; `email_redazione`: whom to write to (empty: nobody yet);
    `puo_amministrare`: the person may enter the back office; `puo_tradurre`: they have the desk of who translates. The error page of a request that died before
    authentication has no user.
    """
    utente = getattr(request, "user", None)
    return {
        "origine": _origine(request),
        "demo": settings.DEMO,
        "email_redazione": settings.EMAIL_REDAZIONE,
        "puo_amministrare": bool(utente and utente.is_authenticated and utente.has_perm("tavolo.amministra")),
        "puo_tradurre": bool(utente and utente.is_authenticated and utente.has_perm("risorse.traduci")),
    }


def _origine(request: HttpRequest) -> str:
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
