"""What must be right before anything is written: keys, references, no circles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from referenti.models import Ente
from risorse.hsds.pacchetto.leggi import Pacchetto, Riga, Tavola, verso_di
from risorse.hsds.righe.termini import righe_tassonomie, righe_termini
from risorse.hsds.tabelle import TABELLE
from risorse.models import DatoEsterno, Risorsa, RisorsaInSede, Sede

# Without these a row says nothing; other columns that the specification requires are missed in silence, as the web does.
INDISPENSABILI = {
    "organization": ("name",),
    "service": ("name", "organization_id"),
    "service_at_location": ("service_id", "location_id"),
    "attribute": ("link_id", "taxonomy_term_id"),
}
GENITORI = {"organization": "parent_organization_id", "taxonomy_term": "parent_id"}


@dataclass(frozen=True)
class Sbaglio:
    """Something wrong in one row of one file."""

    file: str
    riga: int
    colonna: str
    detto: str

    def __str__(self) -> str:
        """ "services.csv, riga 3, colonna «organization_id»: …"."""
        return f"{self.file}, riga {self.riga}, colonna «{self.colonna}»: {self.detto}"


def controlla(pacchetto: Pacchetto) -> list[Sbaglio]:
    """Everything that keeps the package out, table by table and row by row."""
    noti = _Noti(pacchetto)
    sbagli: list[Sbaglio] = []
    for tavola in pacchetto.tavole.values():
        sbagli += _chiavi(tavola)
        sbagli += _mancanti(tavola)
        sbagli += _rotti(tavola, noti)
    for tabella, colonna in GENITORI.items():
        if tabella in pacchetto.tavole:
            sbagli += _circoli(pacchetto.tavole[tabella], colonna, _genitori_nostri(tabella))
    return sbagli


class _Noti:
    """The keys a reference may lead to: those of the package, those the portal already has."""

    def __init__(self, pacchetto: Pacchetto):
        self._chiavi = {nome: {str(riga.chiave) for riga in t.righe} for nome, t in pacchetto.tavole.items()}
        nostri = {"organization": Ente, "service": Risorsa, "location": Sede, "service_at_location": RisorsaInSede}
        for tabella, modello in nostri.items():
            self._aggiungi(tabella, modello._default_manager.values_list("pk", flat=True))
        self._aggiungi("taxonomy", (riga["id"] for riga in righe_tassonomie()))
        self._aggiungi("taxonomy_term", (riga["id"] for riga in righe_termini()))
        for tabella, chiave in DatoEsterno.objects.filter(intero=True).values_list("tabella", "oggetto"):
            self._aggiungi(tabella, (chiave,))

    def _aggiungi(self, tabella: str, chiavi: Iterable) -> None:
        self._chiavi.setdefault(tabella, set()).update(str(chiave) for chiave in chiavi)

    def conosce(self, tabella: str, chiave: str) -> bool:
        """Whether a row of the table has this key."""
        return chiave in self._chiavi.get(tabella, ())


def _chiavi(tavola: Tavola) -> Iterator[Sbaglio]:
    viste: dict = {}
    con_chiave = "id" in tavola.colonne or tavola.nome in TABELLE
    for riga in tavola.righe:
        if con_chiave and not riga.originale:
            yield Sbaglio(tavola.file, riga.numero, "id", "manca.")
        elif riga.chiave in viste and con_chiave:
            yield Sbaglio(
                tavola.file, riga.numero, "id", f"«{riga.originale[:80]}» c'è già alla riga {viste[riga.chiave]}."
            )
        viste.setdefault(riga.chiave, riga.numero)


def _mancanti(tavola: Tavola) -> Iterator[Sbaglio]:
    for colonna in INDISPENSABILI.get(tavola.nome, ()):
        for riga in tavola.righe:
            if not riga[colonna].strip():
                yield Sbaglio(tavola.file, riga.numero, colonna, "manca.")


def _rotti(tavola: Tavola, noti: _Noti) -> Iterator[Sbaglio]:
    for riga in tavola.righe:
        for colonna, valore in riga.valori.items():
            verso, certo = verso_di(tavola.nome, riga, colonna)
            if certo and tavola.nome != "metadata" and not noti.conosce(verso, valore):
                yield Sbaglio(
                    tavola.file,
                    riga.numero,
                    colonna,
                    f"nella tabella «{verso}» non c'è nessuna riga con questa chiave.",
                )


def _genitori_nostri(tabella: str) -> dict[str, str]:
    if tabella != "organization":
        return {}
    righe = Ente.objects.filter(padre__isnull=False).values_list("pk", "padre_id")
    return {str(chiave): str(padre) for chiave, padre in righe}


def _circoli(tavola: Tavola, colonna: str, nostri: dict[str, str]) -> Iterator[Sbaglio]:
    """Rows that, going up from parent to parent, come back to themselves; each row is walked once."""
    padri = dict(nostri)
    for riga in tavola.righe:
        if colonna in tavola.colonne:
            padri.pop(str(riga.chiave), None)
            if riga[colonna]:
                padri[str(riga.chiave)] = riga[colonna]
    finiti: dict[str, bool] = {}  # each key once: whether it is part of a circle
    for partenza in padri:
        cammino: dict[str, None] = {}
        qui = partenza
        while qui in padri and qui not in finiti and qui not in cammino:
            cammino[qui] = None
            qui = padri[qui]
        nel_giro = False
        for chiave in cammino:
            nel_giro = nel_giro or chiave == qui
            finiti[chiave] = nel_giro
    for riga in tavola.righe:
        if finiti.get(str(riga.chiave)):
            yield Sbaglio(tavola.file, riga.numero, colonna, _giro(riga))


def _giro(riga: Riga) -> str:
    return f"«{(riga['name'] or riga.originale)[:80]}» starebbe, passo dopo passo, sotto sé stesso."
