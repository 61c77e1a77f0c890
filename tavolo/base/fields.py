"""Model fields the domain needs and Django does not have."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

_FORMA = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


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
            "«%(valore)s» non è una data: scrivi l'anno (2022), il mese (2022-09) o il giorno (2022-09-15).",
            code="data_parziale",
            params={"valore": valore},
        )


class DataParzialeField(models.CharField):
    """A date known to the year, to the month or to the day, as ISO 8601 text that sorts as dates do; empty = unknown.

    The sources of this portal say "settembre 2022": a full date would invent a day.
    """

    default_validators = [valida_data_parziale]

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Leave the fixed length out of migrations."""
        nome, percorso, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return nome, percorso, args, kwargs
