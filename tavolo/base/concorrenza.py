"""Two people on the same rows: the second to save meets what the first wrote; nothing is covered, nothing is lost.

A form carries, for every saved row, the mark of the version the person was looking at (`timbro`). On saving, a row
that has changed meanwhile is written only if its content is still what that person saw; otherwise the whole request is
undone and `VersioneSuperata` carries the rows as they stand now, for a page that shows both texts.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from uuid import UUID

from django import forms
from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime


class VersioneSuperata(Exception):
    """Someone saved these rows after the person opened them.

    `salvate` maps the `chiave` of each contested row to the row as it stands now, or None if it was removed.
    """

    def __init__(self, salvate: dict[Any, models.Model | None]):
        super().__init__(f"{len(salvate)} righe cambiate nel frattempo")
        self.salvate = salvate


@dataclass(frozen=True, kw_only=True)
class Riga:
    """What a form says of one row: its values, which row and version it is about, or that it is to be removed.

    `valori` holds only the fields the form sent: the others are never touched. `alla_nascita` are values for a new row.
    `chiave` is how the caller recognises the row in `VersioneSuperata`.
    """

    chiave: Any
    valori: dict[str, Any]
    pk: UUID | None = None
    versione: str = ""
    rimuovi: bool = False
    alla_nascita: dict[str, Any] = field(default_factory=dict)


def timbro(oggetto: Any) -> str:
    """The mark of the saved version of a row: its `versione` where it counts them, else when it was last saved."""
    return str(oggetto.versione) if hasattr(oggetto, "versione") else oggetto.aggiornato.isoformat()


def rivendica(oggetto: Any) -> None:
    """Take the row for writing if it is still as it was loaded; raise VersioneSuperata otherwise.

    To be called in the transaction that then saves it.
    """
    campo = "versione" if hasattr(oggetto, "versione") else "aggiornato"
    vista = getattr(oggetto, campo)
    nuova = vista + 1 if campo == "versione" else timezone.now()
    righe = type(oggetto)._default_manager.filter(pk=oggetto.pk)
    # UPDATE condizionato: di due richieste simultanee ne vince una.
    if not righe.filter(**{campo: vista}).update(**{campo: nuova}):
        raise VersioneSuperata({oggetto.pk: righe.first()})
    setattr(oggetto, campo, nuova)


def togli(oggetto: Any, *, versione: str, autore: Any) -> None:
    """Remove the row, with a line of history by `autore`; one that is gone already is left so.

    Raises VersioneSuperata, with nothing removed, if it is no longer the `versione` (see `timbro`) the person saw.
    """
    with transaction.atomic():
        salvato: Any = type(oggetto)._default_manager.select_for_update().filter(pk=oggetto.pk).first()
        if salvato is None:
            return
        if timbro(salvato) != versione:
            raise VersioneSuperata({salvato.pk: salvato})
        salvato._history_user = autore
        salvato.delete()


def salva_righe(salvate: models.QuerySet, righe: Sequence[Riga], *, autore: Any) -> list[tuple[Riga, Any]]:
    """Write the rows of a form over those of `salvate`, all or none, each with a line of history signed by `autore`.

    Gives the rows written, each with what asked for it. Rows that are as the person found them, or as they already stand, are left alone. Raises
    VersioneSuperata, with nothing written, if one was changed or removed by someone else in the meantime.
    """
    scritte: list[tuple[Riga, Any]] = []
    superate: dict[Any, models.Model | None] = {}
    with transaction.atomic():
        presenti = {oggetto.pk: oggetto for oggetto in salvate.order_by("pk")}
        for riga in righe:
            oggetto = presenti.get(riga.pk) if riga.pk else salvate.model(**riga.alla_nascita)
            if oggetto is None:
                if not riga.rimuovi:
                    superate[riga.chiave] = None
            elif riga.pk and not riga.rimuovi and _uguale(oggetto, riga.valori):
                continue
            elif riga.pk and timbro(oggetto) != riga.versione and (vista := _diversa(oggetto, riga)) is not oggetto:
                if riga.rimuovi or vista is None or not _uguale(vista, riga.valori):
                    superate[riga.chiave] = oggetto
            else:
                try:
                    scritte.append((riga, _scrivi(oggetto, riga, autore)))
                except VersioneSuperata as superata:
                    superate[riga.chiave] = superata.salvate[oggetto.pk]
        if superate:
            raise VersioneSuperata(superate)
    return scritte


def _uguale(oggetto: Any, valori: dict[str, Any]) -> bool:
    return all(getattr(oggetto, campo) == valore for campo, valore in valori.items())


def _diversa(oggetto: Any, riga: Riga) -> Any:
    """The version the person saw, from the history, if its content differs; None if unknown; `oggetto` if it does not."""
    if hasattr(oggetto, "versione"):
        segno: Any = int(riga.versione) if riga.versione.isdecimal() and len(riga.versione) < 9 else None
        campo = "versione"
    else:
        campo, segno = "aggiornato", _momento(riga.versione)
    if segno is None:
        return None
    vista = type(oggetto).storia.filter(**{oggetto._meta.pk.name: oggetto.pk, campo: segno}).first()
    if vista is not None and _uguale(oggetto, {c: getattr(vista, c) for c in riga.valori}):
        return oggetto
    return vista


def _momento(testo: str) -> Any:
    try:
        momento = parse_datetime(testo)
        return momento.astimezone(UTC) if momento is not None and timezone.is_aware(momento) else None
    except (ValueError, OverflowError):
        return None


def _scrivi(oggetto: Any, riga: Riga, autore: Any) -> Any:
    if riga.pk:
        rivendica(oggetto)
    oggetto._history_user = autore
    if riga.rimuovi:
        oggetto.delete()
        return oggetto
    for campo, valore in riga.valori.items():
        setattr(oggetto, campo, valore)
    oggetto.save()
    return oggetto


class ConTimbro(forms.ModelForm):
    """A model form (to inherit instead of ModelForm) that saves only over the version the person was looking at.

    `save` raises VersioneSuperata if someone saved the row in the meantime; `riaperto` is then the form to show again
    and `confronto` what stands beside what was typed. Fields the request did not send keep what is saved, but for boxes to
    tick and choices of many: there nothing sent means nothing chosen.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            return
        self.fields["timbro"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=timbro(self.instance))
        if self.is_bound:
            for nome, campo in self.fields.items():
                # Disabled fields take their value from the row: what was not sent is not cleared. Not so the mark: a
                # request without it has seen no version.
                mancante = campo.widget.value_omitted_from_data(self.data, self.files, self.add_prefix(nome))
                campo.disabled = mancante and nome != "timbro"

    def save(self, commit=True):
        """The saved row; raises VersioneSuperata, with nothing written, if it is no longer the one that was opened."""
        with transaction.atomic():
            if not self.instance._state.adding:
                if self.cleaned_data["timbro"] != timbro(self.instance):
                    salvato = type(self.instance)._default_manager.get(pk=self.instance.pk)
                    raise VersioneSuperata({salvato.pk: salvato})
                rivendica(self.instance)
            return super().save(commit)

    def riaperto(self, salvato: Any) -> Any:
        """This form again, with what was typed, ready to be saved over `salvato`."""
        dati: Any = copy(self.data)
        dati[self.add_prefix("timbro")] = timbro(salvato)
        return type(self)(dati, instance=salvato, prefix=self.prefix)

    def confronto(self) -> list[tuple[str, str, str]]:
        """Label, saved text and typed text of each field where the two differ."""
        return [
            (str(self[nome].label), _in_parole(campo, self[nome].initial), _in_parole(campo, self[nome].value()))
            for nome, campo in self.fields.items()
            if nome != "timbro" and campo.has_changed(self[nome].initial, self[nome].data)
        ]


def _in_parole(campo: Any, valore: Any) -> str:
    """A value of a field as a person reads it."""
    if hasattr(campo, "choices"):
        scelti = {
            str(getattr(v, "pk", v))
            for v in (valore if isinstance(valore, list | tuple | models.QuerySet) else [valore])
        }
        return ", ".join(str(testo) for codice, testo in campo.choices if str(codice) in scelti and str(codice))
    if isinstance(campo, forms.BooleanField):
        return "sì" if valore else "no"
    if isinstance(campo, forms.MultiValueField):
        parti = valore if isinstance(valore, list) else campo.widget.decompress(valore)
        coppie = zip(campo.widget.widgets, parti, strict=True)
        return " ".join(str(lettore.format_value(parte) or "") for lettore, parte in coppie).strip()
    return str(campo.widget.format_value(valore) or "")
