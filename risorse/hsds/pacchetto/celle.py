"""Values as the cells of a CSV."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any


def cella(valore: Any) -> str:
    """A value as a CSV says it."""
    if valore is None:
        return ""
    if isinstance(valore, datetime | date):
        return valore.isoformat()
    if isinstance(valore, float | Decimal):
        return format(Decimal(repr(valore)) if isinstance(valore, float) else valore, "f")
    return str(valore)
