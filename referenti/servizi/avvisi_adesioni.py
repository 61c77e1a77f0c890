"""The mails about requests to join: to who asked, to who coordinates, to the people invited.

Each is a row (`AvvisoAdesione`) written by what it is the consequence of. That it left is written in the transaction that
sends it: a mail that fails stays among those to send, and `manage.py avvisa_adesioni` tries again; a run killed after the
mail left and before the commit repeats that one mail. No failure touches the request itself.
"""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from referenti.models import AvvisoAdesione, GenereAvviso
from referenti.servizi.destinatari import coordinamento
from referenti.servizi.inviti import InvitoNonPossibile, invita
from referenti.servizi.link_adesione import indirizzo
from tavolo.base import posta
from tavolo.base.indirizzi import portale

registro = logging.getLogger(__name__)


@dataclass(frozen=True)
class Esito:
    """What became of a mail: which one, and why it did not leave (empty if it did)."""

    per: str
    errore: str = ""


def da_spedire() -> list[UUID]:
    """The keys of the mails still to leave, the oldest first."""
    return list(AvvisoAdesione.objects.filter(mandato_il__isnull=True).order_by("creato").values_list("pk", flat=True))


def spedisci(pk: UUID, *, base: str = "") -> Esito | None:
    """Send this mail, once; None if somebody already did. Never raises for a mail that fails."""
    per = ""
    try:
        with transaction.atomic():
            righe = AvvisoAdesione.objects.select_related("richiesta", "utente", "autore").select_for_update(
                of=("self",)
            )
            avviso: Any = righe.filter(pk=pk, mandato_il__isnull=True).first()
            if avviso is None:
                return None
            per = str(avviso)
            avviso.mandato_il = timezone.now()
            avviso.save()
            _manda(avviso, base or portale())
    except (*posta.NON_PARTITA, InvitoNonPossibile) as errore:
        registro.warning("E-mail non partita per «%s»: %s", per, errore)
        return Esito(per, posta.perche(errore))
    return Esito(per)


def _manda(avviso: Any, base: str) -> None:
    if not base:
        raise ValueError("manca INDIRIZZO_PORTALE: i collegamenti non porterebbero a niente")
    if avviso.genere == GenereAvviso.INVITO:
        # Who has come in meanwhile needs no invitation.
        if avviso.utente.last_login is None:
            invita(avviso.utente, autore=avviso.autore or _("Il coordinamento"), base=base)
        return
    richiesta = avviso.richiesta
    al_coordinamento = avviso.genere == GenereAvviso.ARRIVATA
    indirizzi = coordinamento() if al_coordinamento else [richiesta.email] if richiesta.email else []
    if not indirizzi:
        raise ValueError("non c'è nessuno a cui mandarla")
    with translation.override(settings.LANGUAGE_CODE if al_coordinamento else richiesta.lingua or None):
        contesto = {
            "richiesta": richiesta,
            "base": base,
            "pagina": base + (richiesta.get_absolute_url() if al_coordinamento else indirizzo(richiesta)),
            "giorni": settings.GIORNI_ADESIONE_DA_CONFERMARE,
        }
        testo = render_to_string(f"referenti/email/adesione_{avviso.genere}.txt", contesto)
        EmailMessage(_oggetto(avviso), testo, None, indirizzi).send()


def _oggetto(avviso: Any) -> str:
    parole = {
        GenereAvviso.CONFERMA: _("la tua richiesta di adesione"),
        GenereAvviso.ARRIVATA: f"richiesta di adesione di {avviso.richiesta}",
        GenereAvviso.DISCUSSIONE: _("la tua richiesta è all'ordine del giorno"),
        GenereAvviso.ACCOLTA: _("la tua richiesta è stata accolta"),
        GenereAvviso.RESPINTA: _("la risposta alla tua richiesta"),
    }
    return posta.oggetto(parole[avviso.genere])
