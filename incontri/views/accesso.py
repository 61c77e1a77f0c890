"""Who gets through the doors of the reserved pages, and what is given back to who finds one shut."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST

from incontri.models import Incontro, Verbale
from incontri.servizi.modifiche import NonModificabile, controlla_modificabile

# What a person types in these pages, by the end of the field's name.
TESTI = {
    "titolo": "Titolo",
    "descrizione": "Descrizione",
    "testo": "Testo",
    "luogo": "Luogo",
    "nota": "Nota",
    "ospite": "Ospite",
}

# Views made by `verbo`.
VERBI: set[Callable] = set()


def testo_non_salvato(request):
    """The page that gives back to who is not logged in any more what was typed and could not be saved."""
    scritti = [
        (TESTI[nome], testo)
        for campo, testo in request.POST.items()
        if (nome := campo.rpartition("-")[2]) in TESTI and testo.strip()
    ]
    return render(request, "area/testo_non_salvato.html", {"scritti": scritti, "qui": ritorno(request)}, status=403)


def verbo(vista: Callable) -> Callable:
    """A view that does one thing to the meeting `pk` on POST: the same doors as `RiservataMixin`, for functions."""
    protetta = permission_required("tavolo.entra_area", raise_exception=True)(vista)

    @require_POST
    @wraps(vista)
    def _verbo(request, **chiavi):
        if not request.user.is_authenticated:
            return redirect_to_login(ritorno(request))
        return protetta(request, **chiavi)

    VERBI.add(_verbo)
    return _verbo


def ritorno(request) -> str:
    """Where who logs in goes on: the same page or, for a verb, which has no page, its meeting."""
    qui = request.resolver_match
    return reverse("incontri:incontro-detail", args=[qui.kwargs["pk"]]) if qui.func in VERBI else request.path


class RiservataMixin(PermissionRequiredMixin):
    """Sends who is not logged in to the login, refuses who has no part in the Tavolo (403)."""

    permission_required = "tavolo.entra_area"

    def handle_no_permission(self):
        """As Django does, but a login that expired while writing does not take the text away."""
        if self.request.method == "POST" and not self.request.user.is_authenticated:
            return testo_non_salvato(self.request)
        return super().handle_no_permission()


class DiIncontroMixin(RiservataMixin):
    """A page about one meeting: 404 if the person may not read it, 403 without `permesso` on it.

    With `modifica` the page is refused, with a word of explanation, while the meeting stands still.
    """

    permesso = "incontri.view_incontro"
    modifica = False

    @cached_property
    def incontro(self):
        """The meeting of the address."""
        return incontro_per(self.request.user, self.kwargs["pk"], self.permesso)

    def get(self, request, *args, **kwargs):
        """The page, unless what it changes stands still."""
        if self.modifica:
            try:
                controlla_modificabile(self.incontro)
            except NonModificabile as fermo:
                return self.torna(fermo)
        return super().get(request, *args, **kwargs)

    def torna(self, motivo):
        """Back to the meeting, with the reason."""
        messages.error(self.request, str(motivo))
        return redirect(self.incontro)

    def get_context_data(self, **kwargs):
        """The meeting, for every template."""
        return super().get_context_data(incontro=self.incontro, **kwargs)


def incontro_per(utente, pk, permesso="incontri.view_incontro"):
    """The meeting if this person may read it (404 otherwise) and has `permesso` on it (403 otherwise)."""
    incontro = get_object_or_404(Incontro.objects.visibili_a(utente), pk=pk)
    if not utente.has_perm(permesso, incontro):
        raise PermissionDenied
    return incontro


def verbale_per(utente, pk, permesso="incontri.view_verbale"):
    """The minutes of the meeting `pk` if this person may read them (404) and has `permesso` on them (403)."""
    verbali = Verbale.objects.visibili_a(utente).select_related("incontro", "verbalizzante")
    verbale = get_object_or_404(verbali, incontro=pk)
    if not utente.has_perm(permesso, verbale):
        raise PermissionDenied
    return verbale
