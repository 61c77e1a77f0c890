"""Real processes on a real database, for test_interrotti: `python -m tests.incontri.processo COSA JSON`.

Every verb runs in a process of its own that opens its own connection. This one only forks, waits and looks at the rows:
it never prints a document itself, since the threads of the typesetter do not survive a fork.
"""

import json
import os
import signal
import sys
import time
from functools import partial

import django


def in_un_processo(funzione):
    """Start `funzione` in a process of its own; gives what collects its result: None if it was killed."""
    leggi, scrivi = os.pipe()
    figlio = os.fork()
    if figlio == 0:
        esito = "errore"
        try:
            esito = funzione()
        finally:
            os.write(scrivi, json.dumps(esito).encode())
            os._exit(0)
    os.close(scrivi)

    def raccogli():
        with os.fdopen(leggi) as tubo:
            testo = tubo.read()
        os.waitpid(figlio, 0)
        return json.loads(testo) if testo else None

    return raccogli


def muori_al_passo(numero):
    """Kill this process, as a power cut would, at its step `numero`: a statement, a document, a commit, just after it."""
    passi = 0

    def passo():
        nonlocal passi
        passi += 1
        if passi == numero:
            os.kill(os.getpid(), signal.SIGKILL)

    def istruzione(esegui, sql, valori, molti, contesto):
        passo()
        return esegui(sql, valori, molti, contesto)

    def con_passi(funzione):
        def _con_passi(*args, **kwargs):
            passo()
            esito = funzione(*args, **kwargs)
            passo()
            return esito

        return _con_passi

    connection.execute_wrappers.append(istruzione)
    connection._commit = con_passi(connection._commit)
    documento.html, documento.pdf = con_passi(documento.html), con_passi(documento.pdf)


def condividi(chi):
    condividi_verbale(Verbale.objects.get(pk=chi["verbale"]), autore=None)


def approva(chi):
    dopo = Incontro.objects.get(pk=chi["dopo"])
    approva_verbale(Verbale.objects.get(pk=chi["verbale"]), in_incontro=dopo, esito="unanimita", autore=None)


def pubblica(chi):
    pubblica_verbale(Verbale.objects.get(pk=chi["verbale"]), autore=None)


def rettifica(chi):
    dopo = Incontro.objects.get(pk=chi["dopo"])
    approva_rettifica(Rettifica.objects.get(pk=chi["rettifica"]), in_incontro=dopo, autore=None)


VERBI = {f.__name__: f for f in (condividi, approva, pubblica, rettifica)}


def com_e(chi):
    """Everything a verb writes, as it stands."""
    verbale = Verbale.objects.get(pk=chi["verbale"])
    rettifiche = list(verbale.rettifiche.order_by("numero").values_list("stato", "numero"))
    stato = [
        verbale.stato,
        *(getattr(verbale, f"{nome}_il") is not None for nome in ("condiviso", "approvato", "pubblicato")),
        verbale.storia.count(),
        Originale.objects.filter(verbale=verbale).count(),
        rettifiche,
        Rettifica.storia.filter(verbale=verbale).count(),
        differenze(verbale) if verbale.fermo else [],
        # The decision goes into the minutes of the meeting that approves.
        sorted(Voce.objects.filter(punto__incontro=chi["dopo"]).values_list("tipo", "testo")),
        VersioneContenuto.objects.values_list("numero", flat=True).first() or 0,
    ]
    connection.close()
    return stato


def interrotto(chi):
    """The rows after a kill at each step of the verb, until it comes to its end: [[killed, rows], …]."""

    def prova(numero):
        muori_al_passo(numero)
        VERBI[chi["verbo"]](chi)
        return "finito"

    visti = [[True, com_e(chi)]]
    while visti[-1][0]:
        esito = in_un_processo(partial(prova, len(visti)))()
        visti.append([esito is None, com_e(chi)])
    return visti


def insieme(chi):
    """The same verb by several processes at the same moment: how each ended, and the rows."""
    quando = time.time() + 0.3

    def prova(di):
        VERBI[chi["verbo"]]
        connection.ensure_connection()
        time.sleep(max(0, quando - time.time()))
        try:
            VERBI[chi["verbo"]](chi | di)
        except PassaggioNonPossibile as impossibile:
            return str(impossibile)
        return "fatto"

    raccolte = [in_un_processo(partial(prova, di)) for di in chi["ognuno"]]
    return [[raccogli() for raccogli in raccolte], com_e(chi)]


if __name__ == "__main__":
    django.setup()
    from django.db import connection

    from incontri.models import Incontro, Originale, Rettifica, Verbale, Voce
    from incontri.servizi.approvazioni import approva_verbale
    from incontri.servizi.condivisioni import condividi_verbale
    from incontri.servizi.originali import documento
    from incontri.servizi.pubblicazioni import pubblica_verbale
    from incontri.servizi.rettifiche import approva_rettifica
    from incontri.servizi.verifiche import differenze
    from tavolo.base.models import VersioneContenuto
    from tavolo.base.stati import PassaggioNonPossibile

    cosa, dati = sys.argv[1:]
    print(json.dumps({"interrotto": interrotto, "insieme": insieme}[cosa](json.loads(dati))))
