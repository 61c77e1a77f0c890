"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def portale(request: HttpRequest) -> dict[str, bool | str]:
    """What is true of this installation and of the person.

    `demo`: the portal runs on the demo database; `email_redazione`: whom to write to (empty: nobody yet);
    `puo_amministrare`: the person may enter the back office. The error page of a request that died before
    authentication has no user.
    """
    utente = getattr(request, "user", None)
    return {
        "demo": settings.DEMO,
        "email_redazione": settings.EMAIL_REDAZIONE,
        "puo_amministrare": bool(utente and utente.is_authenticated and utente.has_perm("tavolo.amministra")),
    }
