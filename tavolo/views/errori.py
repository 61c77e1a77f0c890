"""What a person sees when a request is refused."""

from django.views.csrf import csrf_failure

from tavolo.base.riservata import testo_non_salvato


def richiesta_rifiutata(request, reason=""):
    """The page of a failed CSRF check; a form of the reserved area gives back what was typed in it.

    That happens to who wrote for long, logged in again in another window, then saved. What another site sends is not
    shown: it would be its text on our page.
    """
    nostra = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if nostra and request.path.startswith("/area/"):
        return testo_non_salvato(request)
    return csrf_failure(request, reason=reason)
