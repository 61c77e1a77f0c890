"""Where the portal is, for the words that leave it: mails hold whole addresses."""

from django.conf import settings
from django.http import HttpRequest


def portale(request: HttpRequest | None = None) -> str:
    """The address of the portal without a last slash: the one the request came to; without one INDIRIZZO_PORTALE.

    Empty where a command runs and the setting is missing.
    """
    return request.build_absolute_uri("/").rstrip("/") if request else settings.INDIRIZZO_PORTALE
