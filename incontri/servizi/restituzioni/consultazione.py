"""A document goes out for comments: the enti are told by mail, each once.

Each mail is a row (`AvvisoRestituzione`) written in the transaction that sends it; what has no row yet is still to be sent:
the page of the document says so, and `manage.py avvisa_enti` tries again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from incontri.models import AvvisoRestituzione, Restituzione, StatoRestituzione
from referenti.models import Ente
from referenti.servizi.destinatari import chi_siede
from tavolo.base import posta
from tavolo.base.indirizzi import portale
from tavolo.base.stati import compi


@dataclass(frozen=True)
class Avviso:
    """One mail to write: to which ente, at which addresses, about which document."""

    restituzione: Restituzione
    ente: Ente
    indirizzi: list[str]


def chiedi_commenti(restituzione: Restituzione, *, autore: Any) -> None:
    """Put the document out for comments; tells nobody, that is `avvisa_gli_enti`.

    Raises PassaggioNonPossibile if it is not compiled, or the last day for the comments has gone by.
    """
    compi(restituzione, "consulta", autore=autore, valori={"commenti_chiesti_il": timezone.now()})


def da_avvisare(restituzione: Restituzione) -> list[Avviso]:
    """The enti still to be told; none where no comments are taken."""
    chiesti = restituzione.commenti_chiesti_il
    if chiesti is None or not restituzione.si_commenta:
        return []
    avvisati = AvvisoRestituzione.objects.filter(restituzione=restituzione, richiesta=chiesti).values("ente")
    enti = list(Ente.objects.exclude(pk__in=avvisati))
    persone = chi_siede(enti)
    return [Avviso(restituzione, ente, persone[ente.pk]) for ente in enti if persone[ente.pk]]


def tutti_da_avvisare() -> list[Avviso]:
    """The same for every document: what `manage.py avvisa_enti` sends."""
    aperte = Restituzione.objects.filter(stato=StatoRestituzione.IN_CONSULTAZIONE)
    return [avviso for restituzione in aperte for avviso in da_avvisare(restituzione)]


def spedisci(avvisi: Iterable[Avviso], *, base: str = "") -> Iterator[tuple[Avviso, str]]:
    """Send each, and give it with why it did not leave (empty if it did); one that fails does not stop the others."""
    for avviso in avvisi:
        restituzione: Any = avviso.restituzione
        oggetto, testo = _lettera(restituzione, base or portale())
        segna = partial(
            AvvisoRestituzione.objects.create,
            restituzione=restituzione,
            ente=avviso.ente,
            richiesta=restituzione.commenti_chiesti_il,
        )
        esito = posta.manda_una_volta(segna, EmailMessage(oggetto, testo, None, avviso.indirizzi))
        if esito is not None:
            yield avviso, esito


def avvisa_gli_enti(restituzione: Restituzione, *, base: str) -> list[Ente]:
    """Tell every ente still to be told; gives those whose mail did not leave."""
    return [avviso.ente for avviso, errore in spedisci(da_avvisare(restituzione), base=base) if errore]


def _lettera(restituzione: Restituzione, base: str) -> tuple[str, str]:
    contesto = {"restituzione": restituzione, "base": base, "indirizzo": base + restituzione.get_absolute_url()}
    oggetto = posta.oggetto(f"da leggere e commentare, {restituzione}")
    return oggetto, render_to_string("incontri/email/restituzione_in_consultazione.txt", contesto)
