"""The web addresses of the cards: which ones are tried, and what becomes of the answers."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from risorse.models import Contatto, ControlloLink, Risorsa, TipoContatto
from risorse.servizi.sonda import Risposta, prova

INSIEME = 8  # sites tried at once, each one address at a time
PAUSA = 1.0  # seconds between two addresses of the same site


class Controllo(NamedTuple):
    """How many contacts were tried, how many of them did not answer this time."""

    quanti: int
    senza_risposta: int


def da_controllare() -> Any:
    """The web contacts the public meets: of enti, of published cards, of their places; not invented ones."""
    pubblicate = Risorsa.objects.pubblicate()
    in_sede = Risorsa.sedi.through.objects.filter(sede=OuterRef("sede"), risorsa__in=pubblicate)
    veri = Contatto.objects.pubblici().filter(tipo=TipoContatto.WEB, esempio=False)
    return veri.filter(Q(ente__isnull=False) | Q(risorsa__in=pubblicate) | Exists(in_sede))


def controlla_link(*, anche_privati: bool = False, pausa: float = PAUSA) -> Controllo:
    """Try every address once and keep what it said; forget the checks of contacts the public no longer meets.

    An address is broken (`ControlloLink.objects.rotti`) once it failed on two different days; one answer heals it.
    `anche_privati` opens our own network: for the tests only.
    """
    contatti = list(da_controllare())
    ControlloLink.objects.exclude(contatto__in=da_controllare()).delete()
    per_indirizzo = defaultdict(list)
    for contatto in contatti:
        per_indirizzo[contatto.valore].append(contatto)
    senza = 0
    for indirizzo, risposta in _prova_tutti(per_indirizzo, anche_privati, pausa):
        for contatto in per_indirizzo[indirizzo]:
            _segna(contatto, risposta)
            senza += risposta.rotto
    return Controllo(len(contatti), senza)


def agente() -> str:
    """Who we say we are to the sites we try."""
    chi = settings.EMAIL_REDAZIONE or "portale comunale"
    return f"PortaleTavoloIntercultura/1 (controllo dei link; {chi})"


def _prova_tutti(indirizzi: Iterable[str], anche_privati: bool, pausa: float) -> Iterator[tuple[str, Risposta]]:
    # Sites side by side, the addresses of one site one after the other; the database is written by one thread only.
    per_sito = defaultdict(list)
    for indirizzo in indirizzi:
        per_sito[urlsplit(indirizzo).netloc.lower()].append(indirizzo)
    nome = agente()

    def di_un_sito(del_sito: list[str]) -> list[tuple[str, Risposta]]:
        esiti = []
        for numero, indirizzo in enumerate(del_sito):
            if numero:
                time.sleep(pausa)
            esiti.append((indirizzo, prova(indirizzo, agente=nome, anche_privati=anche_privati)))
        return esiti

    with ThreadPoolExecutor(INSIEME) as fili:
        for lavoro in as_completed([fili.submit(di_un_sito, del_sito) for del_sito in per_sito.values()]):
            yield from lavoro.result()


@transaction.atomic
def _segna(contatto: Contatto, risposta: Risposta) -> None:
    if not Contatto.objects.filter(pk=contatto.pk, valore=contatto.valore).exists():
        return  # corrected or removed while we were trying it
    adesso = timezone.now()
    prima = ControlloLink.objects.filter(contatto=contatto, controllato_il__gte=contatto.aggiornato).first()
    da_quando = (prima and prima.rotto_dal) or timezone.localdate(adesso)
    ControlloLink.objects.update_or_create(
        contatto=contatto,
        defaults={
            "controllato_il": adesso,
            "codice": risposta.codice,
            "problema": risposta.problema,
            "rotto_dal": da_quando if risposta.rotto else None,
        },
    )
