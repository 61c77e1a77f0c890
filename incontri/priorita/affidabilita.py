"""How far the evidence of a need can be relied on, and which counts of people are too small to be kept."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

MESI = 24
SOGLIA = 5  # counts of people from 1 to SOGLIA − 1 are not kept


class Affidabilita(StrEnum):
    """Reliability of the evidence of a need."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True)
class Prova:
    """A piece of evidence: its source, its day, month or year ("2026-03-15", "2026-03", "2026"), whether it is an opinion."""

    fonte: str
    riferimento: str
    opinione: bool = False


@dataclass(frozen=True)
class Giudizio:
    """The reliability, None without evidence, and why in a sentence."""

    lettera: Affidabilita | None
    motivo: str


@dataclass(frozen=True)
class Conteggio:
    """A count of people as it may be kept: None and `soppresso` where it is too small."""

    valore: int | Decimal | None
    soppresso: bool = False


def ultimo_giorno(riferimento: str) -> date | None:
    """The last day a partial date speaks of ("2024" → 31 December 2024); None without one. Raises ValueError if it is none."""
    if not riferimento:
        return None
    anno, mese, giorno = ([int(parte) for parte in riferimento.split("-")] + [0, 0])[:3]
    mese = mese or 12
    return date(anno, mese, giorno or calendar.monthrange(anno, mese)[1])


def _primo_giorno(riferimento: str) -> date:
    anno, mese, giorno = ([int(parte) for parte in riferimento.split("-")] + [1, 1])[:3]
    return date(anno, mese, giorno)


def mesi_prima(giorno: date, mesi: int = MESI) -> date:
    """The same day so many months before, or the last of that month where it has no such day."""
    anno, mese = divmod(giorno.year * 12 + giorno.month - 1 - mesi, 12)
    return date(anno, mese + 1, min(giorno.day, calendar.monthrange(anno, mese + 1)[1]))


def fonte_normalizzata(fonte: str) -> str:
    """A source by its words alone, without case, signs and numbers: Istat 2024 and ISTAT, 2025 are the same."""
    return " ".join(re.findall(r"[^\W\d_]+", fonte.casefold()))


def affidabilita(prove: Iterable[Prova], oggi: date) -> Giudizio:
    """A: two independent sources or more within 24 months; B: a measured source; C: opinions only; None: nothing.

    The rules are ours (reference, "Evidence"). Sources are independent if their words differ; a date known to the year or
    month speaks of its last day; one that begins after today, or is missing, cannot be called recent. Measures that are too
    old for A leave a B, and the reason says so.
    """
    prove = list(prove)
    misure = [prova for prova in prove if not prova.opinione]
    if not prove:
        return Giudizio(None, "Non ci sono ancora evidenze.")
    if not misure:
        return Giudizio(Affidabilita.C, "Ci sono soltanto opinioni, nessun dato misurato.")
    limite = mesi_prima(oggi)
    fonti = {fonte_normalizzata(prova.fonte) for prova in misure}
    recenti = {fonte_normalizzata(prova.fonte) for prova in misure if _recente(prova.riferimento, limite, oggi)}
    if len(recenti) >= 2:
        return Giudizio(Affidabilita.A, f"{len(recenti)} fonti indipendenti negli ultimi {MESI} mesi.")
    if len(fonti) >= 2 and recenti:
        return Giudizio(
            Affidabilita.B,
            f"{len(fonti)} fonti, ma una sola negli ultimi {MESI} mesi: le altre sono vecchie o senza data.",
        )
    if recenti:
        return Giudizio(Affidabilita.B, f"Una sola fonte negli ultimi {MESI} mesi.")
    quante = "Una sola fonte" if len(fonti) == 1 else f"{len(fonti)} fonti"
    return Giudizio(Affidabilita.B, f"{quante}, ma nessun dato degli ultimi {MESI} mesi: va aggiornato.")


def _recente(riferimento: str, limite: date, oggi: date) -> bool:
    fine = ultimo_giorno(riferimento)
    return fine is not None and fine >= limite and _primo_giorno(riferimento) <= oggi


def sopprimi(persone: int | Decimal | None) -> Conteggio:
    """The count, or None with `soppresso` for 1 to 4 people, who could be recognised; zero and unknown stay what they are.

    Suppression of cells under 5: reference, "Evidence". Raises ValueError on a negative count.
    """
    if persone is None:
        return Conteggio(None)
    if persone < 0:
        raise ValueError("Le persone non sono meno di zero.")
    if 0 < persone < SOGLIA:
        return Conteggio(None, soppresso=True)
    return Conteggio(persone)
