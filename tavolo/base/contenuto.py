"""The content version: a number that every change of what the public may see raises, in the transaction of the change.

A page kept under the version it was made from is right for as long as the number stands, in every process. Here is the
portal's only listener to signals (docs/architettura.md); who writes in bulk, where Django sends none, calls `cambiate`
with the rows.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import F, Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from tavolo.base.models import VersioneContenuto

# Called with each row that was saved, deleted, or whose many-to-many changed, before the transaction ends.
ALLA_MODIFICA: list[Callable[[Model], None]] = []
# The same for many rows of one model at once: which function stands for which of those above.
IN_BLOCCO: dict[Callable[[Model], None], Callable[[Sequence[Model]], None]] = {}
APP = ("referenti", "risorse", "incontri")


def versione() -> int:
    """The number as it stands: one query on one row."""
    return VersioneContenuto.objects.filter(pk=1).values_list("numero", flat=True).first() or 0


def cambiato() -> None:
    """Raise the number; it counts when the transaction does."""
    if not VersioneContenuto.objects.filter(pk=1).update(numero=F("numero") + 1):
        VersioneContenuto.objects.get_or_create(pk=1, defaults={"numero": 1})


def cambiate(righe: Sequence[Model]) -> None:
    """Say that rows of one model were written in bulk: the number goes up once, what hangs on the rows is told of them.

    Nothing happens for rows that no public page shows.
    """
    if not righe or not _riguarda_le_pagine(type(righe[0])):
        return
    cambiato()
    for funzione in ALLA_MODIFICA:
        if in_blocco := IN_BLOCCO.get(funzione):
            in_blocco(righe)
        else:
            for riga in righe:
                funzione(riga)


def ascolta() -> None:
    """Follow every noun of the three apps but the history, and what says of itself `FUORI_DALLE_PAGINE`."""
    for app in APP:
        for modello in apps.get_app_config(app).get_models():
            if modello.__name__.startswith("Historical") or not _riguarda_le_pagine(modello):
                continue
            post_save.connect(_salvata, sender=modello, dispatch_uid=f"contenuto-{modello._meta.label}")
            post_delete.connect(_salvata, sender=modello, dispatch_uid=f"contenuto-{modello._meta.label}")
            for campo in modello._meta.local_many_to_many:
                m2m_changed.connect(
                    _legata,
                    sender=campo.remote_field.through,
                    dispatch_uid=f"contenuto-{modello._meta.label}-{campo.name}",
                )


def _riguarda_le_pagine(modello: type[Model]) -> bool:
    return modello._meta.app_label in APP and not hasattr(modello, "FUORI_DALLE_PAGINE")


def _salvata(sender: Any, instance: Model, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    cambiato()
    for funzione in ALLA_MODIFICA:
        funzione(instance)


def _legata(sender: Any, instance: Model, action: str, **kwargs: Any) -> None:
    if action.startswith("post_"):
        _salvata(sender, instance)
