"""The web addresses of the cards, tried on a real server of our own; nothing of our network is ever called."""

from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from ipaddress import ip_address
from threading import Thread
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.utils import timezone

from risorse.models import ControlloLink
from risorse.servizi import sonda
from risorse.servizi.collegamenti import controlla_link, da_controllare
from risorse.servizi.sonda import Risposta, prova, pubblico
from tests.factories import ContattoFactory, RisorsaFactory, RisorsaInSedeFactory, SedeFactory


class Sito(BaseHTTPRequestHandler):
    """`/200/`, `/404/`…: that code; `/solo-get/`: 405 to HEAD; `/giro/`: to itself; `/verso?X`: redirects to X."""

    def risponde(self):
        self.server.chieste.append((self.command, self.path, self.headers["User-Agent"]))
        percorso, _, domanda = self.path.partition("?")
        if percorso == "/chiude/":
            return self.connection.close()
        if percorso == "/giro/" or percorso == "/verso":
            self.send_response(302)
            self.send_header("Location", domanda or "/giro/")
        elif percorso == "/solo-get/":
            self.send_response(405 if self.command == "HEAD" else 200)
        elif percorso == "/get-si/":
            self.send_response(404 if self.command == "HEAD" else 200)
        else:
            self.send_response(int(percorso.strip("/")))
        self.end_headers()
        return None

    do_HEAD = do_GET = risponde  # noqa: N815

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def sito():
    """The address of a server that answers what it is asked for; `sito.chieste` lists what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sito)
    server.chieste = []
    filo = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    filo.start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()
    filo.join()


apri = partial(prova, agente="prova", anche_privati=True)


@pytest.mark.parametrize(
    ("percorso", "attesa"),
    [
        ("/200/", Risposta(200)),
        ("/200/?q=è vuota", Risposta(200)),
        ("/404/", Risposta(404, "La pagina non c'è più.", True)),
        ("/410/", Risposta(410, "La pagina non c'è più.", True)),
        ("/500/", Risposta(500, "Risponde con un errore (500).", True)),
        ("/403/", Risposta(403, "Risponde, ma non ai programmi: guardalo tu.")),
        ("/429/", Risposta(429, "Risponde, ma non ai programmi: guardalo tu.")),
        ("/solo-get/", Risposta(200)),
        ("/get-si/", Risposta(200)),
        ("/verso?/verso?/200/", Risposta(200)),
        ("/verso?/404/", Risposta(404, "La pagina non c'è più.", True)),
        ("/giro/", Risposta(None, "Rimanda altrove più di 5 volte.", True)),
        ("/verso?file:///etc/passwd", Risposta(None, "Rimanda a un indirizzo che non è di un sito.", True)),
        ("/verso?ftp://example.org/", Risposta(None, "Rimanda a un indirizzo che non è di un sito.", True)),
        ("/verso?http://[storto/", Risposta(None, "L'indirizzo non è scritto bene.", True)),
        ("/chiude/", Risposta(None, "La connessione non riesce.", True)),
    ],
)
def test_che_cosa_dice_un_sito(sito, percorso, attesa):
    assert apri(sito.url + percorso) == attesa


def test_si_presenta_e_chiede_il_meno_possibile(sito):
    apri(f"{sito.url}/200/")
    assert sito.chieste == [("HEAD", "/200/", "prova")]


def test_un_sito_che_non_c_e(sito):
    sito.server_close()
    assert apri(f"{sito.url}/200/").problema == "La connessione non riesce."
    assert apri("http://non-esiste.invalid/").problema == "Il nome del sito non esiste."


def test_un_certificato_che_non_vale(sito):
    assert apri(f"{sito.url.replace('http', 'https')}/200/").rotto is True


@pytest.mark.parametrize("nome", ["127.0.0.1", "localhost", "[::1]", "2130706433", "[::ffff:127.0.0.1]"])
def test_la_nostra_rete_non_si_chiama(sito, nome):
    risposta = prova(f"http://{nome}:{sito.server_port}/200/", agente="prova")
    assert (risposta.problema, risposta.rotto) == ("L'indirizzo è di una rete interna.", True)
    assert sito.chieste == []


def test_nemmeno_se_ci_manda_un_sito_pubblico(sito):
    """The first hop is let through as if it were public; the one it redirects to is looked at like any other."""
    vera, primo = sonda.pubblico, iter([True])
    with patch.object(sonda, "pubblico", lambda indirizzo: next(primo, None) or vera(indirizzo)):
        risposta = prova(f"{sito.url}/verso?{sito.url}/200/", agente="prova")
    assert risposta.problema == "L'indirizzo è di una rete interna."
    assert [p for _, p, _ in sito.chieste] == [f"/verso?{sito.url}/200/"]


@pytest.mark.parametrize(
    ("indirizzo", "atteso"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_che_cosa_e_pubblico(indirizzo, atteso):
    assert pubblico(ip_address(indirizzo)) is atteso


def web(valore, **campi):
    return ContattoFactory(tipo="web", valore=valore, **campi)


def test_si_provano_i_siti_che_il_pubblico_incontra(db):
    pubblicata, bozza = RisorsaFactory(), RisorsaFactory(stato="bozza")
    sede, vuota = SedeFactory(), SedeFactory()
    RisorsaInSedeFactory(risorsa=pubblicata, sede=sede)
    RisorsaInSedeFactory(risorsa=bozza, sede=vuota)
    attesi = [
        web("https://a.example/"),
        web("https://b.example/", ente=None, risorsa=pubblicata),
        web("https://c.example/", ente=None, sede=sede),
    ]
    web("https://d.example/", ente=None, risorsa=bozza)
    web("https://e.example/", ente=None, sede=vuota)
    web("https://f.example/", da_verificare=True)
    web("https://g.example/", esempio=True)
    ContattoFactory()
    assert sorted(da_controllare(), key=lambda c: c.valore) == attesi


def controlla():
    return controlla_link(anche_privati=True, pausa=0)


def test_ogni_contatto_ha_il_suo_esito_e_l_indirizzo_si_chiede_una_volta(sito, db):
    buoni = [web(f"{sito.url}/200/") for _ in range(3)]
    cattivo = web(f"{sito.url}/404/")
    assert controlla() == (4, 1)
    codici = dict(ControlloLink.objects.values_list("contatto", "codice"))
    assert codici == {cattivo.pk: 404} | {c.pk: 200 for c in buoni}
    assert sorted(p for m, p, _ in sito.chieste if m == "HEAD") == ["/200/", "/404/"]


def test_rotto_dopo_due_giorni_e_guarito_appena_risponde(sito, db):
    contatto = web(f"{sito.url}/404/")
    controlla()
    assert list(ControlloLink.objects.rotti()) == []
    prima = timezone.localdate() - timedelta(days=2)
    ControlloLink.objects.update(rotto_dal=prima)
    controlla()
    assert [(c.contatto, c.rotto_dal) for c in ControlloLink.objects.rotti()] == [(contatto, prima)]
    with patch.object(Sito, "risponde", None), patch("risorse.servizi.collegamenti.prova", return_value=Risposta(200)):
        controlla()
    controllo = ControlloLink.objects.get()
    assert (controllo.rotto_dal, controllo.codice, controllo.problema) == (None, 200, "")


def test_un_indirizzo_corretto_ricomincia_da_capo(sito, db):
    contatto = web(f"{sito.url}/404/")
    controlla()
    ControlloLink.objects.update(rotto_dal=timezone.localdate() - timedelta(days=9))
    contatto.valore = f"{sito.url}/410/"
    contatto.save()
    controlla()
    assert ControlloLink.objects.get().rotto_dal == timezone.localdate()


def test_si_dimentica_quello_che_il_pubblico_non_incontra_piu(sito, db):
    contatto = web(f"{sito.url}/200/")
    controlla()
    contatto.da_verificare = True
    contatto.save()
    controlla()
    assert ControlloLink.objects.count() == 0


def test_il_comando_dice_che_cosa_ha_trovato(sito, db):
    web(f"{sito.url}/404/")
    uscita = StringIO()
    call_command("controlla_link", stdout=uscita)
    assert uscita.getvalue() == "Provati: 1 indirizzi; 1 non hanno risposto.\n"
    assert ControlloLink.objects.get().problema == "L'indirizzo è di una rete interna."
    assert sito.chieste == []
