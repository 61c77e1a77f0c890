"""What our nouns do not say of a package, found by writing them out and comparing: kept as `DatoEsterno`."""

from collections import Counter
from typing import Any
from uuid import UUID

from risorse.hsds.pacchetto.celle import cella
from risorse.hsds.pacchetto.dentro.lavoro import Lavoro
from risorse.hsds.pacchetto.leggi import Riga
from risorse.hsds.pacchetto.scrittore import LOTTO
from risorse.hsds.righe import Materia, righe_di
from risorse.hsds.righe.termini import righe_tassonomie, righe_termini
from risorse.models import DatoEsterno

ORIGINALE_MASSIMO = 200


def tieni_da_parte(lavoro: Lavoro) -> Counter:
    """Keep what is left over, forget what an earlier package left and this one does not; whole rows kept, by table."""
    nostre = _nostre_righe(lavoro)
    nuovi: dict[tuple[str, UUID], DatoEsterno] = {}
    interi: Counter = Counter()
    for tavola in lavoro.pacchetto.tavole.values():
        for riga in tavola.righe:
            dato = _resto(lavoro, tavola.nome, riga, nostre)
            if dato is not None:
                nuovi[dato.tabella, dato.oggetto] = dato
                interi[tavola.nome] += dato.intero
    _scrivi(lavoro, nuovi)
    return +interi


def _nostre_righe(lavoro: Lavoro) -> dict[tuple[str, UUID], dict[str, str]]:
    """Our rows of what came in, as the cells of a CSV."""
    chiavi: dict[str, list[UUID]] = {"service": [], "organization": [], "location": []}
    for (tabella, _), oggetto in lavoro.nostri.items():
        if tabella in chiavi:
            chiavi[tabella].append(oggetto.pk)
    righe: dict[tuple[str, UUID], dict[str, str]] = {}
    enti, sedi = chiavi["organization"], chiavi["location"]
    tutte = [("taxonomy", righe_tassonomie()), ("taxonomy_term", righe_termini())]
    lotti = [chiavi["service"][i : i + LOTTO] for i in range(0, len(chiavi["service"]), LOTTO)]
    parti = [{"servizi": lotto} for lotto in lotti]
    parti += [{"enti": enti[i : i + LOTTO]} for i in range(0, len(enti), LOTTO)]
    parti += [{"sedi": sedi[i : i + LOTTO]} for i in range(0, len(sedi), LOTTO)]
    padri = set(enti)
    for parte in parti:
        materia = Materia(**parte, completa=True)  # type: ignore[arg-type]
        materia.padri |= padri
        tutte += righe_di(materia).items()
    for tabella, di_tabella in tutte:
        for riga in di_tabella:
            righe[tabella, riga["id"]] = {nome: cella(valore) for nome, valore in riga.items()}
    return righe


def _resto(lavoro: Lavoro, tabella: str, riga: Riga, nostre: dict) -> DatoEsterno | None:
    originale = "" if riga.originale.lower() == str(riga.chiave) else riga.originale[:ORIGINALE_MASSIMO]
    comuni: dict[str, Any] = {"tabella": tabella, "originale": originale, "pacchetto": lavoro.pacchetto.nome}
    base = lavoro.base.get((tabella, riga.chiave))
    if base is None and (tabella, riga.chiave) in nostre:
        base = riga.chiave
    if base is None:
        return DatoEsterno(oggetto=riga.chiave, intero=True, valori=_con_chiave(riga), **comuni)
    nostra = nostre.get((tabella, base))
    if nostra is None:
        return None  # it has become something that is not shown
    diverse = {nome: valore for nome, valore in _con_chiave(riga).items() if nostra.get(nome, "") != valore}
    if tabella == "service" and diverse.get("assured_date", "~") < nostra.get("assured_date", ""):
        del diverse["assured_date"]  # somebody has confirmed the card here since
    if not diverse and not originale:
        return None
    nostri = {nome: nostra.get(nome, "") for nome in diverse}
    return DatoEsterno(oggetto=base, valori=diverse, nostri=nostri, **comuni)


def _con_chiave(riga: Riga) -> dict[str, str]:
    return {"id": str(riga.chiave), **riga.valori}


def _scrivi(lavoro: Lavoro, nuovi: dict[tuple[str, UUID], DatoEsterno]) -> None:
    toccati = {(tavola.nome, riga.chiave) for tavola in lavoro.pacchetto.tavole.values() for riga in tavola.righe}
    toccati |= {(tabella, base) for (tabella, _), base in lavoro.base.items()}
    vecchi = DatoEsterno.objects.filter(tabella__in=list(lavoro.pacchetto.tavole))
    superati = [
        chiave
        for chiave, tabella, oggetto in vecchi.values_list("pk", "tabella", "oggetto")
        if (tabella, oggetto) in toccati and (tabella, oggetto) not in nuovi
    ]
    for inizio in range(0, len(superati), LOTTO):
        DatoEsterno.objects.filter(pk__in=superati[inizio : inizio + LOTTO]).delete()
    DatoEsterno.objects.bulk_create(
        nuovi.values(),
        batch_size=LOTTO,
        update_conflicts=True,
        unique_fields=["tabella", "oggetto"],
        update_fields=["intero", "valori", "nostri", "originale", "pacchetto", "aggiornato"],
    )
