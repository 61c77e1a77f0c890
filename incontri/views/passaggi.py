"""The verbs of meetings and minutes: from one state to another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from incontri.views.accesso import incontro_per, verbale_per, verbo
from tavolo.base.stati import PassaggioNonPossibile, compi


@verbo
def incontro_passaggio(request, pk, nome):
    """Bring a meeting through a passage of its table."""
    return _compi(request, incontro_per(request.user, pk), nome)


@verbo
def verbale_passaggio(request, pk, nome):
    """Bring minutes through a passage of their table."""
    return _compi(request, verbale_per(request.user, pk), nome)


def _compi(request, oggetto, nome):
    try:
        passaggio = oggetto.passaggio(nome)
    except KeyError:
        raise Http404("Questo passaggio non esiste.") from None
    if not request.user.has_perm(passaggio.permesso, oggetto):
        raise PermissionDenied
    try:
        compi(oggetto, nome, autore=request.user)
    except PassaggioNonPossibile as impossibile:
        messages.error(request, str(impossibile))
    else:
        messages.success(request, f"Fatto: ora lo stato è «{oggetto.get_stato_display()}».")
    return redirect(oggetto)
