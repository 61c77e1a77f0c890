"""What packages from elsewhere said and our nouns do not: laid over our rows when they go out."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from referenti.models import Ente
from risorse.hsds.pacchetto.celle import cella
from risorse.hsds.righe import Righe
from risorse.hsds.tabelle import TABELLE
from risorse.models import DatoEsterno, Risorsa, RisorsaInSede, Sede

# People's names and addresses: kept for who runs the portal, never given to the public.
RISERVATE = frozenset({"contact", "metadata"})
COLONNE_RISERVATE = {"service": frozenset({"assurer_email"})}


def con_i_resti(righe: Righe, *, riservati: bool = False) -> Righe:
    """The rows with what was kept aside; of whole rows only those that hang on something that goes out."""
    parziali: dict[str, dict[UUID, DatoEsterno]] = defaultdict(dict)
    interi: dict[str, list[DatoEsterno]] = defaultdict(list)
    for dato in DatoEsterno.objects.order_by("tabella", "oggetto").iterator(chunk_size=2000):
        if dato.intero:
            interi[dato.tabella].append(dato)
        else:
            parziali[dato.tabella][dato.oggetto] = dato
    finite: Righe = {
        tabella: [_sopra(tabella, riga, parziali[tabella].get(_uuid(riga["id"]))) for riga in tutte]
        for tabella, tutte in righe.items()
    }
    if interi:
        _aggiungi_interi(finite, interi, riservati=riservati)
    return finite


def _uuid(valore: Any) -> Any:
    return valore if isinstance(valore, UUID) else UUID(str(valore))


def _sopra(tabella: str, riga: dict[str, Any], dato: DatoEsterno | None) -> dict[str, Any]:
    if dato is None:
        return riga
    nuova = dict(riga)
    for nome, valore in dato.valori.items():
        if nome in COLONNE_RISERVATE.get(tabella, ()):
            continue
        if cella(riga.get(nome)) == dato.nostri.get(nome, ""):
            nuova[nome] = valore
    return {nome: valore for nome, valore in nuova.items() if valore != ""}


def _aggiungi_interi(righe: Righe, interi: dict[str, list[DatoEsterno]], *, riservati: bool) -> None:
    uscite = {str(riga["id"]) for tutte in righe.values() for riga in tutte}
    nascoste = _nostre() - uscite
    # A row may hang on one that comes later (a term on its parent): it waits for that one, and comes right after it.
    attese: dict[str, list[DatoEsterno]] = defaultdict(list)
    for tabella in sorted(interi, key=lambda nome: (nome not in TABELLE, nome)):
        if tabella in RISERVATE and not riservati:
            continue
        pronti = list(interi[tabella])
        while pronti:
            dato = pronti.pop()
            if str(dato.oggetto) in uscite:
                continue  # one of our nouns says it by now
            manca = _che_manca(dato, uscite, nascoste)
            if manca:
                attese[manca].append(dato)
                continue
            righe.setdefault(dato.tabella, []).append({n: v for n, v in dato.valori.items() if v != ""})
            uscite.add(str(dato.oggetto))
            pronti += attese.pop(str(dato.oggetto), [])


def _nostre() -> set[str]:
    return {
        str(chiave)
        for m in (Ente, Risorsa, Sede, RisorsaInSede)
        for chiave in m._default_manager.values_list("pk", flat=True)
    }


def _che_manca(dato: DatoEsterno, uscite: set[str], nascoste: set[str]) -> str:
    """The first key the row refers to that does not go out, if any.

    An unknown table may refer to what it likes, but to nothing of ours that is hidden.
    """
    colonne = TABELLE.get(dato.tabella, {})
    for nome, valore in dato.valori.items():
        if nome == "id" or not valore:
            continue
        colonna = colonne.get(nome)
        if (colonna and colonna.verso) or nome in ("link_id", "resource_id"):
            if valore not in uscite:
                return valore
        elif nome.endswith("_id") and valore in nascoste:
            return valore
    return ""
