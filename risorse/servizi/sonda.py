"""One careful look at a web address: does it answer? Never inside our own network, whatever it redirects to.

The addresses are written by people, so a page of the back office could otherwise make the server call its neighbours
(server-side request forgery): every hop is resolved here, refused unless public, and called at the very address that was
looked at, so that a name cannot change its mind in between.
"""

import http.client
import socket
import ssl
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

ATTESA = 10  # seconds, of each step
SALTI_MASSIMI = 5
# The site is there but does not open to programs: a person has to look.
NON_AI_PROGRAMMI = frozenset({401, 403, 405, 406, 429, 451, 999})
RIMANDI = frozenset({301, 302, 303, 307, 308})
_SEGNI = "/%:=&?~#+!$,;'@()*[]"
# IPv4 addresses in IPv6 clothes that `ipaddress` does not undress.
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Risposta:
    """What an address said: the HTTP code if it said one, and what is wrong, in words (empty: nothing).

    `rotto` is False where the site answered, even if not to a program.
    """

    codice: int | None = None
    problema: str = ""
    rotto: bool = False


class _NonSiPuo(Exception):
    """The address cannot be called; the message says why, for the coordinator."""


def pubblico(indirizzo: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the open Internet's: not private, local, reserved, nor one of these in disguise."""
    if isinstance(indirizzo, IPv6Address):
        if indirizzo in _NAT64 or indirizzo.teredo or indirizzo.is_site_local:
            return False
        dentro = indirizzo.ipv4_mapped or indirizzo.sixtofour
        if dentro:
            return pubblico(dentro)
    return indirizzo.is_global and not indirizzo.is_multicast and not indirizzo.is_reserved


def prova(indirizzo: str, *, agente: str, anche_privati: bool = False) -> Risposta:
    """Ask for the page by HEAD and, where that does not go well, by GET, following at most `SALTI_MASSIMI` redirects.

    `agente` is the name we call with. `anche_privati` opens our own network: for the tests only. Never raises for what a
    site may do.
    """
    risposta = _segui("HEAD", indirizzo, agente, anche_privati)
    if risposta.problema:
        risposta = _segui("GET", indirizzo, agente, anche_privati)
    return risposta


def _segui(metodo: str, indirizzo: str, agente: str, anche_privati: bool) -> Risposta:
    try:
        for _ in range(SALTI_MASSIMI + 1):
            codice, verso = _chiedi(metodo, indirizzo, agente, anche_privati)
            if codice not in RIMANDI or not verso:
                return _giudica(codice)
            indirizzo = urljoin(indirizzo, verso)
    except _NonSiPuo as motivo:
        return Risposta(problema=str(motivo), rotto=True)
    except ssl.SSLError:
        return Risposta(problema="Il certificato del sito non è valido.", rotto=True)
    except TimeoutError:
        return Risposta(problema="Non risponde in tempo.", rotto=True)
    except (OSError, http.client.HTTPException):
        return Risposta(problema="La connessione non riesce.", rotto=True)
    except ValueError:
        return Risposta(problema="L'indirizzo non è scritto bene.", rotto=True)
    return Risposta(problema=f"Rimanda altrove più di {SALTI_MASSIMI} volte.", rotto=True)


def _giudica(codice: int) -> Risposta:
    if codice in NON_AI_PROGRAMMI:
        return Risposta(codice, "Risponde, ma non ai programmi: guardalo tu.")
    if codice in (404, 410):
        return Risposta(codice, "La pagina non c'è più.", rotto=True)
    return Risposta(codice, f"Risponde con un errore ({codice}).", rotto=True) if codice >= 400 else Risposta(codice)


def _chiedi(metodo: str, indirizzo: str, agente: str, anche_privati: bool) -> tuple[int, str]:
    parti = urlsplit(indirizzo)
    if parti.scheme not in ("http", "https") or not parti.hostname:
        raise _NonSiPuo("Rimanda a un indirizzo che non è di un sito.")
    nome = parti.hostname.encode("idna").decode() if not parti.hostname.isascii() else parti.hostname
    porta = parti.port or (443 if parti.scheme == "https" else 80)
    connessione = _Connessione(nome, porta, _risolvi(nome, porta, anche_privati), sicura=parti.scheme == "https")
    try:
        connessione.request(metodo, _percorso(parti), headers={"User-Agent": agente, "Accept": "*/*"})
        risposta = connessione.getresponse()
        return risposta.status, risposta.getheader("Location") or ""
    finally:
        connessione.close()


def _percorso(parti: SplitResult) -> str:
    return quote(parti.path or "/", safe=_SEGNI) + (f"?{quote(parti.query, safe=_SEGNI)}" if parti.query else "")


def _risolvi(nome: str, porta: int, anche_privati: bool) -> str:
    # One private address among public ones is enough to refuse them all.
    try:
        righe = socket.getaddrinfo(nome, porta, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as errore:
        raise _NonSiPuo("Il nome del sito non esiste.") from errore
    indirizzi = [str(riga[4][0]) for riga in righe]
    if not anche_privati and not all(pubblico(ip_address(uno.partition("%")[0])) for uno in indirizzi):
        raise _NonSiPuo("L'indirizzo è di una rete interna.")
    return indirizzi[0]


class _Connessione(http.client.HTTPConnection):
    """A connection to the address that was looked at, under the name that was asked for."""

    def __init__(self, nome: str, porta: int, verso: str, *, sicura: bool):
        super().__init__(nome, porta, timeout=ATTESA)
        self.verso, self.sicura = verso, sicura
        self.default_port = 443 if sicura else 80

    def connect(self) -> None:
        """Connect; for https prove the site's name."""
        self.sock = socket.create_connection((self.verso, self.port), ATTESA)
        if self.sicura:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
