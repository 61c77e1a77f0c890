"""Enti the portal may know already under a request to join: by fiscal code, by website, by name."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from django.utils.text import slugify

from referenti.models import Ente, RichiestaAdesione
from risorse.models import Contatto, TipoContatto

# Names this alike, once the words every ente has are left out, are shown: a person decides.
SOGLIA = 0.8
PAROLE_DI_TUTTI = {
    *("associazione", "aps", "odv", "onlus", "ets", "cooperativa", "sociale", "soc", "coop", "srl", "fondazione"),
    *("istituto", "comprensivo", "comune", "di", "del", "della", "dei", "delle", "il", "la", "lo", "e", "per", "con"),
}
# Hosts that many share: there only the page tells who it is.
SITI_DI_TUTTI = re.compile(
    r"(^|\.)(facebook|instagram|linkedin|youtube|google|blogspot|wordpress|wixsite)\.(com|it)$", re.IGNORECASE
)
DI_ESEMPIO = re.compile(r"example\.(org|com|net)")  # nobody's: RFC 2606


@dataclass(frozen=True)
class Doppione:
    """An ente of the portal that may be the one that asks, and by what it was recognised."""

    ente: Ente
    perche: str


def possibili_doppioni(richiesta: RichiestaAdesione) -> list[Doppione]:
    """The enti that may be the one that asks, the surest first; each once."""
    trovati: dict[object, Doppione] = {}
    enti = list(Ente.objects.select_related("padre"))
    if codice := richiesta.codice_fiscale:
        _aggiungi(trovati, (e for e in enti if e.codice_fiscale == codice), "stesso codice fiscale")
    if sito := _sito(richiesta.sito_web):
        web = Contatto.objects.filter(tipo=TipoContatto.WEB, ente__isnull=False)
        con_sito = {ente for ente, valore in web.values_list("ente", "valore") if _sito(valore) == sito}
        _aggiungi(trovati, (e for e in enti if e.pk in con_sito), "stesso sito")
    nome = _parole(richiesta.denominazione)
    _aggiungi(trovati, (e for e in enti if _simili(nome, e)), "nome simile")
    return list(trovati.values())


def _aggiungi(trovati, enti, perche):
    for ente in enti:
        trovati.setdefault(ente.pk, Doppione(ente, perche))


def _sito(indirizzo: str) -> str:
    """The host, without `www.`: pages of one site are one. On the sites of everybody, the page; of an example, nothing."""
    parti = urlsplit(indirizzo)
    ospite = (parti.hostname or "").removeprefix("www.")
    if DI_ESEMPIO.fullmatch(ospite):
        return ""
    if SITI_DI_TUTTI.search(ospite):
        return f"{ospite}{parti.path.rstrip('/').lower()}"
    return ospite


def _parole(nome: str) -> str:
    parole = slugify(nome).split("-")
    return " ".join(sorted(set(parole) - PAROLE_DI_TUTTI or set(parole)))


def _simili(nome: str, ente: Ente) -> bool:
    return any(
        SequenceMatcher(None, nome, _parole(altro)).ratio() >= SOGLIA
        for altro in (ente.denominazione, ente.nome_breve)
        if altro
    )
