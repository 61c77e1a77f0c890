"""Planning a meeting from a template: its agenda comes prefilled."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from incontri.models import Incontro, ModelloIncontro, PuntoOdg, TipoPunto, Verbale
from incontri.servizi.modifiche import apri_per_modifica


def pianifica(incontro: Incontro, modello: ModelloIncontro, *, autore: Any) -> None:
    """Give a new meeting what the template says and nobody has written: the end, from its length, and the points.

    Title, way and place stand in the form already, where the person may change them. Points are added only to an empty agenda.
    Raises NonModificabile if the meeting stands still.
    """
    with transaction.atomic():
        salvato: Any = apri_per_modifica(incontro)
        if modello.durata and salvato.inizio and salvato.fine is None:
            salvato.fine = incontro.fine = salvato.inizio + timedelta(minutes=modello.durata)
            salvato._history_user = autore
            salvato.save()
        if not salvato.punti.exists():
            aggiungi_punti(salvato, modello, autore=autore)


def aggiungi_punti(incontro: Incontro, modello: ModelloIncontro, *, autore: Any) -> None:
    """Write the points of the template under a meeting without any; that of approval names the minutes to approve."""
    for ordine, del_modello in enumerate(modello.punti.all(), start=1):
        punto: Any = PuntoOdg(incontro=incontro, ordine=ordine)
        for campo in ("tipo", "titolo", "descrizione", "durata"):
            setattr(punto, campo, getattr(del_modello, campo))
        if punto.tipo == TipoPunto.APPROVAZIONE:
            punto.verbale_da_approvare = verbale_in_attesa(incontro)
        punto._history_user = autore
        punto.save()


def verbale_in_attesa(incontro: Incontro) -> Verbale | None:
    """The minutes of the last meeting before this one that nobody has approved yet; None if there are none."""
    return Verbale.objects.approvabili_in(incontro).order_by("-incontro__inizio", "uuid").first()


def modello_solito() -> ModelloIncontro | None:
    """The first template that is proposed and has points; None where there is none."""
    return (
        ModelloIncontro.objects.filter(attivo=True, punti__isnull=False).distinct().order_by("ordine", "nome").first()
    )
