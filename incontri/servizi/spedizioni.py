"""The mails of a convocation: the call, what changed, the cancelling, the reminder.

Each mail is sent in a transaction of its own that holds the rows of its person and writes on them when it left and
which version of the meeting it told. A mail that does not leave takes that back with it, and the rows stay among those to
tell; a second sending, even at the same moment, finds them told. A run killed after a mail left and before its commit
repeats that one mail. To be called outside any transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from incontri.models import Convocazione, Incontro, Risposta, StatoIncontro
from incontri.servizi.calendario import invito
from incontri.servizi.link_risposta import indirizzo
from tavolo.base.indirizzi import portale
from tavolo.base.posta import NON_PARTITA

FRA_DUE_SOLLECITI = timedelta(hours=12)
OGGETTI = {"convocazione": "Convocazione", "cambiamento": "Cambiamento", "annullamento": "Annullato"}


@dataclass
class Spedizione:
    """What became of a sending: names of who was written to, and who could not be with the reason in words."""

    partite: list[str] = field(default_factory=list)
    fallite: list[tuple[str, str]] = field(default_factory=list)


def da_avvisare(incontro: Incontro) -> QuerySet:
    """Who does not know the meeting as it stands: never written to or, if so, before the last change.

    Nobody while the meeting is only planned, or was held; of a cancelled one, who had been called.
    """
    indietro = Q(sequenza__lt=incontro.sequenza, inviata__isnull=False)
    if incontro.stato == StatoIncontro.CONVOCATO:
        indietro |= Q(inviata__isnull=True)
    elif not incontro.annullato:
        return Convocazione.objects.none()
    return incontro.convocazioni.filter(indietro).exclude(email="")


def da_ricordare(incontro: Incontro) -> QuerySet:
    """Who was called, has not answered and has had no mail in the last hours."""
    if incontro.stato != StatoIncontro.CONVOCATO:
        return Convocazione.objects.none()
    prima = timezone.now() - FRA_DUE_SOLLECITI
    righe = incontro.convocazioni.filter(risposta=Risposta.ATTESA, inviata__lt=prima)
    return righe.exclude(email="")


def avvisa(incontro: Incontro, *, autore: Any, base: str = "") -> Spedizione:
    """Write to who does not know the meeting as it stands: the call, the change or the cancelling, with its calendar file.

    `base` is the address of the portal in the links.
    """
    return _spedisci(incontro, da_avvisare, "", autore, base)


def ricorda(incontro: Incontro, *, autore: Any, base: str = "") -> Spedizione:
    """Write again to who has not answered."""
    return _spedisci(incontro, da_ricordare, "sollecito", autore, base)


def lettera(convocazione: Convocazione, *, base: str = "", genere: str = "", link: str = "") -> tuple[str, str]:
    """Subject and words of the mail to this row; `genere` empty lets the state of the meeting and of the row decide.

    `link` stands in the place of the signed one, which is only for its addressee: who previews must not read it.
    """
    incontro = convocazione.incontro
    genere = genere or _genere(convocazione)
    quando = date_format(timezone.localtime(incontro.inizio), "j F Y") if incontro.inizio else ""
    inizio = "Rispondi alla convocazione" if genere == "sollecito" else OGGETTI[genere]
    titolo = " ".join(f"{inizio}: {incontro.titolo}, {quando}".split())
    base = base or portale()
    contesto = {
        "incontro": incontro,
        "convocazione": convocazione,
        "genere": genere,
        "punti": incontro.punti.all(),
        "rispondi": link or base + indirizzo(convocazione),
        "pagina": base + incontro.get_absolute_url() + "preparati/",
    }
    return titolo, render_to_string("incontri/email/convocazione.txt", contesto)


def _genere(convocazione: Convocazione) -> str:
    if convocazione.incontro.annullato:
        return "annullamento"
    return "cambiamento" if convocazione.inviata else "convocazione"


def _spedisci(incontro: Incontro, scelta: Any, genere: str, autore: Any, base: str) -> Spedizione:
    esito = Spedizione()
    gruppi: dict[str, list[Convocazione]] = {}
    for riga in scelta(incontro).order_by("email", "pk"):
        gruppi.setdefault(riga.email.lower(), []).append(riga)
    if not gruppi:
        return esito
    try:
        posta = get_connection()
        posta.open()
    except OSError as errore:
        return Spedizione(fallite=[(_nome(righe), _perche(errore)) for righe in gruppi.values()])
    giu = ""
    for righe in gruppi.values():
        if giu:
            esito.fallite.append((_nome(righe), giu))
            continue
        try:
            if _una(incontro, scelta, [r.pk for r in righe], genere, autore, base, posta):
                esito.partite.append(_nome(righe))
        except NON_PARTITA as errore:
            esito.fallite.append((_nome(righe), _perche(errore)))
            # An address that is refused says nothing of the others; a server that does not answer would make each wait.
            giu = "" if isinstance(errore, SMTPRecipientsRefused | ValueError) else _perche(errore)
    posta.close()
    return esito


def _una(incontro: Incontro, scelta: Any, chiavi: list, genere: str, autore: Any, base: str, posta: Any) -> bool:
    with transaction.atomic():
        # Held before they are read: of two sendings at once the second finds them told.
        incontro = Incontro.objects.select_for_update().get(pk=incontro.pk)
        righe = list(scelta(incontro).filter(pk__in=chiavi).select_for_update().order_by("pk"))
        if not righe:
            return False
        prima = righe[0]
        prima.incontro = incontro
        oggetto, parole = lettera(prima, base=base, genere=genere)
        for riga in righe:
            riga.inviata = timezone.now()
            if genere != "sollecito":
                riga.sequenza = incontro.sequenza
            riga._history_user = autore
            riga.save()
        messaggio = EmailMessage(oggetto, parole, None, [prima.email], connection=posta)
        if genere != "sollecito":
            metodo = "CANCEL" if incontro.annullato else "REQUEST"
            contenuto = invito(prima, radice=base or portale()).decode()
            messaggio.attach("incontro.ics", contenuto, f"text/calendar; method={metodo}")
        messaggio.send()
    return True


def _nome(righe: Iterable[Convocazione]) -> str:
    prima = next(iter(righe))
    return prima.nome or prima.email


def _perche(errore: Exception) -> str:
    return "il server della posta non risponde" if isinstance(errore, OSError) else f"indirizzo non valido: {errore}"
