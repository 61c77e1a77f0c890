"""Import and export of a model as a table: errors name row and column, and a file goes in whole or not at all."""

from collections.abc import Callable
from typing import Any, ClassVar

import tablib
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.functional import cached_property
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource
from import_export.results import Error

from tavolo.base.blocco import adatto, importa
from tavolo.base.celle import PerChiave, Riferimenti, Riferimento, suggerimento
from tavolo.base.colonne import Colonna, colonna_di
from tavolo.base.esiti import Differenza, Esito
from tavolo.base.models import ConAutore
from tavolo.base.stati import ConStati


def _niente(*args: Any) -> None:
    """Nobody waits."""


class RigheDiPrima(BaseInstanceLoader):
    """The rows that are already there, by their key: one query for the file instead of one for each of its rows."""

    def get_instance(self, row):
        """The row that the file's present row is about, or None; raises ValidationError if there are several."""
        uguali = self.per_chiave.get(self.resource.chiave, [])
        if len(uguali) > 1:
            raise ValidationError(f"Ci sono già {len(uguali)} voci come questa: non so quale cambiare.")
        return uguali[0] if uguali else None

    @cached_property
    def per_chiave(self):
        """Every row of the table."""
        colonne = [self.resource.fields[nome] for nome in self.resource.get_import_id_fields()]
        righe: dict[tuple, list] = {}
        for riga in self.resource.get_queryset():
            righe.setdefault(tuple(c.get_value(riga) for c in colonne), []).append(riga)
        return righe


class Tracciato(ModelResource):
    """The table of one model: which columns, in which order, and which of them recognise a row.

    A subclass gives `Meta.model`, `Meta.fields` and `Meta.import_id_fields`; `chiavi` names, for a column that points
    to another table, the field it is read by where this is not `slug`. `anteprima` asks for the differences of each row.

    A column that the file does not have leaves its field alone. `stato` of a row that has a life of its own is read
    only for new rows: later only `tavolo.base.stati.compi` moves it, with its checks and its history.

    Rows are written together where that changes nothing but the time (`tavolo.base.blocco`), else one by one; each leaves
    its history. `in_blocco` says by hand what is otherwise decided from the model: True that its `clean` and
    `before_save_instance` look at their own row only, False that rows must go one by one. `avanzamento` is told how many
    of how many rows were read; row by row it is not, because there the whole import is one transaction. `alla_scrittura` is
    given the result within the transaction that writes it, and undoes it by raising.
    """

    chiavi: ClassVar[dict[str, str]] = {}
    in_blocco: ClassVar[bool | None] = None
    motivo = "Importazione di una tabella"

    class Meta:
        instance_loader_class = RigheDiPrima
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def __init__(self, *, anteprima: bool = True, avanzamento=_niente, alla_scrittura=_niente, **kwargs):
        super().__init__(**kwargs)
        self.anteprima = anteprima
        self.avanzamento: Callable[[int, int], None] = avanzamento
        self.alla_scrittura: Callable[[Esito], None] = alla_scrittura
        self.chiave: tuple = ()
        self.viste: dict[tuple, int] = {}
        self.numeri: list[int] = []

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        """Our columns in place of the library's."""
        chiave = cls.chiavi.get(field_name, "slug")
        return colonna_di(django_field, field_name, chiave, sola_lettura=readonly)

    @classmethod
    def get_display_name(cls):
        """The plural of the model, for the export form."""
        return str(cls._meta.model._meta.verbose_name_plural)

    @classmethod
    def get_result_class(cls):
        """Results that know rows and columns."""
        return Esito

    @classmethod
    def get_diff_class(cls):
        """Differences a strict content security policy lets through."""
        return Differenza

    def get_queryset(self):
        """Rows with what their columns point to."""
        return self.con_riferimenti(super().get_queryset())

    def filter_export(self, queryset, **kwargs):
        """Rows with what their columns point to, so that the number of queries does not grow."""
        return self.con_riferimenti(queryset)

    def con_riferimenti(self, righe: models.QuerySet) -> models.QuerySet:
        """The queryset with foreign keys joined and many-to-many prefetched."""
        singoli = [nome for nome, c in self.fields.items() if isinstance(c.widget, Riferimento)]
        molti = [nome for nome, c in self.fields.items() if isinstance(c.widget, Riferimenti)]
        if singoli:
            righe = righe.select_related(*singoli)
        return righe.prefetch_related(*molti)

    def import_data(self, dataset, dry_run=False, raise_errors=False, rollback_on_validation_errors=True, **kwargs):
        """Import the table and give its Esito; with any error nothing is saved."""
        self.viste = {}
        self.numeri = getattr(dataset, "numeri", None) or list(range(2, len(dataset) + 2))
        problemi = self.problemi_di_intestazione(dataset)
        if problemi:
            esito = self.get_result_class()()
            for problema in problemi:
                esito.append_base_error(Error(ValueError(problema)))
            return esito
        esito = None
        if adatto(self):
            esito = importa(self, dataset, kwargs, prova=dry_run, anche_in_parte=not rollback_on_validation_errors)
        if esito is None:
            self.viste = {}
            with transaction.atomic():
                esito = super().import_data(
                    dataset,
                    dry_run,
                    raise_errors,
                    rollback_on_validation_errors=rollback_on_validation_errors,
                    **kwargs,
                )
                if not (dry_run or esito.has_errors() or esito.has_validation_errors()):
                    self.alla_scrittura(esito)
        esito.numeri = self.numeri
        return esito

    def prepara(self, dataset: tablib.Dataset) -> None:
        """Read at once the rows of other tables that the file names."""
        for posto, nome in enumerate(dataset.headers):
            colonna = self.fields[nome]
            colonna.lette = {}
            if isinstance(colonna.widget, PerChiave):
                colonna.widget.prepara(celle[posto] for celle in dataset)

    def problemi_di_intestazione(self, dataset: tablib.Dataset) -> list[str]:
        """Sentences about columns nobody knows and about missing ones without which no row can be recognised."""
        presenti, note = dataset.headers or [], list(self._meta.fields)
        elenco = f" Le colonne sono: {', '.join(note)}."
        problemi = [f"Colonna sconosciuta «{nome}»{suggerimento(nome, note)}" for nome in presenti if nome not in note]
        problemi += [
            f"Manca la colonna «{nome}», che serve a riconoscere le righe."
            for nome in self._meta.import_id_fields
            if nome not in presenti
        ]
        return [*problemi[:-1], problemi[-1] + elenco] if problemi else []

    def before_import_row(self, row, **kwargs):
        """Refuse, column by column, cells that cannot be read, and a row that is already in the file."""
        errori, valori = {}, {}
        for colonna in self.get_import_fields():
            if colonna.column_name in row:
                try:
                    valori[colonna.column_name] = self.letta(colonna, row)
                except ValueError as errore:
                    errori[colonna.column_name] = str(errore)
        if errori:
            raise ValidationError(errori)
        self.chiave = tuple(valori[nome] for nome in self._meta.import_id_fields)
        numero = self.numeri[kwargs["row_number"] - 1]
        gia = self.viste.setdefault(self.chiave, numero)
        if gia != numero:
            raise ValidationError(f"È la stessa voce della riga {gia}.")

    def letta(self, colonna: Colonna, row: dict[str, str]) -> Any:
        """The value of the cell; raises ValueError if it cannot be read or is empty where it must not be."""
        valore = colonna.clean(row)
        if valore in ("", None, []):
            if colonna.column_name in self._meta.import_id_fields and not colonna.modello.null:
                raise ValueError("Non può essere vuota: serve a riconoscere la riga.")
            if not colonna.facoltativa:
                raise ValueError("Non può essere vuota.")
        return valore

    def after_init_instance(self, instance, new, row, **kwargs):
        """Sign a new row, and refuse it if the file lacks a column it cannot do without."""
        if not new:
            return
        if isinstance(instance, ConAutore):
            instance.autore = kwargs.get("user")
        mancanti = {
            nome: "Manca la colonna, che serve per una voce nuova."
            for nome, colonna in self.fields.items()
            if nome not in row and not colonna.facoltativa
        }
        if mancanti:
            raise ValidationError(mancanti)

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        """Fill the field from its column; of a row that already exists the state is not touched, nor its address emptied."""
        if not instance._state.adding and (
            (field.attribute == "stato" and isinstance(instance, ConStati))
            or (field.attribute == "slug" and not row.get("slug", "").strip())
        ):
            return
        super().import_field(field, instance, row, is_m2m, **kwargs)

    def do_instance_save(self, instance, is_create):
        """Save the row with its history; what the database alone refuses leaves the rest of the import readable."""
        instance._change_reason = self.motivo
        try:
            with transaction.atomic():
                super().do_instance_save(instance, is_create)
        except IntegrityError as errore:
            raise ValidationError("Non si può salvare: una voce uguale c'è già.") from errore

    def after_import(self, dataset, result, **kwargs):
        """Nothing: keys are made by us, there are no sequences to reset."""

    def get_import_fields(self):
        """The columns in the order of the table."""
        return [self.fields[nome] for nome in self._meta.fields]
