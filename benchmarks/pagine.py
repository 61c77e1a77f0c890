"""P2 and P11: a page kept ready against a Django hello on the same server, and a change that another process shows.

`python -m benchmarks.pagine`: two real `waitress` processes over one database; requests by
wrk (Debian package `wrk`).
"""

import http.client
import os
import re
import shutil
import subprocess
import sys
import time

from benchmarks.misure import esito, prepara_portale

PORTE = (8761, 8762)
SECONDI = 3.0
SERVI = """
import sys
import logging
from waitress import serve
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
from tavolo.wsgi import application
from django.http import HttpResponse
from django.urls import path
import tavolo.urls
tavolo.urls.urlpatterns.insert(0, path("ciao", lambda richiesta: HttpResponse("ciao")))
serve(application, listen="127.0.0.1:" + sys.argv[1], threads=8, _quiet=True)
"""


def al_secondo(percorso: str, *, sessione: bool = False) -> float:
    """Requests a second over eight connections, by wrk; with a session cookie no kept page answers."""
    intestazioni = ["-H", "Accept-Encoding: br"] + (["-H", "Cookie: sessionid=x"] if sessione else [])
    comando = ["wrk", "-t1", "-c8", f"-d{SECONDI:.0f}s", *intestazioni, f"http://127.0.0.1:{PORTE[0]}{percorso}"]
    uscita = subprocess.run(comando, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in uscita:
        raise SystemExit(f"{percorso}: {uscita}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", uscita)[1])


def in_processo(applicazione, percorso: str, **intestazioni: str) -> float:
    """Requests a second of the WSGI application alone, without a server around it."""
    from django.test import RequestFactory

    quante, fine = 0, time.perf_counter() + SECONDI
    while time.perf_counter() < fine:
        environ = RequestFactory(SERVER_NAME="localhost").get(percorso, **intestazioni).environ
        risposta = applicazione(environ, lambda *argomenti: None)
        b"".join(risposta)
        if hasattr(risposta, "close"):
            risposta.close()
        quante += 1
    return quante / SECONDI


def leggi(porta: int, percorso: str) -> str:
    """The body of a page."""
    filo = http.client.HTTPConnection("127.0.0.1", porta)
    filo.request("GET", percorso)
    return filo.getresponse().read().decode()


def aspetta() -> None:
    """Until both servers answer."""
    for porta in PORTE:
        for _ in range(100):
            try:
                leggi(porta, "/robots.txt")
                break
            except OSError:
                time.sleep(0.1)


def main() -> None:
    """Measure, print, and stop the servers."""
    if not shutil.which("wrk"):
        print("P2, P11: serve wrk (apt-get install wrk): NON misurati.")
        return
    prepara_portale(servizi=100)
    servitori = [subprocess.Popen([sys.executable, "-c", SERVI, str(porta)], env=os.environ) for porta in PORTE]
    try:
        aspetta()
        ciao = al_secondo("/ciao", sessione=True)
        pronta = al_secondo("/servizi/")
        print(f"     Django hello {ciao:,.0f}/s, page kept ready {pronta:,.0f}/s (wrk, 8 connections, waitress)")
        esito("P2", "page from the cache against a Django hello, same server", pronta / ciao, 1.3, almeno=True)
        from django.core.handlers.wsgi import WSGIHandler
        from django.http import HttpResponse
        from django.urls import path

        import tavolo.urls
        from tavolo.wsgi import application

        tavolo.urls.urlpatterns.insert(0, path("ciao", lambda richiesta: HttpResponse("ciao")))
        nudo = in_processo(WSGIHandler(), "/ciao", HTTP_COOKIE="sessionid=x")
        in_processo(application, "/servizi/")
        sola = in_processo(application, "/servizi/", HTTP_ACCEPT_ENCODING="br")
        esito("P2+", "the same two without a server around them", sola / nudo, 3, almeno=True)
        esito(
            "P11",
            "a change shows at the next request to another process, of 20",
            cambiamenti(20),
            20,
            almeno=True,
            unita="",
        )
        dopo = al_secondo("/servizi/")
        esito("P11", "… with P2 still true", dopo / ciao, 1.3, almeno=True)
    finally:
        for servitore in servitori:
            servitore.terminate()


def cambiamenti(volte: int) -> int:
    """How many of `volte` changes, made in this process, the next request to each server shows."""
    from django.db import transaction

    from risorse.models import Risorsa

    viste = 0
    for numero in range(volte):
        for porta in PORTE:
            leggi(porta, "/servizi/?q=sportello")
        with transaction.atomic():
            risorsa = Risorsa.objects.get(slug="112")
            risorsa.nome = f"Emergenze: chiama il 112, prova {numero}"
            risorsa.save()
        viste += all(risorsa.nome in leggi(porta, "/servizi/112/") for porta in PORTE)
    return viste


if __name__ == "__main__":
    main()
