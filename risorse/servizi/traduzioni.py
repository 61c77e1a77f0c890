"""Translations of the content: brought to what a page shows, written and checked by who mediates."""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import get_language

from risorse.models import Traducibile, Traduzione
from risorse.models.traduzione import impronta, lingue_di_traduzione


def traducibili(*radici: Any) -> Iterator[Traducibile]:
    """Every translatable row inside `radici`, however often it is there: in collections, data classes, mappings, and
    what rows were joined with or prefetched.

    Querysets are evaluated, as the page would; relations nobody has fetched are not followed: no query is added.
    """
    da_vedere, viste = list(radici), {}
    while da_vedere:
        cosa = da_vedere.pop()
        if id(cosa) in viste:
            continue
        viste[id(cosa)] = cosa  # held, so that no other object takes its id meanwhile
        if isinstance(cosa, Model):
            if isinstance(cosa, Traducibile):
                yield cosa
            da_vedere += cosa._state.fields_cache.values()
            da_vedere += getattr(cosa, "_prefetched_objects_cache", {}).values()
        elif isinstance(cosa, Mapping):
            da_vedere += cosa.values()
        elif isinstance(cosa, list | tuple | set | frozenset | QuerySet):
            da_vedere += cosa
        elif is_dataclass(cosa) and not isinstance(cosa, type):
            da_vedere += vars(cosa).values()


def traduci(*radici: Any, lingua: str | None = None) -> None:
    """Bring to every translatable row inside `radici` its up-to-date translations in `lingua` (the active one).

    One query whatever the number of rows, none in Italian: keys are unique across tables.
    """
    lingua = lingua or get_language()
    if lingua not in dict(lingue_di_traduzione()):
        return
    righe: dict[Any, list[Traducibile]] = {}
    for riga in traducibili(*radici):
        righe.setdefault(riga.pk, []).append(riga)
    if not righe:
        return
    trovate: dict[Any, dict[str, Traduzione]] = {}
    for traduzione in Traduzione.objects.filter(lingua=lingua, oggetto_id__in=righe):
        if traduzione.impronta == impronta(vars(righe[traduzione.oggetto_id][0]).get(traduzione.campo, "")):
            trovate.setdefault(traduzione.oggetto_id, {})[traduzione.campo] = traduzione
    for chiave, uguali in righe.items():
        for riga in uguali:
            riga.tradotti = trovate.get(chiave, {})
