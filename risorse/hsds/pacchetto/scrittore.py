"""Writes many rows at once and their history with them; what does not change is not written."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

LOTTO = 500
_NUMERO = re.compile(r" \(\d+\)$")
MOTIVO = "Pacchetto HSDS"


class Scrittore:
    """The new and the changed rows of one model, kept until `salva`."""

    def __init__(self, modello: type[Model], autore: Any):
        self.modello, self.autore = modello, autore
        self.nuove: list[Any] = []
        self.cambiate: dict[Any, Any] = {}
        self.prima: dict[Any, dict[str, Any]] = {}
        self.campi: set[str] = set()
        self.invariate = 0
        self._slug: set[str] | None = None

    def crea(self, **valori: Any) -> Any:
        """A new row; raises ValidationError if one of its values is not of its field."""
        oggetto = self.modello(**valori)
        _controlla(oggetto, valori)
        if hasattr(oggetto, "slug"):
            oggetto.slug = self._slug_libero(str(oggetto))
        self.nuove.append(oggetto)
        return oggetto

    def cambia(self, oggetto: Any, **valori: Any) -> bool:
        """Bring a row that is there to these values; whether anything changed. Raises ValidationError, row untouched."""
        diversi = {nome: valore for nome, valore in valori.items() if getattr(oggetto, nome) != valore}
        if not diversi:
            self.invariate += 1
            return False
        prima = {nome: getattr(oggetto, nome) for nome in diversi}
        for nome, valore in diversi.items():
            setattr(oggetto, nome, valore)
        try:
            _controlla(oggetto, diversi)
        except ValidationError:
            for nome, valore in prima.items():
                setattr(oggetto, nome, valore)
            raise
        if not oggetto._state.adding:
            oggetto.aggiornato = timezone.now()
            self.cambiate[oggetto.pk] = oggetto
            self.prima[oggetto.pk] = prima | self.prima.get(oggetto.pk, {})
            self.campi |= {nome.removesuffix("_id") for nome in diversi} | {"aggiornato"}
        return True

    def salva(self) -> None:
        """Write what waits."""
        comuni = {"default_user": self.autore, "default_change_reason": MOTIVO, "batch_size": LOTTO}
        if self.nuove:
            bulk_create_with_history(self.nuove, self.modello, **comuni)
        if self.cambiate:
            bulk_update_with_history(list(self.cambiate.values()), self.modello, sorted(self.campi), **comuni)

    def _slug_libero(self, nome: str) -> str:
        if self._slug is None:
            self._slug = set(self.modello._default_manager.values_list("slug", flat=True))
        base = slugify(nome)[:110] or "voce"
        candidato, numero = base, 1
        while candidato in self._slug:
            numero += 1
            candidato = f"{base}-{numero}"
        self._slug.add(candidato)
        return candidato


def _controlla(oggetto: Model, valori: Iterable[str]) -> None:
    """The fields that were set, one by one: what the database would refuse is refused here, with its sentence."""
    nomi = set(valori)
    oggetto.clean_fields(
        exclude={campo.name for campo in oggetto._meta.fields if campo.name not in nomi or campo.is_relation}
    )


def tagliato(testo: str, quanto: int) -> str:
    """A text that fits, cut at a word and marked where it goes on."""
    testo = testo.strip()
    if len(testo) <= quanto:
        return testo
    return testo[: quanto - 1].rsplit(" ", 1)[0][: quanto - 1].rstrip() + "…"


def stesso_nome(nostro: str, loro: str) -> bool:
    """Whether our name is theirs, perhaps cut, perhaps with the number that makes it unique after it."""
    loro, senza = loro.strip(), _NUMERO.sub("", nostro)
    return loro in (nostro, senza) or (senza.endswith("…") and loro.startswith(senza[:-1]))


class NomiUnici:
    """Names that must not be there twice: the second gets a number."""

    def __init__(self, presi: Iterable[Any], quanto: int):
        self.presi, self.quanto = set(presi), quanto

    def libero(self, nome: str, *insieme: Any) -> str:
        """The name, cut to fit, with a number if someone of the same `insieme` has it."""
        base = tagliato(nome, self.quanto)
        candidato, numero = base, 1
        while (*insieme, candidato) in self.presi:
            numero += 1
            coda = f" ({numero})"
            candidato = tagliato(nome, self.quanto - len(coda)) + coda
        self.presi.add((*insieme, candidato))
        return candidato
