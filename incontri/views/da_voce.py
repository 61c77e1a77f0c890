"""What is born from an entry of the minutes: which entries can be taken, and the words they lend."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from incontri.models import StatoVerbale, Voce
from tavolo.base.testo import piano


def chiave_chiesta(testo):
    """The key written in an address; 404 if it is none."""
    try:
        return UUID(testo)
    except ValueError:
        raise Http404("Quello che hai chiesto non c'è.") from None


def voce_condivisa(utente, chiave):
    """An entry of minutes the enti have read, for who may read them: a draft is not for all yet, and its entries come and go."""
    voce = get_object_or_404(Voce.objects.select_related("punto__incontro__verbale"), pk=chiave_chiesta(chiave))
    verbale = getattr(voce.punto.incontro, "verbale", None)
    if verbale is None or verbale.stato == StatoVerbale.BOZZA:
        raise Http404("Questa voce non è in un verbale condiviso.")
    if not utente.has_perm("incontri.view_verbale", verbale):
        raise Http404("Questa voce non c'è.")
    return voce


def si_legge(voce, utente):
    """Whether this person reads the minutes the entry (None for none) stands in."""
    verbale = getattr(voce.punto.incontro, "verbale", None) if voce else None
    return verbale is not None and utente.has_perm("incontri.view_verbale", verbale)


def pagina_della_voce(voce):
    """The address of the entry, in its minutes."""
    return f"{reverse('incontri:verbale-detail', args=[voce.punto.incontro_id])}#voce-{voce.pk}"


def prima_riga(voce):
    """The first line of the entry, in plain words and as long as a title may be."""
    righe = piano(voce.testo).strip().splitlines()
    return righe[0].lstrip("- ")[:160] if righe else ""
