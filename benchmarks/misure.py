"""What every bench shares: a throw-away portal, a clock, and a line that says how far the target is."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any


def prepara_portale(*, servizi: int = 0, dati: bool = True) -> None:
    """A portal of its own for this process: settings, a temporary database (or DATABASE_URL's), the territory's data.

    To be called before any import of the portal's modules. With `servizi`, that many synthetic ones are added.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tavolo.settings")
    os.environ.update(
        SECRET_KEY="solo-per-misurare",  # noqa: S106
        DEBUG="0",
        DEMO="1",
        ALLOWED_HOSTS="localhost,127.0.0.1",
        CARTELLA_DATI=tempfile.mkdtemp(prefix="portale-misure-"),
        CACHE_PAGINE_MB=os.environ.get("CACHE_PAGINE_MB", "32"),
        EMAIL_URL="memorymail://",
    )
    import django  # only now the settings are known

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("prepara", verbosity=0)
    if dati:
        call_command("carica_dati", "dati/", stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    if servizi:
        call_command("crea_sintetici", str(servizi), stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123


def mediana(fai: Callable[[], Any], *, volte: int = 30, prima: int = 3) -> float:
    """The median of the seconds `fai()` takes, after a few runs that do not count."""
    for _ in range(prima):
        fai()
    tempi = []
    for _ in range(volte):
        inizio = time.perf_counter()
        fai()
        tempi.append(time.perf_counter() - inizio)
    return statistics.median(tempi)


def esito(sigla: str, che_cosa: str, misura: float, obiettivo: float, *, almeno: bool, unita: str = "×") -> bool:
    """Print one line, `P1 what measure (target) ok|missed`, and tell whether the target was reached."""
    preso = misura >= obiettivo if almeno else misura <= obiettivo
    segno = "≥" if almeno else "≤"
    print(f"{sigla:<4} {che_cosa:<64} {misura:>9.3g} {unita:<3} ({segno} {obiettivo:g}) {'ok' if preso else 'MISSED'}")
    return preso
