"""Cells of a tracciato that hold days and hours, as people write them."""

import re
from datetime import date, datetime, time

from django.utils import timezone

from tavolo.base.celle import Testo
from tavolo.base.fields import data_in_iso

_ITALIANA = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class DataParziale(Testo):
    """A year, a month or a day, ISO or as people write them."""

    def clean(self, value, row=None, **kwargs):
        """ISO text; what is not a date is left for the field to refuse."""
        return data_in_iso(super().clean(value))


class Data(Testo):
    """A date, ISO or gg/mm/aaaa."""

    def clean(self, value, row=None, **kwargs):
        """The date, None if empty; raises ValueError on anything else."""
        testo = super().clean(value)
        try:
            return date.fromisoformat(_in_iso(testo)) if testo else None
        except ValueError as errore:
            raise ValueError(f"«{testo}» non è una data: scrivi per esempio 2026-09-15 oppure 15/09/2026.") from errore


class DataOra(Testo):
    """A day and an hour of this country, ISO or gg/mm/aaaa oo:mm."""

    def clean(self, value, row=None, **kwargs):
        """The moment, None if empty; raises ValueError on anything else."""
        testo = super().clean(value)
        if not testo:
            return None
        try:
            momento = datetime.fromisoformat(_in_iso(testo))
            return momento if timezone.is_aware(momento) else timezone.make_aware(momento)
        except ValueError as errore:
            raise ValueError(
                f"«{testo}» non è una data con l'ora: scrivi per esempio 2026-09-15 10:30 oppure 15/09/2026 10:30."
            ) from errore

    def render(self, value, obj=None, **kwargs):
        """Local time, to the minute where nothing is smaller."""
        if value is None:
            return ""
        momento = timezone.make_naive(value)
        return momento.isoformat(" ", "auto" if momento.second or momento.microsecond else "minutes")


class Ora(Testo):
    """An hour of the day, `9`, `9:30` or `9.30`; `24:00` is midnight."""

    def clean(self, value, row=None, **kwargs):
        """The time, None if empty; raises ValueError on anything else."""
        testo = super().clean(value)
        return ora_scritta(testo) if testo else None

    def render(self, value, obj=None, **kwargs):
        """To the minute."""
        return f"{value:%H:%M}" if value else ""


def ora_scritta(testo: str) -> time:
    """The hour people write as `9`, `9:30` or `9.30`; `24:00` is midnight; raises ValueError on anything else."""
    parti = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2})(?::00)?)?", testo.strip(), re.ASCII)
    ore, minuti = (int(parti[1]), int(parti[2] or 0)) if parti else (99, 0)
    if (ore, minuti) == (24, 0):
        return time(0)
    if ore > 23 or minuti > 59:
        raise ValueError(f"«{testo}» non è un'ora: scrivi per esempio 9:30.")
    return time(ore, minuti)


def _in_iso(testo: str) -> str:
    return _ITALIANA.sub(lambda data: f"{data[3]}-{int(data[2]):02}-{int(data[1]):02}", testo, count=1)
