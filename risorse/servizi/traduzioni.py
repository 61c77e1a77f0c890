"""Translations of the content: brought to what a page shows, written and checked by who mediates."""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import get_language

from risorse.models import StatoTraduzione, Traducibile, Traduzione
from risorse.models.traduzione import impronta, lingue_di_traduzione
from tavolo.base.concorrenza import VersioneSuperata, timbro
from tavolo.base.stati import compi


class ItalianoCambiato(Exception):
    """Somebody changed the Italian text after the person began to translate it: `attuale` is how it reads now."""

    def __init__(self, attuale: str):
        super().__init__("L'italiano è cambiato nel frattempo.")
        self.attuale = attuale


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


def salva_traduzione(
    oggetto: Any,
    campo: str,
    lingua: str,
    testo: str,
    *,
    autore: Any,
    verificata: bool = False,
    vista: str | None = None,
    sopra: str | None = None,
) -> Traduzione:
    """Write how `campo` of `oggetto` reads in `lingua`; the Italian original is never touched.

    `vista` is the fingerprint of the Italian the person translated (None: that of now), `sopra` the mark of the
    translation they wrote over ("" where there was none; None: whatever is there). A text that changes is to be checked
    again, unless `verificata`. Raises ItalianoCambiato or VersioneSuperata, with nothing written; PassaggioNonPossibile
    if it cannot be called good.
    """
    with transaction.atomic():
        # Held, so that the Italian does not change between the check and the writing.
        originale = getattr(type(oggetto)._default_manager.select_for_update().get(pk=oggetto.pk), campo)
        if vista not in (None, impronta(originale)):
            raise ItalianoCambiato(originale)
        dove = {"tipo": _tipo(oggetto), "oggetto_id": oggetto.pk, "campo": campo, "lingua": lingua}
        traduzione = Traduzione.objects.select_for_update().filter(**dove).first()
        uguale = traduzione is not None and traduzione.testo == testo
        if sopra is not None and sopra != (timbro(traduzione) if traduzione else "") and not uguale:
            raise VersioneSuperata({campo: traduzione})
        traduzione = traduzione or Traduzione(**dove)
        if not uguale or traduzione.impronta != impronta(originale):
            valori = {"testo": testo, "italiano": originale, "impronta": impronta(originale), "autore": autore}
            _scrivi(traduzione, valori, autore)
        if verificata and traduzione.stato != StatoTraduzione.VERIFICATA:
            compi(traduzione, "verifica", autore=autore)
        return traduzione


def togli_traduzione(traduzione: Traduzione, *, autore: Any, sopra: str | None = None) -> None:
    """Take a translation away: the reader gets the Italian again. Raises VersioneSuperata if it is no longer the one seen."""
    with transaction.atomic():
        adesso: Any = Traduzione.objects.select_for_update().filter(pk=traduzione.pk).first()
        if adesso is None:
            return
        if sopra not in (None, timbro(adesso)):
            raise VersioneSuperata({adesso.campo: adesso})
        adesso._history_user = autore
        adesso.delete()


def _scrivi(traduzione: Any, valori: dict[str, Any], autore: Any) -> None:
    if traduzione.stato == StatoTraduzione.VERIFICATA:
        compi(traduzione, "riapri", autore=autore, valori=valori)
        return
    for nome, valore in valori.items():
        setattr(traduzione, nome, valore)
    traduzione._history_user = autore
    traduzione.save()


def _tipo(oggetto: Any) -> ContentType:
    return ContentType.objects.get_for_model(oggetto)
