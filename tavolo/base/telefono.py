"""Telephone numbers as people write them, and as a telephone dials them."""

import re

# Italian numbers that are dialled as they are: emergency numbers, short numbers, toll-free and shared-cost numbers.
SENZA_PREFISSO = re.compile(r"\d{1,5}|8\d+")


def completo(valore: str | None) -> str:
    """The number with its country's code, Italy's where it has none: "02 99 01" gives "+39029901"; "112" stays."""
    testo = (valore or "").strip()
    cifre = re.sub(r"\D", "", testo)
    if testo.startswith("+") and cifre:
        return f"+{cifre}"
    if cifre.startswith("00"):
        return f"+{cifre[2:]}"
    return cifre if SENZA_PREFISSO.fullmatch(cifre) or not cifre else f"+39{cifre}"


def telefono(valore: str | None) -> str:
    """The `href` that dials a number, empty when there is none."""
    numero = completo(valore)
    return f"tel:{numero}" if numero else ""
