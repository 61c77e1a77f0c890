"""The rules of a model asked of the many rows of a file: what `full_clean` says, with a few queries for all of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, UniqueConstraint
from django.utils.text import slugify

from tavolo.base.blocco.condizioni import si_sa_valutare, valuta
from tavolo.base.models import ConSlug

RICORDATI = 20_000


def sa(modello: type[models.Model]) -> bool:
    """Whether every rule of the model can be asked here: only plain uniqueness, and no parent table."""
    senza_date = not any(
        getattr(campo, nome, None)
        for campo in modello._meta.fields
        for nome in ("unique_for_date", "unique_for_month", "unique_for_year")
    )
    vincoli = [v for v in modello._meta.constraints if not isinstance(v, CheckConstraint)]
    return senza_date and not modello._meta.parents and all(_unicita_semplice(v, modello) for v in vincoli)


def _unicita_semplice(vincolo: Any, modello: type[models.Model]) -> bool:
    return (
        isinstance(vincolo, UniqueConstraint)
        and bool(vincolo.fields)
        and vincolo.nulls_distinct is not False
        and (vincolo.condition is None or si_sa_valutare(vincolo.condition, modello))
    )


@dataclass
class Unicita:
    """What no two rows may share; `presenti` says which row has which values, `di_riga` the contrary."""

    campi: list[Any]
    dove: str
    rifiuto: Callable[[Any], ValidationError]
    condizione: Any = None
    presenti: dict[tuple, Any] = field(default_factory=dict)
    di_riga: dict[Any, tuple] = field(default_factory=dict)

    def leggi(self, modello: type[models.Model]) -> None:
        """What the table has: one query."""
        righe = modello._default_manager.order_by()
        if self.condizione is not None:
            righe = righe.filter(self.condizione)
        for pk, *valori in righe.values_list("pk", *(c.attname for c in self.campi)).iterator():
            self.segna(pk, tuple(valori))

    def segna(self, pk: Any, valori: tuple | None) -> None:
        """From here on the row has these values."""
        prima = self.di_riga.pop(pk, None)
        if prima is not None and self.presenti.get(prima) == pk:
            del self.presenti[prima]
        if valori is not None and None not in valori:
            self.presenti[valori] = pk
            self.di_riga[pk] = valori

    def valori(self, dati: dict[str, Any]) -> tuple | None:
        """Those of a row, None if it is not concerned."""
        if self.condizione is not None and valuta(self.condizione, dati) is not True:
            return None
        return tuple(dati[c.attname] for c in self.campi)


class Regole:
    """The rules of one model, asked of one row after the other: each sees the rows that passed before it."""

    def __init__(self, modello: type[models.Model]):
        self.modello = modello
        self.campi: list[Any] = [
            c for c in modello._meta.concrete_fields if not (c.primary_key or c.generated or _da_solo(c))
        ]
        self.puliti: dict[str, dict] = {c.attname: {} for c in self.campi}
        self.verifiche: list[tuple[CheckConstraint, bool, frozenset[str], dict]] = [
            (v, si_sa_valutare(v.condition, modello), frozenset(_nomi(v.condition)), {})
            for v in modello._meta.constraints
            if isinstance(v, CheckConstraint)
        ]
        self.uniche = list(_uniche(modello))
        self.slug: set[str] = set()
        for unica in self.uniche:
            unica.leggi(modello)
            if issubclass(modello, ConSlug) and [c.name for c in unica.campi] == ["slug"]:
                self.slug = {valori[0] for valori in unica.presenti}
        self.pulisce = modello.clean is not models.Model.clean

    def controlla(self, riga: Any, errori: dict[str, Any]) -> None:
        """Bring the row to clean values, and give it a slug; raises ValidationError as `full_clean` does.

        `errori` are those of its cells: their fields are not looked at again.
        """
        errori = dict(errori)
        esclusi = set(errori)
        self._campi(riga, errori, esclusi)
        if self.pulisce:
            try:
                riga.clean()
            except ValidationError as errore:
                errori = errore.update_error_dict(errori)
        esclusi |= set(errori)
        if isinstance(riga, ConSlug) and not riga.slug and "slug" not in esclusi:
            riga.slug = self._slug_libero(riga)
        dati = riga.__dict__ | {c.name: riga.__dict__[c.attname] for c in self.campi}
        self._unicita(riga, dati, errori, esclusi)
        esclusi |= set(errori)
        self._verifiche(riga, dati, errori, esclusi)
        if errori:
            raise ValidationError(errori)
        for unica in self.uniche:
            unica.segna(riga.pk, unica.valori(dati))
        self.slug.add(dati.get("slug", ""))

    def dimentica(self, riga: models.Model) -> None:
        """The row will not be written after all."""
        for unica in self.uniche:
            unica.segna(riga.pk, None)

    def _campi(self, riga: models.Model, errori: dict[str, Any], esclusi: set[str]) -> None:
        for campo in self.campi:
            if campo.name in esclusi:
                continue
            grezzo = riga.__dict__[campo.attname]
            if campo.blank and grezzo in campo.empty_values:
                continue
            if campo.is_relation and grezzo is not None and not campo.get_limit_choices_to():
                continue  # it comes from a row that was just read: to ask whether it exists would be a query for each
            puliti, chiave = self.puliti[campo.attname], (type(grezzo), str(grezzo))
            if chiave not in puliti:
                try:
                    pulito = campo.clean(grezzo, riga)
                except ValidationError as errore:
                    errori[campo.name] = errore.error_list
                    continue
                if len(puliti) > RICORDATI:
                    puliti.clear()
                puliti[chiave] = pulito
            if puliti[chiave] is not grezzo:
                setattr(riga, campo.attname, puliti[chiave])

    def _unicita(self, riga: models.Model, dati: dict, errori: dict[str, Any], esclusi: set[str]) -> None:
        for unica in self.uniche:
            valori = unica.valori(dati)
            if valori is None or None in valori or any(c.name in esclusi for c in unica.campi):
                continue
            if unica.presenti.get(valori, riga.pk) != riga.pk:
                errori.setdefault(unica.dove, []).append(unica.rifiuto(riga))

    def _verifiche(self, riga: models.Model, dati: dict, errori: dict[str, Any], esclusi: set[str]) -> None:
        for vincolo, qui, nomi, viste in self.verifiche:
            if nomi & esclusi:
                continue
            if qui:
                passa = valuta(vincolo.condition, dati) is not False
            else:
                chiave = tuple(dati[nome] for nome in sorted(nomi))
                if chiave not in viste:
                    viste[chiave] = _passa(vincolo, riga)
                passa = viste[chiave]
            if not passa:
                rifiuto = ValidationError(vincolo.get_violation_error_message(), code=vincolo.violation_error_code)
                errori.setdefault("__all__", []).append(rifiuto)

    def _slug_libero(self, riga: models.Model) -> str:
        base = slugify(str(riga))[:110] or "voce"
        candidato, numero = base, 1
        while candidato in self.slug:
            numero += 1
            candidato = f"{base}-{numero}"
        return candidato


def _da_solo(campo: Any) -> bool:
    return getattr(campo, "auto_now", False) or getattr(campo, "auto_now_add", False)


def _passa(vincolo: CheckConstraint, riga: models.Model) -> bool:
    try:
        vincolo.validate(type(riga), riga)
    except ValidationError:
        return False
    return True


def _nomi(condizione: Any) -> Iterable[str]:
    return (nome.split("__")[0] for nome in condizione.referenced_base_fields)


def _uniche(modello: type[models.Model]) -> Iterable[Unicita]:
    campi: Callable = modello._meta.get_field
    for campo in modello._meta.concrete_fields:
        if campo.unique and not campo.primary_key:
            yield Unicita([campo], campo.name, _doppione((campo.name,)))
    for insieme in modello._meta.unique_together:
        dove = insieme[0] if len(insieme) == 1 else "__all__"
        yield Unicita([campi(n) for n in insieme], dove, _doppione(insieme))
    for vincolo in modello._meta.constraints:
        if isinstance(vincolo, UniqueConstraint):
            predefinito = vincolo.violation_error_message == vincolo.default_violation_error_message
            uno = len(vincolo.fields) == 1 and (vincolo.violation_error_code == "unique" or predefinito)
            dove = vincolo.fields[0] if uno else "__all__"
            yield Unicita([campi(nome) for nome in vincolo.fields], dove, _rifiuto(vincolo), vincolo.condition)


def _doppione(nomi: Sequence[str]) -> Callable[[Any], ValidationError]:
    return lambda riga: riga.unique_error_message(type(riga), nomi)


def _rifiuto(vincolo: UniqueConstraint) -> Callable[[Any], ValidationError]:
    if vincolo.condition is None and vincolo.violation_error_message == vincolo.default_violation_error_message:
        return _doppione(vincolo.fields)
    return lambda riga: ValidationError(vincolo.get_violation_error_message(), code=vincolo.violation_error_code)
