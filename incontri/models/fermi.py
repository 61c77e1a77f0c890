"""Frozen means frozen: the guards of the models on what hangs on approved minutes, each with its word to the person.

`ConFermo` for the rows, `FermiQuerySet` for writes in bulk. Who goes around both meets the seals (`sigilli.py`).
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

# Both states of minutes that stand still; `StatoVerbale` has the words.
FERMI = ("approvato", "pubblicato")


class Fermo(ValidationError):
    """What was asked for would change, add or remove something of approved minutes; nothing was written."""

    def __init__(self):
        super().__init__(
            "Quello che è stato approvato non si cambia più: per correggerlo c'è la rettifica.", code="fermo"
        )


class FermiQuerySet(models.QuerySet):
    """Writes in bulk that leave frozen rows alone, whoever asks for them: all or none, with Fermo."""

    def fermi(self):
        """The frozen ones among these."""
        return self.order_by().filter(self.model.quando_fermo())

    def update(self, **valori):
        """As Django does; raises Fermo, with nothing written, if a frozen row would change."""
        if any(not self.model.si_scrive_da_fermo(campo, valore) for campo, valore in valori.items()):
            self._controlla(self.fermi())
            self._controlla_padri(valori.get(self.model.PADRE) or valori.get(f"{self.model.PADRE}_id"))
        return super().update(**valori)

    def delete(self):
        """As Django does; raises Fermo, with nothing deleted, if a frozen row is among them."""
        self._controlla(self.fermi())
        return super().delete()

    def bulk_create(self, objs, *args, **kwargs):
        """As Django does; raises Fermo if a row would go under approved minutes, or over a frozen one."""
        objs = list(objs)
        self._controlla(self._gia_fermi(objs))
        self._controlla_padri(*(getattr(riga, f"{self.model.PADRE}_id", None) for riga in objs))
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs, fields, *args, **kwargs):
        """As Django does; raises Fermo, with nothing written, if a frozen row is among them."""
        objs = list(objs)
        self._controlla(self._gia_fermi(objs))
        if self.model.PADRE in fields:
            self._controlla_padri(*(getattr(riga, f"{self.model.PADRE}_id") for riga in objs))
        return super().bulk_update(objs, fields, *args, **kwargs)

    def _gia_fermi(self, righe: list[Any]) -> models.QuerySet:
        return self.model._default_manager.filter(self.model.quando_fermo(), pk__in=[riga.pk for riga in righe])

    def _controlla(self, fermi: models.QuerySet) -> None:
        if fermi.exists():
            raise Fermo

    def _controlla_padri(self, *padri: Any) -> None:
        chiavi = {getattr(padre, "pk", padre) for padre in padri} - {None}
        if chiavi and self.model.PADRE:
            self._controlla(self.model.padri_fermi(chiavi))


class ConFermo(models.Model):
    """A row that stands still once the minutes it hangs on are approved.

    `FERMO_CON` is the way from the row to those minutes, `PADRE` the field that hangs it there. `SCRIVIBILI` may change
    all the same; `PERSONE` may become empty, when an account is removed.
    """

    FERMO_CON: ClassVar[str] = ""
    PADRE: ClassVar[str] = ""
    SCRIVIBILI: ClassVar[Sequence[str]] = ()
    PERSONE: ClassVar[Sequence[str]] = ()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """As Django does; raises Fermo, with nothing written, if the row stands still or goes where nothing enters."""
        salvata = type(self)._default_manager.filter(self.quando_fermo(), pk=self.pk).first()
        if salvata is not None:
            self._controlla(salvata, kwargs.get("update_fields"))
        elif self.PADRE and (padre := getattr(self, f"{self.PADRE}_id")) and self.padri_fermi([padre]).exists():
            raise Fermo
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """As Django does; raises Fermo, with nothing deleted, if the row stands still."""
        if type(self)._default_manager.filter(self.quando_fermo(), pk=self.pk).exists():
            raise Fermo
        return super().delete(*args, **kwargs)

    @classmethod
    def quando_fermo(cls) -> Q:
        """The condition that a row is frozen."""
        return Q(**{f"{cls.FERMO_CON}__stato__in": FERMI})

    @classmethod
    def padri_fermi(cls, chiavi: Iterable[Any]) -> models.QuerySet:
        """Among the rows these hang on (by key), those that take in nothing more."""
        campo: Any = cls._meta.get_field(cls.PADRE)
        padre = campo.related_model
        oltre = cls.FERMO_CON.removeprefix(cls.PADRE).removeprefix("__")
        stato = f"{oltre}__stato__in" if oltre else "stato__in"
        return padre._default_manager.filter(pk__in=chiavi, **{stato: FERMI})

    @classmethod
    def si_scrive_da_fermo(cls, campo: str, valore: Any) -> bool:
        """Whether the field of a frozen row may take this value."""
        nome = campo.removesuffix("_id")
        return nome in cls.SCRIVIBILI or (nome in cls.PERSONE and valore is None)

    def passa_da_fermo(self, salvata: Any, cambiati: set[str]) -> bool:
        """Whether these fields of the frozen row, as it is saved, may change together; each model says when."""
        return False

    def _controlla(self, salvata: Any, campi: Iterable[str] | None) -> None:
        if self._state.adding:
            raise Fermo
        scritti = [c for c in self._meta.concrete_fields if campi is None or c.name in campi]
        # The moment of the last save changes with every save.
        cambiati = {
            campo.name
            for campo in scritti
            if (campo.name == "aggiornato" or getattr(self, campo.attname) != getattr(salvata, campo.attname))
            and not self.si_scrive_da_fermo(campo.name, getattr(self, campo.attname))
        }
        if cambiati and not self.passa_da_fermo(salvata, cambiati):
            raise Fermo
