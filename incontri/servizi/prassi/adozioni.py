"""Which comuni may still take up a good practice, and whose word on it a person may correct."""

from typing import Any

from django.db import transaction

from incontri.models import BuonaPrassi
from referenti.models import Comune
from referenti.models.ente import TipoEnte


def comuni_di(utente: Any) -> Any:
    """The comuni a person may speak for: all those of the Ambito for who coordinates, the own one for a comune's referente."""
    comuni = Comune.objects.dell_ambito()
    if utente.has_perm("incontri.rivedi_buonaprassi"):
        return comuni
    ente = utente.ente
    if ente is None or ente.tipo != TipoEnte.COMUNE:
        return comuni.none()
    return comuni.filter(pk=ente.comune_id)


def possono_adottare(prassi: BuonaPrassi, utente: Any) -> Any:
    """The comuni this person may say have taken it up: not those where it comes from, nor those that have already."""
    esclusi = list(prassi.comuni.values_list("pk", flat=True))
    esclusi += prassi.adozioni.order_by().values_list("comune", flat=True)
    if prassi.ente.tipo == TipoEnte.COMUNE and prassi.ente.comune_id:
        esclusi.append(prassi.ente.comune_id)
    return comuni_di(utente).exclude(pk__in=esclusi)


def togli_adozione(adozione: Any, *, autore: Any) -> None:
    """Take back that a comune adopted a good practice: its history stays."""
    with transaction.atomic():
        adozione._history_user = autore
        adozione.delete()
