"""The needs that were born in a meeting."""

from incontri.models import Bisogno


def bisogni_nati_in(incontro, utente):
    """The needs heard in the minutes of the meeting, for its page; none for who may not read those minutes."""
    verbale = getattr(incontro, "verbale", None)
    if verbale is None or not utente.has_perm("incontri.view_verbale", verbale):
        return {"bisogni_nati": []}
    nati = Bisogno.objects.visibili_a(utente).veri().filter(origini__voce__punto__incontro=incontro.pk)
    return {"bisogni_nati": list(nati.distinct())}
