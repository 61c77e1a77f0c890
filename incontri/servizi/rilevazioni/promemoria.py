"""The mail that asks an ente for its votes: when a turn opens and once a week until it has given them all.

What was sent is a SollecitoVoto, written in the transaction that sends its mail and unique by round, ente, turn and week: a
second run, even at the same moment, mails nothing; a mail that does not leave takes its row back with it, and the next run
tries again. A run killed after the mail left and before the commit repeats that one mail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from incontri.models import Rilevazione, SollecitoVoto
from incontri.servizi.rilevazioni.voti import Avanzamento, chi_ha_votato
from incontri.servizi.solleciti import settimana
from referenti.models import Ente
from referenti.servizi.destinatari import referenti_di
from tavolo.base import posta
from tavolo.base.indirizzi import portale


@dataclass(frozen=True)
class Richiesta:
    """One mail to write: to the referenti of which ente, for which round, how far the ente is."""

    rilevazione: Rilevazione
    ente: Ente
    avanzamento: Avanzamento
    settimana: str
    indirizzi: tuple[str, ...]


def da_chiedere(rilevazione: Rilevazione, giorno: date) -> list[Richiesta]:
    """The enti still to be asked in the week of `giorno`; without addresses where an ente has nobody to write to."""
    if not rilevazione.si_vota:
        return []
    questa = settimana(giorno)
    gia = SollecitoVoto.objects.filter(rilevazione=rilevazione, turno=rilevazione.turno, settimana=questa)
    chiesti = set(gia.values_list("ente", flat=True))
    return [
        Richiesta(rilevazione, ente, conto, questa, tuple(persona.email for persona in referenti_di(ente)))
        for ente, conto in chi_ha_votato(rilevazione)
        if not conto.finito and ente.pk not in chiesti
    ]


def tutte_da_chiedere(giorno: date) -> list[Richiesta]:
    """The same for every open round: what `manage.py sollecita_voti` sends."""
    return [richiesta for rilevazione in Rilevazione.objects.aperte() for richiesta in da_chiedere(rilevazione, giorno)]


def spedisci(richieste: Iterable[Richiesta], *, base: str = "") -> Iterator[tuple[Richiesta, str]]:
    """Send each, and give it with why it did not leave (empty if it did); one that fails does not stop the others."""
    for richiesta in richieste:
        if not richiesta.indirizzi:
            yield richiesta, "nessuno a cui scrivere"
            continue
        oggetto, testo = lettera(richiesta, base or portale())
        try:
            with transaction.atomic():
                SollecitoVoto.objects.create(
                    rilevazione=richiesta.rilevazione,
                    ente=richiesta.ente,
                    turno=richiesta.rilevazione.turno,
                    settimana=richiesta.settimana,
                )
                EmailMessage(oggetto, testo, None, list(richiesta.indirizzi)).send()
        except IntegrityError:
            continue  # another run has asked them
        except posta.NON_PARTITA as errore:
            yield richiesta, posta.perche(errore)
        else:
            yield richiesta, ""


def lettera(richiesta: Richiesta, base: str) -> tuple[str, str]:
    """Subject and text of the mail."""
    rilevazione = richiesta.rilevazione
    contesto = {
        "rilevazione": rilevazione,
        "ente": richiesta.ente,
        "mancano": richiesta.avanzamento.tutti - richiesta.avanzamento.dati,
        "secondo": rilevazione.turno == 2,
        "base": base,
        "indirizzo": base + rilevazione.get_absolute_url(),
    }
    oggetto = posta.oggetto(f"i bisogni da valutare, {rilevazione}")
    return oggetto, render_to_string("incontri/email/voto.txt", contesto)
