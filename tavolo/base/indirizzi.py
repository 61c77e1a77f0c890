"""Where the portal is, for the words that leave it: mails hold whole addresses."""

from django.conf import settings
from django.http import HttpRequest


def portale(request: HttpRequest | None = None) -> str:
    """The address of the portal without a last slash: the one the request came to; without one INDIRIZZO_PORTALE.

    Empty where a command runs and the setting is missing.
    """
    return request.build_absolute_uri("/").rstrip("/") if request else settings.INDIRIZZO_PORTALE


def manca_alla_posta(*, prova: bool) -> str:
    """What is missing for a command to send mails that lead here, in Italian; empty if nothing is.

    `prova` is a run that only shows them.
    """
    if not settings.INDIRIZZO_PORTALE.startswith(("http://", "https://")):
        return (
            "Manca INDIRIZZO_PORTALE: imposta la variabile d'ambiente con l'indirizzo del portale, per esempio "
            "https://portale.example.org. Senza, i collegamenti nelle e-mail non porterebbero a niente."
        )
    sulla_console = settings.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend"
    if sulla_console and not (prova or settings.DEMO or settings.DEBUG):
        return (
            "Manca EMAIL_URL: le e-mail finirebbero sulla console e gli enti non le riceverebbero mai. Imposta "
            "EMAIL_URL, oppure usa --prova per vedere che cosa partirebbe."
        )
    return ""
