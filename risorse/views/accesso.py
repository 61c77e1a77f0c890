"""Who gets through the doors of the pages with which an ente keeps its services true."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from risorse.models import PropostaModifica, Risorsa
from tavolo.base import riservata
from tavolo.base.riservata import RiservataMixin

verbo = riservata.verbo(lambda chiavi: reverse("cura:risorsa-list"))


def risorsa_per(utente, slug, permesso="risorse.proponi_risorsa"):
    """The card if this person may see it (404 otherwise) and has `permesso` on it (403 otherwise)."""
    risorsa = get_object_or_404(Risorsa.objects.visibili_a(utente).select_related("ente"), slug=slug)
    if not utente.has_perm(permesso, risorsa):
        raise PermissionDenied
    return risorsa


def proposta_per(utente, pk):
    """The proposal if this person may read it, 404 otherwise."""
    proposte = PropostaModifica.objects.visibili_a(utente)
    return get_object_or_404(proposte.select_related("risorsa__ente", "ente", "autore", "decisa_da"), pk=pk)


class DiRisorsaMixin(RiservataMixin):
    """A page about one card: 404 if the person may not see it, 403 without `permesso` on it."""

    permesso = "risorse.proponi_risorsa"

    @cached_property
    def risorsa(self):
        """The card of the address."""
        return risorsa_per(self.request.user, self.kwargs["slug"], self.permesso)

    def get_context_data(self, **kwargs):
        """The card, for every template."""
        return super().get_context_data(risorsa=self.risorsa, **kwargs)
