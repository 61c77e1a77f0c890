"""Telling the enti that minutes were shared, so that a mail server that fails, or a kill, neither loses nor repeats it.

Each mail is a row (`AvvisoVerbale`) written in the transaction that sends it: unique, so that two at once send one; a
mail that does not leave takes its row back with it. What has no row yet is still to be told: the page of the minutes
says so, and `manage.py avvisa_enti` tries again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from incontri.models import AvvisoVerbale, StatoVerbale, Verbale
from incontri.servizi.condivisioni import correzioni
from referenti.models import Ente
from referenti.servizi.destinatari import persone_per_ente
from tavolo.base import posta
from tavolo.base.indirizzi import portale


@dataclass(frozen=True)
class Avviso:
    """One mail to write: to which ente, at which addresses, about which minutes."""

    verbale: Verbale
    ente: Ente
    indirizzi: list[str]


def da_avvisare(verbale: Verbale) -> list[Avviso]:
    """The enti still to be told of the present sharing; none if the minutes are not shared."""
    if verbale.stato != StatoVerbale.CONDIVISO or verbale.condiviso_il is None:
        return []
    persone = persone_per_ente()
    avvisati = AvvisoVerbale.objects.filter(verbale=verbale, condivisione=verbale.condiviso_il).values("ente")
    enti = Ente.objects.filter(pk__in=persone).exclude(pk__in=avvisati)
    return [Avviso(verbale, ente, persone[ente.pk]) for ente in enti]


def tutti_da_avvisare() -> list[Avviso]:
    """The same, for all the minutes being shared: what `manage.py avvisa_enti` sends."""
    verbali = Verbale.objects.filter(stato=StatoVerbale.CONDIVISO).select_related("incontro", "verbalizzante")
    return [avviso for verbale in verbali for avviso in da_avvisare(verbale)]


def spedisci(avvisi: Iterable[Avviso], *, base: str = "") -> Iterator[tuple[Avviso, str]]:
    """Send each, and give it with why it did not leave (empty if it did); one that fails does not stop the others.

    `base` is the address of the portal, where there is a request to take it from.
    """
    testi: dict[Any, tuple[str, str]] = {}
    for avviso in avvisi:
        verbale: Any = avviso.verbale
        if verbale.pk not in testi:
            testi[verbale.pk] = _lettera(verbale, base or portale())
        oggetto, testo = testi[verbale.pk]
        segna = partial(
            AvvisoVerbale.objects.create, verbale=verbale, ente=avviso.ente, condivisione=verbale.condiviso_il
        )
        esito = posta.manda_una_volta(segna, EmailMessage(oggetto, testo, None, avviso.indirizzi))
        if esito is not None:
            yield avviso, esito


def avvisa_della_condivisione(verbale: Verbale, *, base: str) -> list[Ente]:
    """Tell every ente still to be told of the present sharing; gives the enti whose mail did not leave."""
    return [avviso.ente for avviso, errore in spedisci(da_avvisare(verbale), base=base) if errore]


def _lettera(verbale: Verbale, base: str) -> tuple[str, str]:
    corretto = correzioni(verbale)
    contesto = {
        "verbale": verbale,
        "incontro": verbale.incontro,
        "base": base,
        "indirizzo": base + verbale.get_absolute_url(),
        "correzioni": corretto,
    }
    che_cosa = "verbale corretto" if corretto else "verbale"
    oggetto = posta.oggetto(f"{che_cosa} da leggere, {verbale.incontro}")
    return oggetto, render_to_string("incontri/email/verbale_condiviso.txt", contesto)
