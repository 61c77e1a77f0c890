"""The figures of a survey: how many services each ente, comune and category has, and what was answered of them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone

from risorse.models import (
    AreaServita,
    EnteInRicognizione,
    EsitoRisposta,
    Ricognizione,
    Risorsa,
    RispostaRicognizione,
    StatoRisorsa,
)

# Cards an ente is asked about: those the public reads, and those suspended that may come back.
SI_CHIEDONO = (StatoRisorsa.PUBBLICATA, StatoRisorsa.SOSPESA)
VOCI = {
    EsitoRisposta.CONFERMATA: "confermati",
    EsitoRisposta.CORRETTA: "corretti",
    EsitoRisposta.RITIRATA: "ritirati",
    EsitoRisposta.AGGIUNTA: "aggiunti",
}
AMPIE = {AreaServita.AMBITO: "Tutto l'Ambito", AreaServita.NAZIONALE: "Tutta l'Italia"}

Conteggi = dict[str, Any]


def servizi_chiesti(chiamati: Iterable[EnteInRicognizione]) -> dict[Any, list[Risorsa]]:
    """The services each ente called is asked about, by the key of its call: its own and its units', by name.

    A unit that is called by itself answers for its own. Samples are left out, unless the portal is a demo.
    """
    per_ente: dict[Any, Any] = {chiamato.ente_id: chiamato.pk for chiamato in chiamati}
    risorse = Risorsa.objects.filter(stato__in=SI_CHIEDONO)
    if not settings.DEMO:
        risorse = risorse.filter(esempio=False)
    risorse = risorse.filter(ente__in=per_ente) | risorse.filter(ente__padre__in=per_ente)
    chiesti: dict[Any, list[Risorsa]] = {chiave: [] for chiave in per_ente.values()}
    for risorsa in risorse.select_related("ente").prefetch_related("categorie", "comuni_serviti"):
        chiamato = per_ente.get(risorsa.ente_id) or per_ente.get(risorsa.ente.padre_id)
        chiesti[chiamato].append(risorsa)
    return chiesti


def cifre(ricognizione: Ricognizione) -> dict[str, Any]:
    """The figures as they stand now, in values that JSON keeps; constant number of queries.

    `totale` and each row of `enti`, `comuni`, `categorie` count services: `prima` those asked about, `confermati`,
    `corretti`, `ritirati`, `senza_risposta` (that add up to it), `aggiunti` besides. A service counts once for each
    comune it serves and for each of its categories: those columns add up to more than the total.
    """
    chiamati = list(ricognizione.chiamati.select_related("ente"))
    chiesti = servizi_chiesti(chiamati)
    risposte: dict[Any, list[RispostaRicognizione]] = {chiamato.pk: [] for chiamato in chiamati}
    righe = RispostaRicognizione.objects.filter(chiamato__ricognizione=ricognizione).select_related("risorsa")
    for risposta in righe.prefetch_related("risorsa__categorie", "risorsa__comuni_serviti"):
        risposte[risposta.chiamato_id].append(risposta)

    totale, enti = _vuoti(), []
    comuni: dict[str, Conteggi] = {}
    categorie: dict[str, Conteggi] = {}
    for chiamato in chiamati:
        dell_ente = _vuoti()
        for risorsa, voce in _detti(chiesti[chiamato.pk], risposte[chiamato.pk]):
            luoghi = [comuni.setdefault(slug, _vuoti(nome)) for slug, nome in _luoghi(risorsa)]
            temi = [categorie.setdefault(c.slug, _vuoti(c.nome)) for c in risorsa.categorie.all()]
            for conteggi in (totale, dell_ente, *luoghi, *temi):
                _conta(conteggi, voce)
        concluso = chiamato.concluso_il
        quando = timezone.localtime(concluso).date().isoformat() if concluso else ""
        enti.append({"ente": chiamato.ente.slug, "concluso_il": quando, **dell_ente, "nome": str(chiamato.ente)})
    return {
        "al": timezone.localdate().isoformat(),
        "totale": totale,
        "enti": enti,
        "comuni": _in_fila(comuni, "comune", ultimi=tuple(AMPIE)),
        "categorie": _in_fila(categorie, "categoria"),
    }


def _detti(chiesti: list[Risorsa], risposte: list[RispostaRicognizione]):
    """Each service once, with what was said of it; those archived since they were answered about are still there."""
    dette = {risposta.risorsa_id: risposta for risposta in risposte}
    for risposta in risposte:
        yield risposta.risorsa, VOCI[EsitoRisposta(risposta.esito)]
    for risorsa in chiesti:
        if risorsa.pk not in dette:
            yield risorsa, "senza_risposta"


def _vuoti(nome: str = "") -> Conteggi:
    return {"nome": nome, "prima": 0, **dict.fromkeys(VOCI.values(), 0), "senza_risposta": 0, "risposti": 0}


def _conta(conteggi: Conteggi, voce: str) -> None:
    conteggi[voce] += 1
    if voce != "aggiunti":
        conteggi["prima"] += 1
        conteggi["risposti"] += voce != "senza_risposta"


def _luoghi(risorsa: Risorsa) -> list[tuple[str, str]]:
    if risorsa.area_servita in AMPIE:
        return [(risorsa.area_servita, AMPIE[AreaServita(risorsa.area_servita)])]
    return [(comune.slug, comune.nome) for comune in risorsa.comuni_serviti.all()]


def _in_fila(gruppi: dict[str, Conteggi], chiave: str, ultimi: tuple[str, ...] = ()) -> list[Conteggi]:
    ordinati = sorted(gruppi.items(), key=lambda gruppo: (gruppo[0] in ultimi, gruppo[1]["nome"]))
    return [{chiave: slug, **conteggi} for slug, conteggi in ordinati]
