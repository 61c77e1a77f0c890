"""Conditions of constraints answered in Python for a row in memory, as the database would; no query for each row.

`Q.check` and `CheckConstraint.validate` ask the database once for each row and constraint: for a file of 10,000 rows that
is the time of the whole import. Only the lookups whose answer cannot depend on the engine are answered here.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Q

_ORDINE: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
_CONFRONTI = {"exact", "isnull", "in", *_ORDINE}


def si_sa_valutare(condizione: Any, modello: type[models.Model]) -> bool:
    """Whether `valuta` gives the answer of both engines: plain fields, plain values, no order between texts."""
    if not isinstance(condizione, Q):
        return False
    return all(
        si_sa_valutare(pezzo, modello) if isinstance(pezzo, Q) else _semplice(pezzo, modello)
        for pezzo in condizione.children
    )


def valuta(condizione: Any, valori: Mapping[str, Any], *, negata: bool = False) -> bool | None:
    """The condition for a row given by the names of its fields and by their `attname`; None where SQL says NULL.

    A comparison with NULL under a negation is false, not NULL: so Django writes `~Q(campo=1)`.
    """
    negata = negata != condizione.negated
    risposte: list[bool | None] = [
        valuta(pezzo, valori, negata=negata) if isinstance(pezzo, Q) else _confronta(pezzo[0], pezzo[1], valori, negata)
        for pezzo in condizione.children
    ]
    if condizione.connector == Q.AND:
        esito = False if False in risposte else (None if None in risposte else True)
    elif condizione.connector == Q.OR:
        esito = True if True in risposte else (None if None in risposte else False)
    else:
        esito = None if None in risposte else sum(map(bool, risposte)) % 2 == 1
    return (None if esito is None else not esito) if condizione.negated else esito


def _diviso(nome: str) -> tuple[str, str]:
    campo, _, confronto = nome.partition("__")
    return campo, confronto or "exact"


def _semplice(pezzo: Any, modello: type[models.Model]) -> bool:
    if not isinstance(pezzo, tuple):
        return False
    nome, atteso = pezzo
    campo, confronto = _diviso(nome)
    try:
        di_testo = isinstance(modello._meta.get_field(campo), models.CharField | models.TextField)
    except FieldDoesNotExist:
        return False
    if confronto not in _CONFRONTI or (confronto in _ORDINE and di_testo):
        return False
    if isinstance(atteso, F):
        return type(atteso) is F and "__" not in str(vars(atteso)["name"])
    piani = (str, bool, int, Decimal, date, type(None))
    return all(isinstance(uno, piani) for uno in (atteso if isinstance(atteso, list | tuple) else [atteso]))


def _confronta(nome: str, atteso: Any, valori: Mapping[str, Any], negata: bool) -> bool | None:
    campo, confronto = _diviso(nome)
    valore = valori[campo]
    if isinstance(atteso, F):
        atteso = valori[vars(atteso)["name"]]
    elif confronto == "exact" and atteso is None:
        confronto, atteso = "isnull", True
    if confronto == "isnull":
        return (valore is None) == atteso
    if valore is None or atteso is None:
        return False if negata else None
    if confronto == "in":
        return valore in atteso
    return _ORDINE.get(confronto, operator.eq)(valore, atteso)
