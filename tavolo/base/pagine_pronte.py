"""Pages made once and served to everybody until the content changes: a WSGI application in front of Django's.

A page is kept in the process, compressed, under the content version it was made from (`tavolo.base.contenuto`), which
is read from the database at every request: what one process changes, the next request to any other sees. A minute is
the longest a page lives, because some of it is true of the moment ("aperto ora"). Only what is the same for everybody
is kept: GET without a session, answered 200, setting no cookie, not marked `private` or `no-store`.
It stands in front of Django and not among its middleware because there it is several times as fast (benchmarks/pagine.py).
"""

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

import brotli
from django.conf import settings
from django.db import Error, connection

VITA = 60.0
# An address longer than this is nobody's: it would only push out those that people ask for.
DOMANDA_MASSIMA = 1000
# Our addresses carry the language, and whoever has a session never gets here.
VARIABILI_INNOCUE = {"accept-language", "accept-encoding", "cookie"}
COMPRIMIBILI = re.compile(r"text/|application/(json|ld\+json|geo\+json|xml|.*\+xml|javascript)|image/svg")
_VERSIONE = "SELECT numero FROM base_versionecontenuto WHERE id = 1"
Intestazioni = list[tuple[str, str]]


@dataclass
class Pagina:
    """One answer: its headers, its body as it is and compressed, until when it is good."""

    intestazioni: Intestazioni
    corpo: bytes
    etag: str
    scade: float
    compressa: dict[str, bytes] = field(default_factory=dict)

    @property
    def peso(self) -> int:
        """Bytes it keeps busy."""
        return len(self.corpo) + sum(map(len, self.compressa.values()))


class PaginePronte:
    """Serves the pages it has, asks `applicazione` for the others. `massimo` is in bytes; zero keeps nothing."""

    def __init__(self, applicazione: Callable, massimo: int):
        self.applicazione, self.massimo = applicazione, massimo
        self.pagine: OrderedDict[tuple, Pagina] = OrderedDict()
        self.peso = 0
        self.serratura = threading.Lock()
        self.personali = (settings.SESSION_COOKIE_NAME, "messages")

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        """Answer a WSGI request."""
        if not self.massimo or not self._di_tutti(environ) or (numero := _versione()) is None:
            return self.applicazione(environ, start_response)
        chiave = (numero, *(environ.get(nome, "") for nome in _CHIAVE))
        pagina = self.pagine.get(chiave)
        if pagina is None or pagina.scade < time.monotonic():
            return self._chiedi(chiave, environ, start_response)
        return _consegna(pagina, environ, start_response)

    def _di_tutti(self, environ: dict[str, Any]) -> bool:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or len(environ.get("QUERY_STRING", "")) > DOMANDA_MASSIMA:
            return False
        try:
            biscotti = SimpleCookie(environ.get("HTTP_COOKIE", ""))
        except CookieError:
            return False
        return not any(nome in biscotti for nome in self.personali)

    def _chiedi(self, chiave: tuple, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        """Django's answer; kept, if it is everybody's, before it goes out."""
        avvio: list[Any] = []
        risposta = self.applicazione(environ, lambda *argomenti: avvio.extend(argomenti[:2]))
        stato, intestazioni = avvio
        if environ["REQUEST_METHOD"] == "HEAD" or not _si_tiene(stato, intestazioni, risposta):
            start_response(stato, intestazioni)
            return risposta
        try:
            corpo = b"".join(risposta)
        finally:
            risposta.close()
        pagina = _prepara(intestazioni, corpo)
        self._tieni(chiave, pagina)
        return _consegna(pagina, environ, start_response)

    def _tieni(self, chiave: tuple, pagina: Pagina) -> None:
        with self.serratura:
            if vecchia := self.pagine.pop(chiave, None):
                self.peso -= vecchia.peso
            self.pagine[chiave] = pagina
            self.peso += pagina.peso
            while self.peso > self.massimo:
                self.peso -= self.pagine.popitem(last=False)[1].peso


# What makes an answer another one: who is asked, by which door, for what.
_CHIAVE = ("HTTP_HOST", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "PATH_INFO", "QUERY_STRING")


def _versione() -> int | None:
    """The content version; None while the database cannot say, and Django is left to tell the person."""
    try:
        with connection.cursor() as cursore:
            cursore.execute(_VERSIONE)
            return (cursore.fetchone() or (0,))[0]
    except Error:
        connection.close()
        return None


def _si_tiene(stato: str, intestazioni: Intestazioni, risposta: Any) -> bool:
    nomi = {nome.lower(): valore for nome, valore in intestazioni}
    return (
        stato.startswith("200")
        and not getattr(risposta, "streaming", False)
        and not {"set-cookie", "content-encoding"} & set(nomi)
        and set(re.findall(r"[\w*-]+", nomi.get("vary", "").lower())) <= VARIABILI_INNOCUE
        and not re.search("private|no-store", nomi.get("cache-control", ""))
    )


def _prepara(intestazioni: Intestazioni, corpo: bytes) -> Pagina:
    """The page with its own etag, compressed once for all."""
    nomi = {nome.lower(): valore for nome, valore in intestazioni}
    etag = nomi.get("etag") or f'W/"{hashlib.sha256(corpo).hexdigest()[:24]}"'
    nostre = {"content-length", "etag", "vary"}
    tenute = [(nome, valore) for nome, valore in intestazioni if nome.lower() not in nostre]
    tenute += [("ETag", etag), ("Vary", "Accept-Encoding, Cookie")]
    if "cache-control" not in nomi:
        tenute.append(("Cache-Control", "no-cache"))  # the browser keeps it, and asks whether it is still good
    pagina = Pagina(tenute, corpo, etag, time.monotonic() + VITA)
    if len(corpo) > 500 and COMPRIMIBILI.match(nomi.get("content-type", "")):
        pagina.compressa = {"br": brotli.compress(corpo, quality=5), "gzip": gzip.compress(corpo, 6, mtime=0)}
    return pagina


def _la_ha_gia(pagina: Pagina, environ: dict[str, Any]) -> bool:
    """Whether who asks has this very page: by its etag or, from who keeps none, by its date (RFC 9110, 13.2.2)."""
    if etag := environ.get("HTTP_IF_NONE_MATCH", ""):
        return pagina.etag.removeprefix("W/") in etag
    da = environ.get("HTTP_IF_MODIFIED_SINCE")
    return bool(da) and ("last-modified", str(da)) in ((nome.lower(), valore) for nome, valore in pagina.intestazioni)


def _consegna(pagina: Pagina, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    if _la_ha_gia(pagina, environ):
        start_response("304 Not Modified", [i for i in pagina.intestazioni if i[0].lower() != "content-type"])
        return []
    accettate = environ.get("HTTP_ACCEPT_ENCODING", "")
    scelta = next(
        (nome for nome in pagina.compressa if re.search(rf"\b{nome}\b(?!\s*;\s*q=0(?:\.0+)?\b)", accettate)), ""
    )
    corpo = pagina.compressa.get(scelta, pagina.corpo)
    codifica = [("Content-Encoding", scelta)] if scelta else []
    start_response("200 OK", [*pagina.intestazioni, *codifica, ("Content-Length", str(len(corpo)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [corpo]
