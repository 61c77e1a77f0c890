"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def portale(request: HttpRequest) -> dict[str, bool]:
    """`demo`: the portal runs on the demo database; `puo_amministrare`: the person may enter the back office.

    The error pages of a request that died before authentication have no user.
    """
    utente = getattr(request, "user", None)
    return {
        "demo": settings.DEMO,
        "puo_amministrare": bool(utente and utente.is_authenticated and utente.has_perm("tavolo.amministra")),
    }
