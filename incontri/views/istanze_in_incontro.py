"""The answers to instances in a meeting: on its agenda until it has discussed them, then in its minutes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from incontri.models import Istanza, TipoPunto
from incontri.servizi.istanze import IstanzaNonPossibile, segna_discussa, togli_discussa
from incontri.servizi.modifiche import NonModificabile, modificabile
from incontri.views.accesso import verbale_per
from tavolo.base import riservata

verbo = riservata.verbo(lambda chiavi: reverse("istanze:istanza-detail", args=[chiavi["pk"]]))


def istanze_di_incontro(incontro, utente, punti=None):
    """What `incontri/includes/istanze_da_discutere.html` shows under a point of kind `istanze`.

    Answers nobody has discussed yet while the meeting may change, and those this one discussed. Nothing is asked of the
    database for a meeting without such a point.
    """
    punti = incontro.punti.all() if punti is None else punti
    if not any(punto.tipo == TipoPunto.ISTANZE for punto in punti):
        return {}
    cambia = modificabile(incontro)
    verbale = getattr(incontro, "verbale", None)
    righe = Istanza.objects.visibili_a(utente).select_related("destinatario", "mittente")
    return {
        "istanze_da_discutere": list(righe.da_discutere()) if cambia else [],
        "istanze_discusse": list(righe.discusse_in(incontro)),
        "si_segnano_istanze": cambia and verbale is not None and utente.has_perm("incontri.change_verbale", verbale),
    }


@verbo
def istanza_discussa(request, pk, incontro):
    """Mark, from the minutes, that the meeting discussed the answer; `togli` takes it back."""
    istanza = get_object_or_404(Istanza.objects.visibili_a(request.user), pk=pk)
    verbale = verbale_per(request.user, incontro)
    if not request.user.has_perm("incontri.change_verbale", verbale):
        raise PermissionDenied
    fai = togli_discussa if "togli" in request.POST else segna_discussa
    try:
        fai(istanza, incontro=verbale.incontro, autore=request.user)
    except (NonModificabile, IstanzaNonPossibile) as impossibile:
        messages.error(request, str(impossibile))
    else:
        messages.success(request, f"Fatto: «{istanza}».")
    return redirect(verbale)
