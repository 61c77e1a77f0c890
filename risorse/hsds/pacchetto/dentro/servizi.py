"""Services as risorse, with the terms, comuni, documents and languages they name."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date

from referenti.models import Ente
from risorse.hsds.chiavi import chiave as chiave_di
from risorse.hsds.pacchetto.dentro.lavoro import Lavoro
from risorse.hsds.pacchetto.leggi import Riga
from risorse.hsds.pacchetto.scrittore import NomiUnici, stesso_nome, tagliato
from risorse.hsds.righe.termini import chiave_tipo
from risorse.models import AreaServita, Costo, Destinatari, Risorsa, StatoRisorsa, TipoRisorsa
from risorse.models.schede import scadenza_da

ESEMPIO = "Dati di esempio"
_COSTI = {str(costo.label): costo for costo in Costo}
_AREE = {str(area.label): area for area in AreaServita}
_TIPI = {str(chiave_tipo(tipo.value)): tipo for tipo in TipoRisorsa}
_STATI = {
    "active": StatoRisorsa.PUBBLICATA,
    "temporarily closed": StatoRisorsa.SOSPESA,
    "inactive": StatoRisorsa.ARCHIVIATA,
    "defunct": StatoRisorsa.ARCHIVIATA,
}


def porta_servizi(lavoro: Lavoro) -> None:
    """Make or bring up to date the services of the package: known by their key, else by ente and name.

    New ones are drafts, unless the package is published at once; the state of those that are there is nobody's but ours.
    """
    righe = lavoro.pacchetto.righe("service")
    presenti = {risorsa.pk: risorsa for risorsa in Risorsa.objects.select_related("ente")}
    per_nome = {(risorsa.ente_id, risorsa.nome): risorsa for risorsa in presenti.values()}
    chiavi, nomi = {riga.chiave for riga in righe}, NomiUnici(per_nome, 160)
    nostri_enti = {str(ente.pk): ente for ente in Ente.objects.all()}
    tipi, costi, aree = _tipi(lavoro), _per_servizio(lavoro, "cost_option"), _per_servizio(lavoro, "service_area")
    destinatari = _destinatari(lavoro)
    aggiorna_in_breve = lavoro.pacchetto.ha("service", "description")
    for riga in righe:
        risorsa, ente = presenti.get(riga.chiave), lavoro.trova("organization", riga["organization_id"])
        ente = ente or (risorsa.ente if risorsa else nostri_enti.get(riga["organization_id"]))
        if ente is None:
            continue
        nome = riga["name"].strip()
        omonima = per_nome.get((ente.pk, nome))
        if risorsa is None and omonima and omonima.pk not in chiavi:
            risorsa = per_nome.pop((ente.pk, nome))
        chiave = str(riga.chiave)
        opzione = _opzione(costi.get(chiave, ()))
        valori = _descritta(lavoro, riga, destinatari.get(chiave, set()))
        valori |= _costo(riga, opzione) | _area(aree.get(chiave, ())) | tipi.get(chiave, {})
        if risorsa is None:
            valori |= _nuova(lavoro, riga) | {"ente": ente, "nome": nomi.libero(nome, ente.pk)}
        elif omonima is not risorsa and not stesso_nome(risorsa.nome, nome):
            valori["nome"] = nomi.libero(nome, ente.pk)
        if risorsa is not None and not aggiorna_in_breve:
            valori.pop("in_breve")
        valori |= _verifica(riga, risorsa)
        risorsa = lavoro.scrive(Risorsa, risorsa, **valori)
        if risorsa is not None:
            lavoro.prende("service", riga, risorsa)
            if opzione:
                lavoro.prende("cost_option", opzione[0], risorsa, chiave_di("costo", risorsa.pk))


def _descritta(lavoro: Lavoro, riga: Riga, destinatari: set[str]) -> dict[str, Any]:
    valori = _testi(lavoro, riga) | _eta(lavoro, riga)
    if lavoro.pacchetto.ha("service", "eligibility_description"):
        valori["requisiti"] = _requisiti(riga["eligibility_description"], destinatari)
    return valori


def _nuova(lavoro: Lavoro, riga: Riga) -> dict[str, Any]:
    stato = _STATI.get(riga["status"], StatoRisorsa.ARCHIVIATA) if lavoro.pubblica else StatoRisorsa.BOZZA
    return {
        "uuid": riga.chiave,
        "stato": stato,
        "autore": lavoro.autore,
        "fonte": tagliato(f"Pacchetto HSDS: {lavoro.pacchetto.nome}", 200),
        "esempio": ESEMPIO in riga["alert"].split(" · "),
    }


def _verifica(riga: Riga, risorsa: Risorsa | None) -> dict[str, date]:
    """The last confirmation, if it is later than ours; a card that comes in late is due at once, not hidden at once."""
    try:
        giorno = parse_date(riga["assured_date"].strip()[:10])
    except ValueError:
        giorno = None
    oggi = timezone.localdate()
    if giorno is None or giorno > oggi or (risorsa and risorsa.verificata_il and risorsa.verificata_il >= giorno):
        return {}
    return {"verificata_il": giorno, "verificare_entro": max(scadenza_da(giorno), oggi)}


def in_breve_e_resto(testo: str) -> tuple[str, str]:
    """A description as our two fields: its first paragraph if it is short, else its beginning, and the whole."""
    testo = testo.strip()
    prima, _, resto = testo.partition("\n\n")
    if len(prima) <= 240 and "\n" not in prima:
        return prima, resto
    return tagliato(" ".join(testo.split()), 240), testo


def _testi(lavoro: Lavoro, riga: Riga) -> dict[str, Any]:
    valori: dict[str, Any] = {}
    if lavoro.pacchetto.ha("service", "description"):
        in_breve, intera = in_breve_e_resto(riga["description"])
        valori |= {"in_breve": in_breve or tagliato(riga["name"], 240), "descrizione": intera}
    else:
        valori["in_breve"] = tagliato(riga["name"], 240)
    return valori


def _destinatari(lavoro: Lavoro) -> dict[str, set[str]]:
    """The names of whom each service is for, by service."""
    nomi = {str(termine.pk): termine.nome for termine in Destinatari.objects.all()}
    nomi |= {str(t.pk): t.nome for t in lavoro.nostri.values() if isinstance(t, Destinatari)}
    di: dict[str, set[str]] = defaultdict(set)
    for riga in lavoro.pacchetto.righe("attribute"):
        if riga["taxonomy_term_id"] in nomi:
            di[riga["link_id"]].add(nomi[riga["taxonomy_term_id"]])
    return di


def _requisiti(testo: str, destinatari: set[str]) -> str:
    """What one must have, without the names that our own packages write before it."""
    parte, _, resto = testo.partition(". ")
    return tagliato(resto if destinatari and set(parte.split(", ")) == destinatari else testo, 300)


def _numero(testo: str, massimo: int = 150) -> int | None:
    try:
        numero = float(testo)
    except ValueError:
        return None
    return int(numero) if 0 <= numero <= massimo else None


def _eta(lavoro: Lavoro, riga: Riga) -> dict[str, int | None]:
    if not (lavoro.pacchetto.ha("service", "minimum_age") or lavoro.pacchetto.ha("service", "maximum_age")):
        return {}
    minima, massima = _numero(riga["minimum_age"]), _numero(riga["maximum_age"])
    if minima is not None and massima is not None and minima > massima:
        return {}
    return {"eta_minima": minima, "eta_massima": massima}


def _costo(riga: Riga, opzione: tuple[Riga, Costo] | None) -> dict[str, Any]:
    valori: dict[str, Any] = {"costo": opzione[1]} if opzione else {}
    nota = riga["fees_description"] or riga["fees"]
    if nota:
        valori["costo_nota"] = "" if nota in _COSTI else tagliato(nota, 200)
    return valori


def _opzione(opzioni: Iterable[Riga]) -> tuple[Riga, Costo] | None:
    """The first option that says whether one pays, and what it says."""
    for opzione in opzioni:
        costo = _COSTI.get(opzione["option"])
        if costo is None and _numero(opzione["amount"], 10**9) is not None:
            costo = Costo.A_PAGAMENTO if float(opzione["amount"]) else Costo.GRATUITO
        if costo and costo != Costo.NON_NOTO:
            return opzione, costo
    return None


def _area(aree: Iterable[Riga]) -> dict[str, Any]:
    nota = next((_AREE[area["name"]] for area in aree if area["name"] in _AREE), None)
    if nota:
        return {"area_servita": nota}
    return {"area_servita": AreaServita.COMUNI} if aree else {}


def _tipi(lavoro: Lavoro) -> dict[str, dict[str, TipoRisorsa]]:
    return {
        riga["link_id"]: {"tipo": _TIPI[riga["taxonomy_term_id"]]}
        for riga in lavoro.pacchetto.righe("attribute")
        if riga["taxonomy_term_id"] in _TIPI
    }


def _per_servizio(lavoro: Lavoro, tabella: str) -> dict[str, list[Riga]]:
    di: dict[str, list[Riga]] = defaultdict(list)
    for riga in lavoro.pacchetto.righe(tabella):
        if riga["service_id"]:
            di[riga["service_id"]].append(riga)
    return di
