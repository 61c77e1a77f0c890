"""A figure of an evidence as a sentence tells it, with its unit."""

from decimal import Decimal

from incontri.models import Evidenza, UnitaEvidenza
from referenti.models.indicatore import numero_testo


def con_unita(valore: Decimal, evidenza: Evidenza) -> str:
    """`40 persone`, `12%`, `3`: a value in the unit of the evidence."""
    attaccata = {UnitaEvidenza.PERCENTO: "%", UnitaEvidenza.NUMERO: ""}
    unita = attaccata.get(UnitaEvidenza(evidenza.unita), f" {evidenza.get_unita_display()}")
    return f"{numero_testo(valore)}{unita}"


def di_partenza(evidenza: Evidenza) -> str:
    """What an outcome is measured against: the value, or why it is not told."""
    if evidenza.soppresso:
        return "meno di cinque persone"
    return "non si sa" if evidenza.valore is None else con_unita(evidenza.valore, evidenza)
