"""The sources a restitution document cites: what each is called and where it is read, by everybody where everybody may."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from incontri.models import Bisogno, BuonaPrassi, Evidenza, Impegno, Proposta, Rilevazione, StatoRilevazione
from incontri.servizi.originali import impronta
from incontri.servizi.restituzioni.penna import Fonte
from incontri.stampa.parole import giorno
from referenti.models import Indicatore

RISERVATA = " (nell'area riservata)"


def _chiave(genere: str, oggetto: Any) -> str:
    return f"{genere}-{str(getattr(oggetto, 'pk', oggetto)).replace('-', '')[:10]}"


def _pagina(genere: str, oggetto: Any, nome: str, *, pubblica: bool) -> Fonte:
    indirizzo = _dove(oggetto, "pagina_pubblica" if pubblica else "get_absolute_url")
    return Fonte(_chiave(genere, oggetto), nome if pubblica else nome + RISERVATA, indirizzo)


def _dove(oggetto: Any, come: str) -> str:
    """The address of its page; empty where the portal has no such page, and then only its name is told."""
    try:
        trovato = getattr(oggetto, come)
        return trovato() if callable(trovato) else trovato
    except NoReverseMatch:
        return ""


def del_verbale(letto: Any) -> Fonte:
    """The minutes of a meeting."""
    return Fonte(_chiave("verbale", letto.verbale), *_nome_e_indirizzo(letto, "", ""))


def della_voce(letto: Any, punto: dict[str, Any], voce: dict[str, Any]) -> Fonte:
    """An entry of minutes."""
    ancora = f"#voce-{voce['uuid']}"
    return Fonte(_chiave("voce", voce["uuid"]), *_nome_e_indirizzo(letto, f", punto {punto['numero']}", ancora))


def _nome_e_indirizzo(letto: Any, punto: str, ancora: str) -> tuple[str, str]:
    incontro = letto.verbale.incontro
    del_giorno = f", {giorno(incontro.giorno)}" if incontro.giorno else ""
    nome = f"Verbale di «{incontro.titolo}»{del_giorno}{punto}"
    if letto.pubblico:
        return nome, incontro.pagina_pubblica + ancora
    return nome + RISERVATA, letto.verbale.get_absolute_url() + ancora


def dell_indicatore(indicatore: Indicatore) -> Fonte:
    """A figure of the territory: its own source and date are in the name."""
    nome = f"{indicatore.fonte}, {giorno_detto(indicatore.riferimento)}: {indicatore.get_voce_display()}, {indicatore.territorio}"
    dove = indicatore.comune.slug if indicatore.comune else "ambito"
    return Fonte(_chiave("dato", indicatore), nome, f"{reverse('referenti:territorio')}#titolo-{dove}")


def dell_evidenza(evidenza: Evidenza, *, pubblica: bool) -> Fonte:
    """What shows a need: where it was found, else the page of the need, the public one if it is `pubblica`."""
    nome = f"{evidenza.fonte}, {giorno_detto(evidenza.riferimento)}"
    bisogno = evidenza.bisogno
    dove = evidenza.url or (bisogno.pagina_pubblica if pubblica else bisogno.get_absolute_url())
    # The same source of the same day is one, however many figures come from it.
    return Fonte(f"evidenza-{impronta(f'{nome} {dove}')[:10]}", nome, dove)


def del_bisogno(bisogno: Bisogno, *, pubblico: bool) -> Fonte:
    """A need."""
    return _pagina("bisogno", bisogno, f"Bisogno «{bisogno}»", pubblica=pubblico)


def della_rilevazione(rilevazione: Rilevazione) -> Fonte:
    """A scoring round: its public page once it is published."""
    pubblica = rilevazione.stato == StatoRilevazione.PUBBLICATA
    return _pagina("rilevazione", rilevazione, f"Rilevazione «{rilevazione}»", pubblica=pubblica)


def della_proposta(proposta: Proposta) -> Fonte:
    """A proposal everybody reads."""
    return _pagina("proposta", proposta, f"Proposta «{proposta}»", pubblica=True)


def della_prassi(prassi: BuonaPrassi) -> Fonte:
    """A published good practice."""
    return _pagina("prassi", prassi, f"Buona prassi «{prassi}»", pubblica=True)


def dell_impegno(impegno: Impegno) -> Fonte:
    """A commitment."""
    return Fonte(_chiave("impegno", impegno), f"Impegno di {impegno.ente}{RISERVATA}", impegno.get_absolute_url())


def pagina(nome: str, titolo: str, domanda: str = "") -> Fonte:
    """A page of the portal, by the name of its address."""
    return Fonte(nome.replace(":", "-"), titolo, reverse(nome) + domanda)


def giorno_detto(riferimento: str) -> str:
    """A day, month or year as one says it."""
    parti = riferimento.split("-")
    if len(parti) == 3:
        return giorno(riferimento)
    if len(parti) == 2:
        return giorno(f"{riferimento}-01").split(" ", 1)[1]
    return riferimento
