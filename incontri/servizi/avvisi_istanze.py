"""Mails about instances: one when it is sent, one for each message, one a week to who is late.

That a mail left is written on the row it tells of, in the transaction that sends it: a mail that fails leaves the mark
empty and `manage.py sollecita_istanze` tries again; a run killed after the mail left and before the commit repeats
that one mail. No failure touches the instance itself.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from incontri.models import Istanza, MessaggioIstanza
from referenti.models import Ente
from referenti.servizi.destinatari import coordinamento, referenti_di
from risorse.models import Contatto, TipoContatto
from tavolo.base import posta
from tavolo.base.indirizzi import portale

registro = logging.getLogger(__name__)
# A late instance is told again after so many days.
OGNI = timedelta(days=7)


@dataclass(frozen=True)
class Esito:
    """What became of a mail: for whom, to how many addresses, and why it did not leave (empty if it did)."""

    per: str
    quanti: int
    errore: str = ""


def indirizzi_di(ente: Ente) -> list[str]:
    """Where an ente is written to: its referenti (or its parent's) and its own confirmed e-mail contacts."""
    contatti = Contatto.objects.pubblici().filter(ente=ente, tipo=TipoContatto.EMAIL)
    if not settings.DEMO:
        contatti = contatti.filter(esempio=False)
    # One mail to each address, whatever its capitals.
    return list(
        dict.fromkeys(v.lower() for v in (*_email(referenti_di(ente)), *contatti.values_list("valore", flat=True)))
    )


def avvisa_dell_istanza(pk: UUID) -> Esito | None:
    """Tell the recipient of a new instance, once; None if somebody already did. Never raises for a mail that fails."""
    return _una_volta(Istanza.objects.select_related("destinatario", "mittente"), pk, "avvisata_il", _dell_istanza)


def avvisa_del_messaggio(pk: UUID) -> Esito | None:
    """Tell the other side of a message, once; None if somebody already did. Never raises for a mail that fails."""
    messaggi = MessaggioIstanza.objects.select_related("istanza__destinatario", "istanza__mittente", "ente")
    return _una_volta(messaggi, pk, "avvisato_il", _del_messaggio)


def da_avvisare() -> list[tuple[Any, UUID]]:
    """The mails still to leave, the oldest first: who sends each, and the key of its row."""
    istanze = Istanza.objects.filter(avvisata_il__isnull=True).order_by("creato").values_list("pk", flat=True)
    messaggi = MessaggioIstanza.objects.filter(avvisato_il__isnull=True).order_by("creato").values_list("pk", flat=True)
    return [(avvisa_dell_istanza, pk) for pk in istanze] + [(avvisa_del_messaggio, pk) for pk in messaggi]


def sollecita(giorno: date) -> Iterator[Esito]:
    """Remind each recipient of its late instances in one mail, those not told of in the last week; who coordinates of
    those of an ente nobody answers for. A mail that fails is told and does not stop the rest.
    """
    for ente in Ente.objects.filter(pk__in=_da_sollecitare(giorno).values("destinatario")).select_related("padre"):
        try:
            with transaction.atomic():
                istanze = list(_da_sollecitare(giorno).filter(destinatario=ente).select_for_update(of=("self",)))
                if not istanze:
                    continue  # another run was first
                indirizzi = indirizzi_di(ente) or coordinamento()
                for istanza in istanze:
                    istanza.sollecitata_il = giorno
                    istanza.save_without_historical_record(update_fields=["sollecitata_il"])
                oggetto = f"Istanze in attesa di risposta: {ente.nome_corto}"
                _manda(oggetto, "sollecito", indirizzi, ente=ente, istanze=istanze)
        except posta.NON_PARTITA as errore:
            yield Esito(str(ente), 0, posta.perche(errore))
        else:
            yield Esito(str(ente), len(indirizzi))


def _da_sollecitare(giorno: date):
    passati = Q(sollecitata_il__isnull=True) | Q(sollecitata_il__lte=giorno - OGNI)
    return Istanza.objects.in_ritardo(giorno).filter(passati).order_by("scadenza", "uuid")


def _una_volta(righe, pk: UUID, campo: str, scrivi) -> Esito | None:
    per = ""
    try:
        with transaction.atomic():
            riga = righe.select_for_update(of=("self",)).filter(pk=pk, **{f"{campo}__isnull": True}).first()
            if riga is None:
                return None
            per = str(riga)
            setattr(riga, campo, timezone.now())
            riga.save_without_historical_record(update_fields=[campo])
            return Esito(per, scrivi(riga))
    except posta.NON_PARTITA as errore:
        registro.warning("E-mail non partita per «%s»: %s", per, errore)
        return Esito(per, 0, posta.perche(errore))


def _dell_istanza(istanza: Istanza) -> int:
    ente = istanza.destinatario
    indirizzi = indirizzi_di(ente)
    oggetto = f"Istanza per {ente.nome_corto}: {istanza.oggetto}"
    return _manda(
        oggetto,
        "istanza",
        indirizzi or coordinamento(),
        istanza=istanza,
        ente=ente,
        nessuno=not indirizzi,
        risponde=referenti_di(ente),
    )


def _del_messaggio(messaggio: MessaggioIstanza) -> int:
    istanza = messaggio.istanza
    lato = (istanza.destinatario_id, istanza.destinatario.padre_id)
    dal_destinatario = messaggio.risposta or (messaggio.ente_id is not None and messaggio.ente_id in lato)
    if not dal_destinatario:
        indirizzi = indirizzi_di(istanza.destinatario)
    elif istanza.mittente:
        indirizzi = _email(referenti_di(istanza.mittente))
    else:
        indirizzi = coordinamento()
    che_cosa = "Risposta" if messaggio.risposta else "Messaggio"
    oggetto = f"{che_cosa}: {istanza.oggetto}"
    return _manda(oggetto, "messaggio", indirizzi or coordinamento(), istanza=istanza, messaggio=messaggio)


def _manda(oggetto: str, modello: str, indirizzi: Iterable[str], **contesto) -> int:
    per = list(indirizzi)
    if not per:
        raise ValueError("non c'è nessuna persona attiva a cui mandarla")
    testo = render_to_string(f"incontri/email/{modello}.txt", {**contesto, "base": portale()})
    EmailMessage(posta.oggetto(oggetto), testo, None, per).send()
    return len(per)


def _email(utenti) -> list[str]:
    return [utente.email for utente in utenti]
