"""The weekly mail about late commitments: one to each person, once a week.

What was sent is a SollecitoImpegni, written in the transaction that sends its mail and unique by person and week: a
second run, even at the same moment, mails nothing; a mail that does not leave takes its row back with it, and the next run
tries again. A run killed after the mail left and before the commit repeats that one mail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from incontri.models import Impegno, SollecitoImpegni, StatoVerbale
from referenti.models import Utente
from tavolo.base import posta
from tavolo.base.indirizzi import portale

# Beside what is late, what falls due within these days.
PRESTO = timedelta(days=7)


@dataclass
class Lettera:
    """What a person is told: the commitments that are late, and those soon due."""

    utente: Utente
    settimana: str
    tardi: list[Impegno] = field(default_factory=list)
    presto: list[Impegno] = field(default_factory=list)

    @property
    def oggetto(self) -> str:
        """The subject of the mail."""
        quanti = len(self.tardi)
        return posta.oggetto(f"{'un impegno' if quanti == 1 else f'{quanti} impegni'} in ritardo")

    @property
    def testo(self) -> str:
        """The text of the mail, with whole addresses."""
        contesto = {"tardi": self.tardi, "presto": self.presto, "base": portale()}
        return render_to_string("incontri/email/impegni.txt", contesto)


@dataclass(frozen=True)
class Spedizione:
    """What became of a letter: `errore` says in Italian why it did not leave; `gia` that another run has sent it."""

    lettera: Lettera
    errore: str = ""
    gia: bool = False


def settimana(giorno: date) -> str:
    """The ISO week of a day: `2026-W48`."""
    anno, numero, _ = giorno.isocalendar()
    return f"{anno}-W{numero:02d}"


def lettere(giorno: date) -> list[Lettera]:
    """The mails to write in the week of `giorno`, not sent yet: to each person with something late.

    Of a commitment is told its person; without one that may still come in, the referenti of its ente, or of the ente
    this is a unit of; without any, who coordinates. What only draft minutes tell of is nobody's yet.
    """
    tutti = Impegno.objects.exclude(voce__punto__incontro__verbale__stato=StatoVerbale.BOZZA)
    tutti = tutti.select_related("ente", "persona")
    posta = _Destinatari()
    scritte: dict[Any, Lettera] = {}
    for campo, impegni in (
        ("tardi", tutti.in_ritardo(giorno)),
        ("presto", tutti.in_scadenza(giorno, giorno + PRESTO)),
    ):
        for impegno in impegni:
            for utente in posta.di(impegno):
                lettera = scritte.setdefault(utente.pk, Lettera(utente, settimana(giorno)))
                getattr(lettera, campo).append(impegno)
    gia = set(SollecitoImpegni.objects.filter(settimana=settimana(giorno)).values_list("utente", flat=True))
    da_mandare = [lettera for chiave, lettera in scritte.items() if lettera.tardi and chiave not in gia]
    return sorted(da_mandare, key=lambda lettera: lettera.utente.email)


def spedisci(da_spedire: Iterable[Lettera]) -> Iterator[Spedizione]:
    """Send each letter in a transaction of its own, and tell what became of it; one that fails does not stop the rest."""
    for lettera in da_spedire:
        segna = partial(SollecitoImpegni.objects.create, utente=lettera.utente, settimana=lettera.settimana)
        messaggio = EmailMessage(lettera.oggetto, lettera.testo, None, [lettera.utente.email])
        esito = posta.manda_una_volta(segna, messaggio)
        yield Spedizione(lettera, gia=esito is None, errore=esito or "")


class _Destinatari:
    """Who is told of a commitment; asked once for all of them."""

    def __init__(self) -> None:
        self.veri = {utente.pk for utente in Utente.objects.raggiungibili().filter(is_active=True)}
        self.coordinamento = list(Utente.objects.che_coordinano().raggiungibili().order_by("email"))
        self.per_ente: dict[Any, list[Utente]] = {}
        del_tavolo = Utente.objects.del_tavolo().raggiungibili()
        for utente in del_tavolo.filter(ente__isnull=False).order_by("email"):
            self.per_ente.setdefault(utente.ente_id, []).append(utente)

    def di(self, impegno: Impegno) -> list[Utente]:
        """Its person, else the referenti of its ente, else who coordinates."""
        if impegno.persona and impegno.persona.pk in self.veri:
            return [impegno.persona]
        ente = impegno.ente
        return self.per_ente.get(ente.pk) or self.per_ente.get(ente.padre_id) or self.coordinamento
