"""What the enti observe on shared minutes, and what is decided of it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import Osservazione, PuntoOdg, StatoVerbale, Verbale
from incontri.servizi.condivisioni import riprendi_verbale
from referenti.models import Ente
from risorse.servizi.posta import manda
from tavolo.base.passi import in_giorno
from tavolo.base.stati import compi

ACCOLTA, RESPINTA = "accogli", "respingi"


class NonSiOsserva(Exception):
    """These minutes take no observations now; the message tells the person why."""


def perche_non_si_osserva(verbale: Verbale, *, in_ritardo: bool) -> str:
    """Why nobody may observe on the minutes now; empty if they may. `in_ritardo`: the person may also after the deadline."""
    if verbale.stato == StatoVerbale.BOZZA:
        return "Il verbale è in bozza: le osservazioni si scrivono quando è condiviso."
    if verbale.fermo:
        return "Il verbale è approvato: per correggerlo c'è la rettifica."
    entro = verbale.osservazioni_entro
    if entro and not verbale.raccoglie_osservazioni and not in_ritardo:
        return (
            f"Le osservazioni si potevano scrivere fino al {in_giorno(entro)}. "
            "Se è importante, scrivi a chi coordina il Tavolo: può ancora aggiungerla."
        )
    return ""


def osserva(
    verbale: Verbale,
    *,
    ente: Ente,
    testo: str,
    punto: PuntoOdg | None = None,
    in_ritardo: bool = False,
    autore: Any,
) -> Osservazione:
    """Write an observation of `ente` on one point of the minutes or, without it, on the whole.

    Raises NonSiOsserva if the minutes are not shared, or if the deadline is past and not `in_ritardo`.
    """
    with transaction.atomic():
        # Held: nobody approves or takes them back meanwhile.
        adesso = Verbale.objects.select_for_update().get(pk=verbale.pk)
        if perche := perche_non_si_osserva(adesso, in_ritardo=in_ritardo):
            raise NonSiOsserva(perche)
        return Osservazione.objects.create(verbale=adesso, punto=punto, ente=ente, testo=testo, autore=autore)


def decidi_osservazione(
    osservazione: Osservazione, nome: str, *, motivo: str, riprendi: bool = False, base: str, autore: Any
) -> Osservazione:
    """Accept (`accogli`) or refuse (`respingi`) an observation, with the reason its author will read.

    With `riprendi` accepted minutes that are shared go back to draft in the same transaction, so that the text can be
    written at once. The author is told by mail once it is saved. Raises PassaggioNonPossibile, with nothing written, if
    it was decided already, if the minutes are approved, or without a reason.
    """
    with transaction.atomic():
        # In the order of approvals: the minutes first, so that an approval comes before or after, never across.
        verbale = Verbale.objects.select_for_update().get(pk=osservazione.verbale_id)
        osservazione.verbale = verbale
        compi(osservazione, nome, autore=autore, valori={"motivo": motivo.strip(), "decisa_il": timezone.now()})
        if riprendi and nome == ACCOLTA and verbale.stato == StatoVerbale.CONDIVISO:
            riprendi_verbale(verbale, motivo=f"Osservazione accolta: {osservazione.ente}", autore=autore)
        _racconta(osservazione, base)
    return osservazione


def _racconta(osservazione: Osservazione, base: str) -> None:
    autore = osservazione.autore
    if autore is None or not autore.is_active:
        return
    verbale = osservazione.verbale
    contesto = {
        "osservazione": osservazione,
        "incontro": verbale.incontro,
        "base": base,
        "indirizzo": base + verbale.get_absolute_url(),
    }
    esito = osservazione.get_stato_display().lower()
    manda(
        f"Tavolo Intercultura: osservazione {esito}", "incontri/email/osservazione_decisa.txt", contesto, [autore.email]
    )
