"""Eight people write the same minutes at once, each in a process of their own, against real servers: nothing is lost.

Two hundred edits of a few entries, over HTTP, to two server processes that share the database of the test. Each
person's choices come from a seed; how they interleave is left to the machine, and what is asserted holds however they do.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import connection
from django.urls import reverse

from incontri.models import Voce
from tavolo.base.permessi import REFERENTI
from tests.browser.conftest import _sessione
from tests.factories import EnteFactory, PuntoOdgFactory, UtenteFactory, VerbaleFactory, VoceFactory
from tests.incontri.test_interrotti import indirizzo
from tests.tavolo.test_servi import RADICE, porta_libera

pytestmark = pytest.mark.django_db(transaction=True)
PERSONE, MODIFICHE, SERVER = 8, 25, 2
PUNTI, VOCI = 3, 2
# manage.py, but when it is told to stop the folder of its settings goes with it.
AVVIO = """
import os, shutil, signal, sys
from django.conf import settings
from django.core.management import execute_from_command_line
def ferma(*_):
    shutil.rmtree(settings.CARTELLA_DATI, ignore_errors=True)
    os._exit(0)
signal.signal(signal.SIGTERM, ferma)
execute_from_command_line(sys.argv)
"""


@contextmanager
def serviti(ambiente):
    """The addresses of the servers, on the database that `ambiente` names; fails if one wrote of an error."""
    porte = [porta_libera() for _ in range(SERVER)]
    comando = [sys.executable, "-c", AVVIO, "servi", "--indirizzo"]
    tubi = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    avviati = [subprocess.Popen([*comando, f"127.0.0.1:{p}"], cwd=RADICE, env=ambiente, **tubi) for p in porte]
    try:
        for porta in porte:
            aspetta(porta)
        yield [f"http://127.0.0.1:{porta}" for porta in porte]
    finally:
        for processo in avviati:
            processo.terminate()
        errori = [ultime_parole(processo) for processo in avviati]
    assert [errore for errore in errori if "Traceback" in errore] == []


def ultime_parole(processo):
    """What a server wrote of errors until it stopped; one that does not stop (a thread still waits) is ended."""
    try:
        return processo.communicate(timeout=10)[1]
    except subprocess.TimeoutExpired:
        processo.kill()
        return processo.communicate()[1]


def aspetta(porta):
    for _ in range(300):
        with socket.socket() as presa:
            if presa.connect_ex(("127.0.0.1", porta)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("Il server non è partito")


def scrivono(cartella, punti, persone):
    """Every time somebody pressed Salva, as the eight processes tell it."""
    suo = connection.settings_dict["NAME"]
    database = f"sqlite:///{suo}" if connection.vendor == "sqlite" else indirizzo(cartella)
    ambiente = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database}
    pagine = [reverse("incontri:voce-update", args=[punto.incontro_id, punto.pk]) for punto in punti]
    with serviti(ambiente) as indirizzi:
        quando = time.time() + 0.7
        avviati = []
        for numero, (utente, sessione) in enumerate(persone):
            portale = indirizzi[numero % SERVER]
            chi = {"chi": str(utente.pk), "nome": f"p{numero}", "seme": f"intrecciate-{numero}", "sessione": sessione}
            chi |= {"modifiche": MODIFICHE, "indirizzi": [portale + p for p in pagine], "quando": quando}
            comando = [sys.executable, "-m", "tests.incontri.scrivente", json.dumps(chi)]
            avviati.append(subprocess.Popen(comando, cwd=RADICE, stdout=subprocess.PIPE, text=True))
        scritti = [processo.communicate(timeout=300)[0] for processo in avviati]
    assert [processo.returncode for processo in avviati] == [0] * PERSONE
    return [json.loads(riga) for scritto in scritti for riga in scritto.splitlines()]


@pytest.fixture
def punti():
    verbale = VerbaleFactory()
    punti = [PuntoOdgFactory(incontro=verbale.incontro, ordine=n) for n in range(1, PUNTI + 1)]
    for punto in punti:
        for ordine in range(1, VOCI + 1):
            VoceFactory(punto=punto, ordine=ordine, testo=" ".join(f"v{punto.ordine}.{ordine}.{n}" for n in range(12)))
    return punti


@pytest.fixture
def persone(punti):
    redattori = [UtenteFactory(gruppi=[REFERENTI], ente=EnteFactory()) for _ in range(PERSONE)]
    punti[0].incontro.verbale.redattori.set(redattori)
    return [(utente, _sessione(utente)) for utente in redattori]


def test_duecento_modifiche_intrecciate_di_otto_persone(tmp_path, punti, persone):
    premuti = scrivono(tmp_path, punti, persone)

    storia = list(Voce.storia.values("uuid", "versione", "testo", "history_user", "history_type"))
    di_chi = {(riga["testo"], str(riga["history_user"])): riga for riga in storia}
    esiti = Counter(fatto["stato"] for fatto in premuti)
    assert set(esiti) == {302, 409}
    assert (esiti[302] >= 100, esiti[409] >= 20) == (True, True), esiti
    riusciti = [fatto for fatto in premuti if fatto["stato"] == 302]

    # What was answered with success is in the history, signed by who wrote it, over the very version that person saw.
    for fatto in riusciti:
        for riga in fatto["righe"].values():
            if not riga["lascia"]:
                trovata = di_chi[riga["testo"], fatto["chi"]]
                assert not riga["uuid"] or str(trovata["uuid"]) == riga["uuid"]
                assert trovata["versione"] == int(riga["versione"] or 0) + 1

    # Who met somebody else's text got both back: one's own word for word, the other's as it stands in the history.
    testi = {(str(riga["uuid"]), str(riga["versione"])): riga["testo"] for riga in storia}
    for fatto in premuti:
        assert bool(fatto["contese"]) == (fatto["stato"] == 409)
        for contesa in fatto["contese"]:
            assert contesa["mio"] in contesa["campi"]
            loro = testi.get((contesa["uuid"], contesa["versione"]), "Ha tolto questa voce.")
            assert any(loro in sezione for sezione in contesa["sezioni"])

    # Nothing half written: of a request that was refused, and never repeated, not one text is anywhere.
    salvati = {riga["testo"] for fatto in riusciti for riga in fatto["righe"].values()}
    rifiutati = {riga["testo"] for f in premuti if f["stato"] == 409 for riga in f["righe"].values()} - salvati
    assert rifiutati & {riga["testo"] for riga in storia} == set()

    # The entries stand as their history says, each version once by one hand, in an order without ties.
    ultime = {riga["uuid"]: riga for riga in sorted(storia, key=lambda riga: riga["versione"])}
    vive = {uuid: riga["testo"] for uuid, riga in ultime.items()}
    tolte = {riga["uuid"] for riga in storia if riga["history_type"] == "-"}
    adesso = {voce.uuid: voce.testo for voce in Voce.objects.all()}
    assert adesso == {uuid: testo for uuid, testo in vive.items() if uuid not in tolte}
    versioni = {(riga["uuid"], riga["versione"]): set() for riga in storia}
    for riga in storia:
        versioni[riga["uuid"], riga["versione"]].add(riga["testo"])
    assert [chiave for chiave, diversi in versioni.items() if len(diversi) > 1] == []
    for punto in punti:
        posti = list(Voce.objects.filter(punto=punto).values_list("ordine", flat=True))
        assert sorted(posti) == sorted(set(posti))
