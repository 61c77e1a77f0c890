"""The doors of the reserved pages, and what is given back to who finds one shut."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

# What a person types in these pages, by the end of the field's name.
TESTI = {
    "titolo": "Titolo",
    "oggetto": "Oggetto",
    "nome": "Nome",
    "cognome": "Cognome",
    "email": "E-mail",
    "denominazione": "Nome dell'ente",
    "nome_breve": "Nome breve",
    "seggio": "Seggio",
    "in_breve": "In breve",
    "contesto": "Il contesto",
    "azione": "Che cosa si fa",
    "con_chi": "Con chi",
    "risultati": "Risultati",
    "condizioni": "Che cosa serve per farlo altrove",
    "contatti": "A chi chiedere",
    "collegamenti": "Materiali in rete",
    "dal": "Dal",
    "descrizione": "Descrizione",
    "testo": "Testo",
    "introduzione": "Introduzione",
    "requisiti": "Requisiti",
    "costo_nota": "Costo, in parole",
    "altro": "Orari, contatti e luoghi",
    "luogo": "Luogo",
    "nota": "Nota",
    "capienza": "Posti",
    "raggiunti": "Persone raggiunte",
    "motivo": "Motivo",
    "motivo_fattibilita": "Perché questa fattibilità",
    "costi": "Costi",
    "motivazione": "Motivazione",
    "ospite": "Ospite",
    "scadenza": "Entro il",
    "fonte": "Fonte",
    "valore": "Valore",
    "riferimento": "A quando si riferisce",
    "risposta": "Risposta",
    "delegato": "Chi viene al posto di chi",
}

# Where who logs in again goes on, for the views made by `verbo`: they have no page of their own.
RITORNI: dict[Callable, Callable[[dict[str, Any]], str]] = {}


def testo_non_salvato(request: HttpRequest) -> HttpResponse:
    """The page that gives back to who is not logged in any more what was typed and could not be saved."""
    scritti = [
        (TESTI[nome], testo)
        for campo, testo in request.POST.items()
        if (nome := campo.rpartition("-")[2]) in TESTI and isinstance(testo, str) and testo.strip()
    ]
    return render(request, "area/testo_non_salvato.html", {"scritti": scritti, "qui": ritorno(request)}, status=403)


def verbo(pagina: Callable[[dict[str, Any]], str]) -> Callable[[Callable], Callable]:
    """Make a view that does one thing on POST: the same doors as `RiservataMixin`, for functions.

    `pagina` gives, from the arguments of the address, the page the thing is done from.
    """

    def decora(vista: Callable) -> Callable:
        protetta = permission_required("tavolo.entra_area", raise_exception=True)(vista)

        @require_POST
        @wraps(vista)
        def _verbo(request, **chiavi):
            if not request.user.is_authenticated:
                return redirect_to_login(ritorno(request))
            return protetta(request, **chiavi)

        RITORNI[_verbo] = pagina
        return _verbo

    return decora


def ritorno(request: HttpRequest) -> str:
    """Where who logs in goes on: the same page or, for a verb, the page it is done from."""
    qui: Any = request.resolver_match
    return RITORNI[qui.func](qui.kwargs) if qui.func in RITORNI else request.path


class RiservataMixin(PermissionRequiredMixin):
    """Sends who is not logged in to the login, refuses who has no part in the Tavolo (403)."""

    request: Any
    permission_required = "tavolo.entra_area"

    def handle_no_permission(self):
        """As Django does, but a login that expired while writing does not take the text away."""
        if self.request.method == "POST" and not self.request.user.is_authenticated:
            return testo_non_salvato(self.request)
        return super().handle_no_permission()
