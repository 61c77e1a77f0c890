"""Searches that found nothing: counted as evidence of a need, without a trace of who searched."""

import logging
import re
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F

from referenti.models import Comune
from risorse.models import RicercaVuota
from risorse.ricerca.parole import piane

LUNGHEZZA_MASSIMA = 80
# What could say who somebody is: a telephone or a document number, an address of mail, an Italian tax code (six
# letters, then digits and letters: D.M. 12 marzo 1974), or the two halves people split it into.
_PERSONALE = re.compile(r"@|(?:\d[\s./-]?){5,}|\b[a-z]{6}\s?\d{2}\s?[a-z]|\b[a-z]{3}\s?[a-z]{3}\s?\d{2}[a-z]\d{2}")
_ROBOT = re.compile(r"bot|crawl|spider|slurp|curl|wget|python|http-?client|monitor|preview|scan", re.IGNORECASE)
diario = logging.getLogger(__name__)


def conta_ricerca_vuota(testo: str, *, lingua: str, comune: Comune | None, agente: str) -> bool:
    """Count one search that found nothing, and say whether it was: never what may name a person, nor a robot's.

    A database that cannot be written to loses the count, not the page.
    """
    parole = " ".join(piane(testo).split())[:LUNGHEZZA_MASSIMA].strip()
    if not any(c.isalpha() for c in parole) or _PERSONALE.search(piane(testo)) or not agente or _ROBOT.search(agente):
        return False
    chiave: dict[str, Any] = {"testo": parole, "lingua": lingua, "comune": comune.nome if comune else ""}
    try:
        with transaction.atomic():
            RicercaVuota.objects.get_or_create(**chiave)
            RicercaVuota.objects.filter(**chiave).update(quante=F("quante") + 1)
    except DatabaseError:
        diario.warning("Ricerca senza risultati non contata.", exc_info=True)
        return False
    return True
