"""Why a meeting cannot pass from one state to another, for the person; empty where it can."""

from typing import Any

from django.utils import timezone


def ancora_da_venire(incontro: Any) -> str:
    """Not before its day."""
    presto = incontro.giorno is not None and incontro.giorno > timezone.localdate()
    return "Il giorno dell'incontro deve ancora venire." if presto else ""


def ha_il_verbale(incontro: Any) -> str:
    """Not once it has minutes."""
    return "L'incontro ha già il verbale: si è tenuto." if hasattr(incontro, "verbale") else ""


def tenuto_col_verbale(incontro: Any) -> str:
    """Not once it has minutes, unless it is cancelled."""
    return "" if incontro.annullato else ha_il_verbale(incontro)


def non_ancora_o_non_piu(incontro: Any) -> str:
    """Not before its day, nor after its minutes are approved."""
    fermo = hasattr(incontro, "verbale") and incontro.verbale.fermo
    return "Il verbale è approvato: dell'incontro non cambia più niente." if fermo else ancora_da_venire(incontro)
