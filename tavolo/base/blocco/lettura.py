"""The rows of a file read and validated with a few queries for all of them, then written together.

The same guarantees as row by row: errors by row and column, each row sees those above it, unchanged rows are left
alone, nothing is half saved. What is not here: rows that a file may point to in itself, and models whose rules look at
other rows; their tracciati go row by row (`adatto`).
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from import_export.resources import ModelResource
from import_export.results import Result, RowResult

from tavolo.base.blocco import regole
from tavolo.base.blocco.scritture import Scritture
from tavolo.base.celle import PerChiave, Riferimenti
from tavolo.base.models import ConSlug

OGNI = 250
# What a tracciato may say about single rows, that here is not asked.
_A_RIGA = ("save_instance", "after_save_instance", "save_m2m", "after_import_row", "skip_row", "validate_instance")


def adatto(tracciato: Any) -> bool:
    """Whether the tracciato can go this way.

    `in_blocco = True` says that its model's `clean` and its own `before_save_instance` look at nothing but their row.
    """
    classe, modello = type(tracciato), tracciato._meta.model
    colonne = tracciato.fields.values()
    return (
        tracciato.in_blocco is not False
        and (tracciato.in_blocco or modello.clean is models.Model.clean)
        and (tracciato.in_blocco or classe.before_save_instance is ModelResource.before_save_instance)
        and all(getattr(classe, nome) is getattr(ModelResource, nome) for nome in _A_RIGA)
        and modello.save in (models.Model.save, ConSlug.save)
        and modello.full_clean is models.Model.full_clean
        and all(c.attribute == c.modello.name and c.modello.model is modello for c in colonne)
        and not any(isinstance(c.widget, PerChiave) and c.widget.model is modello for c in colonne)
        and regole.sa(modello)
    )


class Lettura:
    """One file on its way in: `esito` says what would be done, `scritture` does it."""

    def __init__(self, tracciato: Any, dataset: Any, opzioni: dict[str, Any]):
        self.tracciato = tracciato
        self.opzioni = opzioni
        self.intestazione = dataset.headers
        self.colonne = tracciato.get_import_fields()
        self.molti = [c for c in self.colonne if isinstance(c.widget, Riferimenti) and c.column_name in dataset.headers]
        self.singole = [
            (c.modello.name, c.modello.attname)
            for c in self.colonne
            if c.column_name in dataset.headers and not isinstance(c.widget, Riferimenti)
        ]
        self.scritture = Scritture(tracciato._meta.model)
        self.esito: Result = tracciato.get_result_class()()
        self.esito.diff_headers = tracciato.get_diff_headers()
        self.esito.total_rows = len(dataset)
        tracciato.prepara(dataset)
        self.di_prima = tracciato._meta.instance_loader_class(tracciato, dataset)
        self.regole = regole.Regole(tracciato._meta.model)

    def leggi(self, righe: Sequence[Sequence[str]]) -> None:
        """Read and validate every row; nothing is written."""
        for numero, celle in enumerate(righe, 1):
            row = dict(zip(self.intestazione, celle, strict=True))
            risultato = self._riga(row, numero)
            self.esito.increment_row_result_total(risultato)
            if risultato.errors:
                self.esito.append_error_row(numero, row, risultato.errors)
            elif risultato.validation_error:
                self.esito.append_invalid_row(numero, row, risultato.validation_error)
            self.esito.append_row_result(risultato)
            if numero % OGNI == 0 or numero == len(righe):
                self.tracciato.avanzamento(numero, len(righe))

    def da_scrivere(self, *, anche_in_parte: bool) -> bool:
        """Whether what was read may be written."""
        return anche_in_parte or not (self.esito.has_errors() or self.esito.has_validation_errors())

    def _riga(self, row: dict[str, str], numero: int) -> RowResult:
        risultato = self.tracciato.get_row_result_class()()
        try:
            self._leggi(row, numero, risultato)
        except ValidationError as errore:
            risultato.import_type = RowResult.IMPORT_TYPE_INVALID
            risultato.validation_error = errore
        except Exception as errore:
            risultato.import_type = RowResult.IMPORT_TYPE_ERROR
            risultato.errors.append(self.tracciato.get_error_result_class()(errore, row=row, number=numero))
        return risultato

    def _leggi(self, row: dict[str, str], numero: int, risultato: RowResult) -> None:
        tracciato, opzioni = self.tracciato, {**self.opzioni, "row_number": numero}
        tracciato.before_import_row(row, **opzioni)
        riga, nuova = tracciato.get_or_init_instance(self.di_prima, row)
        tracciato.after_init_instance(riga, nuova, row, **opzioni)
        differenza = tracciato.get_diff_class()(tracciato, riga, nuova)
        prima = dict(riga.__dict__)
        errori: dict[str, Any] = {}
        try:
            tracciato.import_instance(riga, row, **opzioni)
        except ValidationError as errore:
            errori = errore.update_error_dict(errori)
        campi = {nome for nome, dove in self.singole if nuova or riga.__dict__[dove] != prima[dove]}
        elenchi = self._elenchi(riga, row, nuova)
        if nuova or campi or elenchi or errori:
            slug = riga.__dict__.get("slug")
            self.regole.controlla(riga, errori)
            self._del_tracciato(riga, row, opzioni)
            if riga.__dict__.get("slug") != slug:
                campi.add("slug")
            risultato.import_type = RowResult.IMPORT_TYPE_NEW if nuova else RowResult.IMPORT_TYPE_UPDATE
            self._da_scrivere(riga, nuova, campi, elenchi)
        else:
            risultato.import_type = RowResult.IMPORT_TYPE_SKIP
        risultato.add_instance_info(riga)
        risultato.instance = riga
        differenza.compare_with(tracciato, riga)
        risultato.diff = differenza.as_html() if tracciato.anteprima else None

    def _elenchi(self, riga: models.Model, row: dict[str, str], nuova: bool) -> dict[str, list]:
        """The lists that change; the row holds the new ones in memory, for who looks at them before they are written."""
        cambiati = {}
        memoria = riga.__dict__.setdefault("_prefetched_objects_cache", {})
        for colonna in self.molti:
            nome, voluti = colonna.modello.name, colonna.clean(row)
            prima = [] if nuova else memoria[nome]
            if {uno.pk for uno in voluti} != {uno.pk for uno in prima}:
                cambiati[nome] = voluti
                memoria[nome] = _gia_letti(colonna.modello.related_model, voluti)
            elif nuova:
                memoria[nome] = _gia_letti(colonna.modello.related_model, [])
        return cambiati

    def _del_tracciato(self, riga: models.Model, row: dict[str, str], opzioni: dict[str, Any]) -> None:
        try:
            self.tracciato.before_save_instance(riga, row, **opzioni)
        except ValidationError:
            self.regole.dimentica(riga)
            raise

    def _da_scrivere(self, riga: models.Model, nuova: bool, campi: set[str], elenchi: dict[str, list]) -> None:
        if nuova:
            self.scritture.nuove.append(riga)
        else:
            self.scritture.aggiornate.append(riga)
            self.scritture.campi |= campi
        for nome, voluti in elenchi.items():
            self.scritture.molti.setdefault(nome, {})[riga.pk] = voluti


def _gia_letti(modello: Any, righe: list[Any]) -> QuerySet:
    elenco = modello._default_manager.all()  # as prefetch_related leaves it
    elenco._result_cache = righe  # noqa: SLF001
    elenco._prefetch_done = True  # noqa: SLF001
    return elenco
