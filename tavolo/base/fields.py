"""Fields the domain needs and Django does not have."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

_FORMA = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MESI = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
]
_IN_CIFRE = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", re.ASCII)
_A_PAROLE = re.compile(r"(?:(\d{1,2})[°º]?\s+)?([a-z]{3,9})\.?\s+(\d{4})", re.ASCII | re.IGNORECASE)


def data_in_iso(testo: str) -> str:
    """A date as people write it here (`15/09/2022`, `09/2022`, `settembre 2022`) as ISO text; any other text unchanged."""
    if cifre := _IN_CIFRE.fullmatch(testo.strip()):
        giorno, mese, anno = cifre[1], int(cifre[2]), cifre[3]
    elif parole := _A_PAROLE.fullmatch(testo.strip()):
        nomi = [n for n, nome in enumerate(_MESI, 1) if parole[2].lower() in (nome, nome[:3])]
        giorno, mese, anno = parole[1], nomi[0] if nomi else 0, parole[3]
    else:
        return testo
    if not mese:
        return testo
    return f"{anno}-{mese:02}-{int(giorno):02}" if giorno else f"{anno}-{mese:02}"


def valida_data_parziale(valore: str) -> None:
    """Accept `2022`, `2022-09` or `2022-09-15` (ISO 8601 reduced precision); raise ValidationError on anything else."""
    parti = _FORMA.fullmatch(valore)
    if parti:
        anno, mese, giorno = (int(p) if p else 1 for p in parti.groups())
        try:
            date(anno, mese, giorno)
        except ValueError:
            parti = None
    if not parti:
        raise ValidationError(
            "«%(valore)s» non è una data: scrivi l'anno (2022), il mese (settembre 2022) o il giorno (15/09/2022).",
            code="data_parziale",
            params={"valore": valore},
        )


def valida_gia_passata(valore: str) -> None:
    """Accept a date that has begun; raise ValidationError on one that is still to come. What is no date is left to others."""
    if _FORMA.fullmatch(valore) and valore > timezone.localdate().isoformat()[: len(valore)]:
        raise ValidationError(
            "Questa data deve ancora venire: scrivi quando è successo, o da quando è così.", code="futura"
        )


class CampoDataParziale(forms.CharField):
    """Where such a date is typed, as people write it; kept as ISO text."""

    def to_python(self, value):
        """ISO text; what is not a date is left for the validators to refuse."""
        return data_in_iso(super().to_python(value) or "")

    def prepare_value(self, value):
        """The saved date in the Italian order; what was typed, as it was typed."""
        parti = _FORMA.fullmatch(value) if isinstance(value, str) else None
        return "/".join(reversed([parte for parte in parti.groups() if parte])) if parti else value


class DataParzialeField(models.CharField):
    """A date known to the year, to the month or to the day, as ISO 8601 text that sorts as dates do; empty = unknown.

    The sources of this portal say "settembre 2022": a full date would invent a day.
    """

    default_validators = [valida_data_parziale]

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        """Typed at length: «15 settembre 2022» is longer than what is kept of it."""
        return super().formfield(**{"form_class": CampoDataParziale, "max_length": 40, **kwargs})

    def deconstruct(self):
        """Leave the fixed length out of migrations."""
        nome, percorso, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return nome, percorso, args, kwargs
