"""Cells of a tracciato: how their text becomes a value, and back; every refusal is a sentence in Italian."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from import_export.widgets import ManyToManyWidget, Widget

SEPARATORE = "|"
SUGGERIMENTI_MASSIMI = 100
_SI_NO = {"sì": True, "si": True, "s": True, "1": True, "vero": True, "true": True, "x": True} | dict.fromkeys(
    ("no", "n", "0", "falso", "false", ""), False
)


def suggerimento(scritto: str, noti: Iterable[str]) -> str:
    """The end of a sentence that proposes the known word nearest to what was written; empty without one."""
    vicini = difflib.get_close_matches(scritto.lower(), [str(noto) for noto in noti], n=1)
    return f"; forse «{vicini[0]}»?" if vicini else "."


class Testo(Widget):
    """One line of text, without the spaces around it."""

    def clean(self, value, row=None, **kwargs):
        """The text, empty where there is none."""
        return str(value or "").strip(" \u00a0")

    def render(self, value, obj=None, **kwargs):
        """The text as it is."""
        return "" if value is None else str(value)


class TestoLungo(Testo):
    """Text of several lines, with its spaces and with line ends as HTML forms send them."""

    def clean(self, value, row=None, **kwargs):
        """The text, empty where there is none."""
        return a_capo(value)


class Intero(Testo):
    """A whole number that is not negative."""

    def clean(self, value, row=None, **kwargs):
        """The number, None if empty; raises ValueError on anything else."""
        testo = super().clean(value)
        if not re.fullmatch(r"\d{0,9}", testo, re.ASCII):
            raise ValueError(f"«{testo}» non è un numero intero.")
        return int(testo) if testo else None


class Decimale(Testo):
    """A number with its decimals behind a comma or a dot: of two separators, the last one."""

    def clean(self, value, row=None, **kwargs):
        """The number, None if empty; raises ValueError on anything else."""
        testo = super().clean(value).replace("\u00a0", "").replace(" ", "")
        numero = testo
        if "," in testo:
            intero, _, decimali = testo.rpartition(",")
            numero = f"{testo.replace(',', '')}" if "." in decimali else f"{intero.replace('.', '')}.{decimali}"
        if numero and not re.fullmatch(r"[+-]?\d{1,20}(\.\d{1,20})?", numero, re.ASCII):
            raise ValueError(f"«{testo}» non è un numero.")
        return Decimal(numero) if numero else None


class SiNo(Testo):
    """Yes or no, in the ways people write them."""

    def clean(self, value, row=None, **kwargs):
        """The boolean, None if empty; raises ValueError on anything else."""
        testo = super().clean(value)
        if testo.lower() not in _SI_NO:
            raise ValueError(f"«{testo}» non va bene: scrivi sì oppure no.")
        return _SI_NO[testo.lower()] if testo else None

    def render(self, value, obj=None, **kwargs):
        """One of the two words."""
        return "" if value is None else ("sì" if value else "no")


class Scelta(Testo):
    """One value of a closed list, by its code or by its label."""

    def __init__(self, scelte: Iterable[tuple[str, Any]]):
        super().__init__()
        self.scelte = [(valore, str(etichetta)) for valore, etichetta in scelte]

    def clean(self, value, row=None, **kwargs):
        """The code, empty if empty; raises ValueError with the list of the codes."""
        testo = super().clean(value)
        for valore, etichetta in self.scelte:
            if testo.lower() in (valore.lower(), etichetta.lower()):
                return valore
        if not testo:
            return ""
        valori = [valore for valore, _ in self.scelte]
        raise ValueError(f"«{testo}» non è tra i valori possibili ({', '.join(valori)}){suggerimento(testo, valori)}")


class SceltaNumerata(Scelta):
    """One value of a closed list whose codes are numbers: people read and write the label, accents or not."""

    def clean(self, value, row=None, **kwargs):
        """The number; raises ValueError with the list of the labels."""
        testo = _senza_accenti(Testo.clean(self, value))
        for valore, etichetta in self.scelte:
            if testo in (str(valore), _senza_accenti(etichetta)):
                return valore
        if not testo:
            return None
        etichette = [etichetta for _, etichetta in self.scelte]
        raise ValueError(
            f"«{value}» non è tra i valori possibili ({', '.join(etichette)}){suggerimento(testo, etichette)}"
        )

    def render(self, value, obj=None, **kwargs):
        """The label."""
        return dict(self.scelte).get(value, "")


class PerChiave:
    """Looks rows of another table up by their natural key; rows of the same file count from their own row on."""

    model: Any  # set by the widget of django-import-export this is mixed with

    def __init__(self, modello: Any, chiave: str):
        super().__init__(modello)  # type: ignore[call-arg]
        self.chiave = chiave
        self.trovati: dict[str, models.Model] = {}
        self.preparato = False
        self.note: list[str] = []
        self.mancanti: dict[str, str] = {}

    def chiavi_in(self, scritto: Any) -> list[str]:
        """The keys written in a cell, each once."""
        pezzi = (pezzo.strip(" \u00a0") for pezzo in str(scritto or "").split(SEPARATORE))
        return list(dict.fromkeys(pezzo for pezzo in pezzi if pezzo))

    def prepara(self, celle: Iterable[str]) -> None:
        """Read the rows that the cells of a column name, some hundreds at a time: no other is looked for later."""
        self.preparato, self.trovati, self.note, self.mancanti = True, {}, [], {}
        chiavi = list(dict.fromkeys(chiave for cella in dict.fromkeys(celle) for chiave in self.chiavi_in(cella)))
        for inizio in range(0, len(chiavi), 500):
            for riga in self.model._default_manager.filter(**{f"{self.chiave}__in": chiavi[inizio : inizio + 500]}):
                self.trovati.setdefault(getattr(riga, self.chiave), riga)

    def trova(self, scritto: str) -> models.Model:
        """The row with this key; raises ValueError with the nearest key there is."""
        if scritto not in self.trovati:
            trovato = None if self.preparato else self.model._default_manager.filter(**{self.chiave: scritto}).first()
            if trovato is None:
                raise ValueError(self._manca(scritto))
            self.trovati[scritto] = trovato
        return self.trovati[scritto]

    def _manca(self, scritto: str) -> str:
        if scritto not in self.mancanti or not self.preparato:
            if not (self.note and self.preparato):
                self.note = list(self.model._default_manager.values_list(self.chiave, flat=True).order_by(self.chiave))
            # To look for the nearest of 10,000 keys takes a moment: who has a hundred wrong sees why by then.
            vicino = suggerimento(scritto, self.note) if len(self.mancanti) < SUGGERIMENTI_MASSIMI else "."
            self.mancanti[scritto] = f"«{scritto}» non esiste{vicino}"
        return self.mancanti[scritto]


class _UnaRiga(Testo):
    def __init__(self, modello: type[models.Model]):
        super().__init__()
        self.model = modello


class Riferimento(PerChiave, _UnaRiga):
    """Another row, by its natural key."""

    def chiavi_in(self, scritto):
        """The one key, if there is one."""
        testo = Testo.clean(self, scritto)
        return [testo] if testo else []

    def clean(self, value, row=None, **kwargs):
        """The row, None if empty; raises ValueError if there is none."""
        testo = super().clean(value)
        return self.trova(testo) if testo else None

    def render(self, value, obj=None, **kwargs):
        """The key of the row."""
        return "" if value is None else str(getattr(value, self.chiave))


class Riferimenti(PerChiave, ManyToManyWidget):
    """Several rows, by their natural keys separated by `|`."""

    def clean(self, value, row=None, **kwargs):
        """The rows, without repetitions; raises ValueError at the first that there is not."""
        chiavi = dict.fromkeys(pezzo.strip() for pezzo in str(value or "").split(SEPARATORE))
        return [self.trova(chiave) for chiave in chiavi if chiave]

    def render(self, value, obj=None, **kwargs):
        """The keys, in the order of the rows."""
        return "" if value is None else SEPARATORE.join(str(getattr(riga, self.chiave)) for riga in value.all())


def a_capo(testo: Any) -> str:
    """The text with line ends as HTML forms send them."""
    return re.sub(r"\r\n?|\n", "\r\n", str(testo or ""))


def _senza_accenti(testo: str) -> str:
    scomposto = unicodedata.normalize("NFKD", testo.lower())
    return "".join(lettera for lettera in scomposto if not unicodedata.combining(lettera))
