"""Who gets through the doors of the pages about meetings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from incontri.models import Incontro, Verbale
from incontri.servizi.modifiche import NonModificabile, controlla_modificabile
from tavolo.base import riservata
from tavolo.base.riservata import RiservataMixin

verbo = riservata.verbo(lambda chiavi: reverse("incontri:incontro-detail", args=[chiavi["pk"]]))


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
