"""Columns of a tracciato: which field each fills, and by which kind of cell."""

from django.db import models
from import_export.fields import Field
from import_export.widgets import Widget

from tavolo.base.celle import (
    Decimale,
    Intero,
    Riferimenti,
    Riferimento,
    Scelta,
    SceltaNumerata,
    SiNo,
    Testo,
    TestoLungo,
    a_capo,
)
from tavolo.base.celle_tempo import Data, DataOra, DataParziale, Ora
from tavolo.base.fields import DataParzialeField


class Colonna(Field):
    """A column: `modello` is the Django field it fills."""

    def __init__(self, *args, modello: models.Field, **kwargs):
        super().__init__(*args, **kwargs)
        self.modello = modello
        # What each text was read as: most columns say the same few things in thousands of rows.
        self.lette: dict[str, object] | None = None
        self._ricorda = not isinstance(self.widget, TestoLungo) and type(self.widget) is not Testo

    def clean(self, row, **kwargs):
        """The value of the cell, which must not be changed in place; raises ValueError if it cannot be read."""
        if self.lette is None or not self._ricorda:
            return super().clean(row, **kwargs)
        scritto = row[self.column_name]
        if scritto not in self.lette:
            self.lette[scritto] = super().clean(row, **kwargs)
        return self.lette[scritto]

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Fill the field, but leave a text alone that differs only in how its lines end."""
        if isinstance(self.widget, TestoLungo) and a_capo(self.get_value(instance)) == self.clean(row):
            return
        super().save(instance, row, is_m2m, **kwargs)

    @property
    def facoltativa(self) -> bool:
        """Whether an empty cell is a good one for a new row."""
        return self.modello.blank or self.modello.null or self.modello.has_default()


_LETTORI = (
    (models.BooleanField, SiNo),
    (models.DateTimeField, DataOra),
    (models.DateField, Data),
    (models.TimeField, Ora),
    (models.DecimalField, Decimale),
    (models.IntegerField, Intero),
    (DataParzialeField, DataParziale),
    (models.TextField, TestoLungo),
)


def colonna_di(campo: models.Field, nome: str, chiave: str, *, sola_lettura: bool) -> Colonna:
    """The column that fills a Django field; of other tables it reads the field `chiave`."""
    if campo.many_to_many:
        lettore: Widget = Riferimenti(campo.related_model, chiave)
    elif campo.is_relation:
        lettore = Riferimento(campo.related_model, chiave)
    elif campo.choices:
        lettore = (SceltaNumerata if isinstance(campo, models.IntegerField) else Scelta)(campo.flatchoices)
    else:
        lettore = next((classe for tipo, classe in _LETTORI if isinstance(campo, tipo)), Testo)()
    predefinito = {"default": campo.get_default} if campo.has_default() and not campo.null else {}
    return Colonna(nome, nome, lettore, readonly=sola_lettura, modello=campo, **predefinito)
