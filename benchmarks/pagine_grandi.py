"""P4: the public list pages with 10,000 services against 100: time and queries.

`python -m benchmarks.pagine_grandi`.
"""

import time

from benchmarks.misure import esito, mediana, prepara_portale

PAGINE = {
    "list": "/servizi/?pagina=2",
    "filters": "/servizi/?comune=bollate&categoria=salute",
    "search": "/servizi/?q=sportello+documenti",
    "comune": "/comuni/bollate/",
    "category": "/comuni/bollate/salute/",
    "map": "/mappa/",
    "home": "/",
}


def misura(quanti: int) -> dict[str, tuple[float, int]]:
    """Median seconds and queries of each page with `quanti` synthetic services, once the process is warm."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    call_command("crea_sintetici", str(quanti), verbosity=0)
    call_command("ricostruisci_indice", verbosity=0)
    cliente = Client(SERVER_NAME="localhost")
    inizio = time.perf_counter()
    cliente.get("/servizi/")
    print(f"     {quanti:,} services: the first page after a change takes {time.perf_counter() - inizio:.2f} s")
    esiti = {}
    for nome, percorso in PAGINE.items():
        tempo = mediana(lambda p=percorso: cliente.get(p), volte=15)
        with CaptureQueriesContext(connection) as domande:
            cliente.get(percorso)
        esiti[nome] = tempo, len(domande)
    call_command("crea_sintetici", "--togli", verbosity=0)
    return esiti


def main() -> None:
    """Measure and print."""
    prepara_portale()
    poche, molte = misura(100), misura(10_000)
    for nome in PAGINE:
        print(f"     {nome}: {poche[nome][0] * 1000:.1f} ms, {molte[nome][0] * 1000:.1f} ms")
        esito("P4", f"{nome}: time with 10,000 against 100", molte[nome][0] / poche[nome][0], 1.2, almeno=False)
        esito("P4", f"{nome}: queries more", molte[nome][1] - poche[nome][1], 0, almeno=False, unita="")


if __name__ == "__main__":
    main()
