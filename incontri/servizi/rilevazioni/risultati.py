"""The ranking of a round: worked out when it closes, kept with it, worked out again by who wants to check.

What is kept (`Rilevazione.risultati`) is plain JSON with exact numbers ("203/4"): the ranking, and beside the votes all
that went into it (people in need and reached, populations, weights), so that what changes later changes no old ranking.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from incontri.models import Rilevazione, Voto
from incontri.priorita import dati as formule
from incontri.priorita.graduatoria import Posto, graduatoria
from incontri.servizi.copertura.dati import fabbisogni
from incontri.servizi.rilevazioni.voti import bisogni_in_fila
from referenti.models import Comune, Ente, Indicatore
from referenti.models.indicatore import Voce

VERSIONE = 1  # of the shape of what is kept


def voti_che_contano(rilevazione: Rilevazione, *, fino_al_turno: int) -> list[Voto]:
    """Of each ente and need the vote of the last turn it voted in: who says nothing in the second keeps the first."""
    righe: QuerySet = Voto.objects.filter(rilevazione=rilevazione, turno__lte=fino_al_turno)
    righe = righe.select_related("ente__padre").prefetch_related("per_comune__comune").order_by("turno", "creato")
    return list({(voto.ente_id, voto.bisogno_id): voto for voto in righe}.values())


def gruppo_di(ente: Ente) -> str:
    """The group an ente is counted in: its kind, that of the whole ente for a unit."""
    return (ente.padre or ente).tipo


def popolazioni() -> dict[str, int | None]:
    """The residents of each comune of the Ambito by its slug, from the newest figure; None where none is known."""
    note: dict[str, int | None] = dict.fromkeys(Comune.objects.dell_ambito().values_list("slug", flat=True))
    righe = Indicatore.objects.filter(voce=Voce.RESIDENTI, comune__nell_ambito=True).order_by("riferimento")
    return note | {slug: int(valore) for slug, valore in righe.values_list("comune__slug", "valore")}


def calcola(rilevazione: Rilevazione, *, fino_al_turno: int) -> dict[str, Any]:
    """The results of the round as they are kept, from the votes up to a turn and from what is known today."""
    bisogni = bisogni_in_fila(rilevazione)
    ingresso = {
        "popolazioni": popolazioni(),
        "fabbisogni": {
            str(chiave): [_di_fabbisogno(riga) for riga in righe] for chiave, righe in fabbisogni(bisogni).items()
        },
        "nomi": {str(bisogno.pk): bisogno.titolo for bisogno in bisogni},
        "aventi_diritto": rilevazione.enti.count(),
        "pesi": rilevazione.pesi or formule.PESI.come_dati(),
        "turno": fino_al_turno,
    }
    return _sigilla({"versione": VERSIONE, "ingresso": ingresso, "righe": _righe(rilevazione, ingresso)})


def ricalcola(rilevazione: Rilevazione) -> dict[str, Any]:
    """The results again, from the votes and from what went in when the round was closed."""
    ingresso = rilevazione.risultati["ingresso"]
    return _sigilla({"versione": VERSIONE, "ingresso": ingresso, "righe": _righe(rilevazione, ingresso)})


def impronta(risultati: Mapping[str, Any]) -> str:
    """The SHA-256 of what is kept, but for the fingerprint itself."""
    senza = {chiave: valore for chiave, valore in risultati.items() if chiave != "sha256"}
    testo = json.dumps(senza, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(testo.encode()).hexdigest()


def _sigilla(risultati: dict[str, Any]) -> dict[str, Any]:
    return risultati | {"sha256": impronta(risultati)}


def posti(rilevazione: Rilevazione) -> list[Posto]:
    """The places of a closed round with their exact numbers, from the votes and from what went in when it was closed."""
    ingresso = rilevazione.risultati["ingresso"]
    return _posti(_per_bisogno(rilevazione, ingresso), ingresso)


def _righe(rilevazione: Rilevazione, ingresso: Mapping[str, Any]) -> list[dict[str, Any]]:
    per_bisogno = _per_bisogno(rilevazione, ingresso)
    return [_riga(posto, per_bisogno.get(posto.valutazione.chiave, ())) for posto in _posti(per_bisogno, ingresso)]


def _per_bisogno(rilevazione: Rilevazione, ingresso: Mapping[str, Any]) -> dict[str, list[formule.Voto]]:
    per_bisogno: dict[str, list[formule.Voto]] = {}
    for voto in voti_che_contano(rilevazione, fino_al_turno=ingresso["turno"]):
        per_bisogno.setdefault(str(voto.bisogno_id), []).append(_di_voto(voto))
    return per_bisogno


def _posti(per_bisogno: Mapping[str, list[formule.Voto]], ingresso: Mapping[str, Any]) -> list[Posto]:
    bisogni = [
        formule.DatiBisogno(
            chiave=chiave,
            nome=nome,
            voti=tuple(per_bisogno.get(chiave, ())),
            fabbisogni=tuple(_fabbisogno(riga) for riga in ingresso["fabbisogni"][chiave]),
        )
        for chiave, nome in ingresso["nomi"].items()
    ]
    return graduatoria(
        bisogni,
        ingresso["popolazioni"],
        aventi_diritto=ingresso["aventi_diritto"],
        pesi=formule.Pesi.da_dati(ingresso["pesi"]),
    )


def _di_voto(voto: Voto) -> formule.Voto:
    return formule.Voto(
        ente=str(voto.ente_id),
        gruppo=gruppo_di(voto.ente),
        gravita=voto.gravita,
        equita=voto.equita,
        per_comune={riga.comune.slug: riga.gravita for riga in voto.per_comune.all() if riga.comune.nell_ambito},
    )


def _di_fabbisogno(riga: formule.Fabbisogno) -> dict[str, Any]:
    quota = None if riga.quota_dichiarata is None else str(Fraction(riga.quota_dichiarata))
    return {"comune": riga.comune, "in_bisogno": riga.in_bisogno, "raggiunti": riga.raggiunti, "quota": quota}


def _fabbisogno(riga: Mapping[str, Any]) -> formule.Fabbisogno:
    quota = None if riga["quota"] is None else Fraction(riga["quota"])
    return formule.Fabbisogno(riga["comune"], riga["in_bisogno"], riga["raggiunti"], quota)


def _esatto(valore: Fraction | Decimal | None) -> str | None:
    return None if valore is None else str(Fraction(valore))


def _riga(posto: Posto, voti: Iterable[formule.Voto]) -> dict[str, Any]:
    valutazione, accordo = posto.valutazione, posto.valutazione.accordo
    return {
        "bisogno": valutazione.chiave,
        "nome": valutazione.nome,
        "parte": str(valutazione.parte),
        "posizione": posto.posizione,
        "posto": posto.posto,
        "spostamento": posto.spostamento,
        "fragile": posto.fragile,
        "n": _esatto(valutazione.n),
        "p": _esatto(valutazione.p),
        "gravita": _esatto(valutazione.gravita),
        "equita": _esatto(valutazione.equita),
        "diffusione": _esatto(valutazione.diffusione.valore),
        "comuni_valutati": valutazione.diffusione.valutati,
        "copertura": _esatto(valutazione.copertura.valore),
        "tipo_copertura": str(valutazione.copertura.tipo),
        "senza_risposta": valutazione.senza_risposta,
        "per_comune": {slug: _esatto(valore) for slug, valore in sorted(valutazione.per_comune.items())},
        "voti_per_comune": dict(sorted(_conta_per_comune(voti).items())),
        "accordo": str(accordo.stato),
        "scarto_gravita": _esatto(accordo.scarto_gravita),
        "scarto_equita": _esatto(accordo.scarto_equita),
        "votanti": accordo.votanti,
        "provvisorio": accordo.provvisorio,
        "gruppi": {nome: _gruppo(gruppo) for nome, gruppo in _ordinati(accordo.gruppi.items())},
        "distanti": [list(coppia) for coppia in accordo.distanti],
    }


def _conta_per_comune(voti: Iterable[formule.Voto]) -> Counter:
    return Counter(slug for voto in voti for slug, valore in voto.per_comune.items() if valore is not None)


def _ordinati(coppie: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return sorted(coppie, key=lambda coppia: coppia[0])


def _gruppo(gruppo: Any) -> dict[str, Any]:
    return {
        "gravita": _esatto(gruppo.gravita),
        "equita": _esatto(gruppo.equita),
        "voti": max(gruppo.voti_gravita, gruppo.voti_equita),
    }
