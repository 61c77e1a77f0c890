"""Locations, with their first address and what is said of their access, as sedi."""

import re
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import Any

from referenti.models import Comune
from risorse.hsds.chiavi import chiave
from risorse.hsds.pacchetto.dentro.lavoro import Lavoro
from risorse.hsds.pacchetto.leggi import Riga
from risorse.hsds.pacchetto.scrittore import NomiUnici, tagliato
from risorse.models import Accessibilita, RisorsaInSede, Sede, TipoSede

_CAP = re.compile(r"\d{5}")
_ACCESSI = {str(voce.label): voce for voce in Accessibilita}
PASSO = Decimal("0.00001")


def porta_sedi(lavoro: Lavoro) -> None:
    """Make or bring up to date the sedi of the package: known by their key, else by ente and name."""
    presenti = {sede.pk: sede for sede in Sede.objects.select_related("ente")}
    per_nome = {(sede.ente_id, sede.nome): sede for sede in presenti.values()}
    nomi = NomiUnici(per_nome, 160)
    chiavi = {riga.chiave for riga in lavoro.pacchetto.righe("location")}
    indirizzi, accessi = _prime(lavoro, "address"), _prime(lavoro, "accessibility")
    enti, comuni = _enti_dei_servizi(lavoro), _comuni()
    for riga in lavoro.pacchetto.righe("location"):
        sede = presenti.get(riga.chiave)
        ente = lavoro.trova("organization", riga["organization_id"]) or enti.get(str(riga.chiave))
        ente = ente or (sede.ente if sede else None)
        if ente is None:
            continue
        indirizzo = indirizzi.get(str(riga.chiave))
        nome = riga["name"].strip() or (indirizzo["address_1"] if indirizzo else "") or "Sede"
        omonima = per_nome.get((ente.pk, nome))
        if sede is None and omonima and omonima.pk not in chiavi:
            sede = per_nome.pop((ente.pk, nome))
        valori = _valori(lavoro, riga, sede, nome, indirizzo, comuni) | _accesso(accessi.get(str(riga.chiave)))
        if valori["tipo"] == TipoSede.FISICA and not (sede and (sede.comune_id or sede.indirizzo)):
            valori.setdefault("indirizzo", tagliato(nome, 160))  # a place is somewhere: its name is all there is
        if sede is None:
            valori |= {
                "uuid": riga.chiave,
                "ente": ente,
                "nome": nomi.libero(nome, ente.pk),
                "fonte": tagliato(f"Pacchetto HSDS: {lavoro.pacchetto.nome}", 200),
            }
        sede = lavoro.scrive(Sede, sede, **valori)
        if sede is None:
            continue
        lavoro.prende("location", riga, sede)
        for tabella, parte, prime in (("address", "indirizzo", indirizzi), ("accessibility", "accesso", accessi)):
            if (prima := prime.get(str(riga.chiave))) and _detto(tabella, sede):
                lavoro.prende(tabella, prima, sede, chiave(parte, sede.pk))


def _detto(tabella: str, sede: Sede) -> bool:
    """Whether we would write a row of the table for this place."""
    if tabella == "address":
        return sede.tipo == TipoSede.FISICA and sede.comune_id is not None
    return sede.accessibilita != Accessibilita.NON_NOTA or bool(sede.accessibilita_nota)


def _prime(lavoro: Lavoro, tabella: str) -> dict[str, Riga]:
    """The first row of each place, one of a street before one of a post box."""
    prime: dict[str, Riga] = {}
    for riga in lavoro.pacchetto.righe(tabella):
        luogo = riga["location_id"]
        altra = prime.get(luogo)
        if altra is None or (altra["address_type"] == "postal" and riga["address_type"] == "physical"):
            prime[luogo] = riga
    return prime


def _enti_dei_servizi(lavoro: Lavoro) -> dict[str, Any]:
    """For places that do not say whose they are: whose service is found there."""
    servizi = {str(riga.chiave): riga["organization_id"] for riga in lavoro.pacchetto.righe("service")}
    return {
        riga["location_id"]: ente
        for riga in reversed(lavoro.pacchetto.righe("service_at_location"))
        if (ente := lavoro.trova("organization", servizi.get(riga["service_id"], "")))
    }


def _comuni() -> dict[str, Comune]:
    per_nome: dict[str, list[Comune]] = defaultdict(list)
    for comune in Comune.objects.all():
        per_nome[comune.nome.casefold()].append(comune)
    return {nome: uguali[0] for nome, uguali in per_nome.items() if len(uguali) == 1}


def _valori(
    lavoro: Lavoro, riga: Riga, sede: Sede | None, nome: str, indirizzo: Riga | None, comuni: dict[str, Comune]
) -> dict[str, Any]:
    valori: dict[str, Any] = {"tipo": TipoSede.VIRTUALE if riga["location_type"] == "virtual" else TipoSede.FISICA}
    if lavoro.pacchetto.ha("location", "latitude", "longitude"):
        valori |= _punto(riga)
    if valori["tipo"] == TipoSede.VIRTUALE:
        return valori
    if indirizzo is None:
        return valori
    comune = comuni.get(indirizzo["city"].strip().casefold()) if indirizzo["country"] in ("IT", "") else None
    via = ", ".join(filter(None, (indirizzo["address_1"].strip(), indirizzo["address_2"].strip())))
    via = "" if comune and via == nome and not (sede and sede.indirizzo == via) else via
    dove = via if comune else ", ".join(filter(None, (via, indirizzo["city"].strip()))) or nome
    return valori | {
        "indirizzo": tagliato(dove, 160),
        "comune_id": comune.pk if comune else None,
        **(_cap(indirizzo, sede, comune) if lavoro.pacchetto.ha("address", "postal_code") else {}),
    }


def _cap(indirizzo: Riga, sede: Sede | None, comune: Comune | None) -> dict[str, str]:
    """The code of the address; a place without one goes out with that of its comune, and stays without when it returns."""
    cap = indirizzo["postal_code"].strip()
    di_tutti = sede and not sede.cap and comune and comune.cap == cap
    return {"cap": cap if _CAP.fullmatch(cap) and not di_tutti else ""}


def _punto(riga: Riga) -> dict[str, Decimal | None]:
    try:
        latitudine, longitudine = (Decimal(riga[nome]).quantize(PASSO) for nome in ("latitude", "longitude"))
    except InvalidOperation:
        return {"latitudine": None, "longitudine": None}
    if not (abs(latitudine) <= 90 and abs(longitudine) <= 180):
        return {"latitudine": None, "longitudine": None}
    return {"latitudine": latitudine, "longitudine": longitudine}


def _accesso(riga: Riga | None) -> dict[str, str]:
    if riga is None:
        return {}
    voce = _ACCESSI.get(riga["description"].strip())
    if voce:
        return {"accessibilita": voce, "accessibilita_nota": tagliato(riga["details"], 200)}
    return {"accessibilita_nota": tagliato(riga["description"] or riga["details"], 200)}


def porta_legami(lavoro: Lavoro) -> None:
    """Services at locations: known by their key, else by service and place."""
    presenti = {legame.pk: legame for legame in RisorsaInSede.objects.all()}
    per_coppia = {(legame.risorsa_id, legame.sede_id): legame for legame in presenti.values()}
    viste: set[tuple] = set()
    for riga in lavoro.pacchetto.righe("service_at_location"):
        risorsa, sede = lavoro.trova("service", riga["service_id"]), lavoro.trova("location", riga["location_id"])
        if risorsa is None or sede is None:
            continue
        coppia = (risorsa.pk, sede.pk)
        legame = per_coppia.get(coppia)
        if coppia in viste or (legame is None and riga.chiave in presenti):
            continue  # said twice, or the key is already another pair's: the row is kept aside
        viste.add(coppia)
        valori = lavoro.valori("service_at_location", riga, nota=("description", lambda testo: tagliato(testo, 200)))
        if legame is None:
            valori |= {"uuid": riga.chiave, "risorsa": risorsa, "sede": sede}
        legame = lavoro.scrive(RisorsaInSede, legame, **valori)
        if legame is not None:
            lavoro.prende("service_at_location", riga, legame)
