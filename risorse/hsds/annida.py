"""Rows hung into each other, as the API gives them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from risorse.hsds.righe import Righe
from risorse.hsds.tabelle import DENTRO, TABELLE

# Objects that hold each other are opened once: these only when they are what was asked for …
_SOLO_IN_CIMA = {
    "service_at_location": frozenset({"service"}),
    "organization": frozenset({"services", "locations"}),
}
# … and below these, not what leads back to where one comes from.
_SENZA_RITORNO = {
    ("service_at_location", "service"): frozenset({"service_at_locations"}),
    ("organization", "services"): frozenset({"organization"}),
}


class Nido:
    """Finds, for a row of a table, what hangs below it: one index of the rows by what they refer to, built once."""

    def __init__(self, righe: Righe):
        self._per_chiave = {tabella: {riga["id"]: riga for riga in tutte} for tabella, tutte in righe.items()}
        self._sotto: dict[tuple[str, str], dict[UUID, list[dict]]] = {}
        for tabella, tutte in righe.items():
            for nome, colonna in TABELLE[tabella].items():
                if verso := colonna.verso or ("service" if nome == "link_id" else ""):
                    self._sotto[tabella, verso] = self._gruppi(tutte, nome)

    @staticmethod
    def _gruppi(righe: Iterable[dict], colonna: str) -> dict[UUID, list[dict]]:
        gruppi = defaultdict(list)
        for riga in righe:
            if chiave := riga.get(colonna):
                gruppi[chiave].append(riga)
        return gruppi

    def essenziale(self, riga: dict, chiavi: Iterable[str]) -> dict:
        """The row with the single objects of `chiavi`, themselves without anything below."""
        aperta = dict(riga)
        for chiave in chiavi:
            if trovata := self._per_chiave.get(chiave, {}).get(riga.get(f"{chiave}_id")):
                aperta[chiave] = trovata
        return aperta

    def intera(self, tabella: str, riga: dict, *, cima: bool = True, senza: frozenset[str] = frozenset()) -> dict:
        """The row with all that hangs below it, all the way down, but for the keys of `senza`; no list is empty."""
        aperta = dict(riga)
        escluse = senza if cima else senza | _SOLO_IN_CIMA.get(tabella, frozenset())
        for chiave, (sotto, elenco) in DENTRO.get(tabella, {}).items():
            if chiave in escluse:
                continue
            figlie = self._figlie(tabella, riga, chiave, sotto, elenco=elenco)
            di_ritorno = _SENZA_RITORNO.get((tabella, chiave), frozenset())
            aperte = [self.intera(sotto, figlia, cima=False, senza=di_ritorno) for figlia in figlie]
            if aperte:
                aperta[chiave] = aperte if elenco else aperte[0]
        return aperta

    def _figlie(self, tabella: str, riga: dict, chiave: str, sotto: str, *, elenco: bool) -> Iterable[dict]:
        if elenco:
            return self._sotto.get((sotto, tabella), {}).get(riga["id"], ())
        nome = "taxonomy_id" if chiave == "taxonomy_detail" else f"{chiave}_id"
        trovata = self._per_chiave.get(sotto, {}).get(riga.get(nome))
        return (trovata,) if trovata else ()
