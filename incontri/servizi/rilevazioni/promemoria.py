"""The mail that asks an ente for its votes: when a turn opens and once a week until it has given them all.

It goes to who may vote for the ente, its own referenti. The opening of the second turn is told to all; after that only who
has needs without any vote is asked again.

What was sent is a SollecitoVoto, written in the transaction that sends its mail and unique by round, ente, turn and week: a
second run, even at the same moment, mails nothing; a mail that does not leave takes its row back with it, and the next run
tries again. A run killed after the mail left and before the commit repeats that one mail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from incontri.models import Rilevazione, SollecitoVoto
from incontri.servizi.rilevazioni.voti import Avanzamento, chi_ha_votato
from incontri.servizi.solleciti import settimana
from referenti.models import Ente
from referenti.servizi.destinatari import chi_siede
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
    """The enti still to be asked in the week of `giorno`; without addresses where nobody may vote for an ente."""
    if not rilevazione.si_vota:
        return []
    questa = settimana(giorno)
    gia = SollecitoVoto.objects.filter(rilevazione=rilevazione, turno=rilevazione.turno)
    chiesti = set(gia.values_list("ente", "settimana"))
    avvisati = {ente for ente, _ in chiesti}
    conti = chi_ha_votato(rilevazione)
    indirizzi = chi_siede(ente for ente, _ in conti)
    return [
        Richiesta(rilevazione, ente, conto, questa, tuple(indirizzi[ente.pk]))
        for ente, conto in conti
        if (ente.pk, questa) not in chiesti and (not conto.finito or _da_avvisare(rilevazione, ente, conto, avvisati))
    ]


def _da_avvisare(rilevazione: Rilevazione, ente: Ente, conto: Avanzamento, avvisati: set[UUID]) -> bool:
    """Whether an ente that has scored everything is still to be told that there is a second turn."""
    return rilevazione.turno == 2 and not conto.rivisti and ente.pk not in avvisati


def senza_voce(enti: Iterable[Ente]) -> list[Ente]:
    """Those of the enti called for which nobody may vote: nobody will be asked, and no vote will come. One query."""
    enti = list(enti)
    indirizzi = chi_siede(enti)
    return [ente for ente in enti if not indirizzi[ente.pk]]


def tutte_da_chiedere(giorno: date) -> list[Richiesta]:
    """The same for every open round: what `manage.py sollecita_voti` sends."""
    return [richiesta for rilevazione in Rilevazione.objects.aperte() for richiesta in da_chiedere(rilevazione, giorno)]


def spedisci(richieste: Iterable[Richiesta], *, base: str = "") -> Iterator[tuple[Richiesta, str]]:
    """Send each, and give it with why it did not leave (empty if it did); one that fails does not stop the others."""
    for richiesta in richieste:
        if not richiesta.indirizzi:
            yield richiesta, "nessun referente che possa votare"
            continue
        oggetto, testo = lettera(richiesta, base or portale())
        segna = partial(
            SollecitoVoto.objects.create,
            rilevazione=richiesta.rilevazione,
            ente=richiesta.ente,
            turno=richiesta.rilevazione.turno,
            settimana=richiesta.settimana,
        )
        esito = posta.manda_una_volta(segna, EmailMessage(oggetto, testo, None, list(richiesta.indirizzi)))
        if esito is not None:
            yield richiesta, esito


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
