"""What the parts of an import share: the package, what it has become so far, what waits to be written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model

from risorse.hsds.pacchetto.leggi import Pacchetto, Riga
from risorse.hsds.pacchetto.scrittore import Scrittore
from risorse.models import Orario


@dataclass
class Lavoro:
    """An import under way.

    `nostri` leads from a row of the package to what it has become; `base` to the key of the row we would write for it, where
    that is another one; what is in neither is kept aside whole. `visti` says when the rows that were there had last been
    changed, `tolti` which hours are gone, `liste` which terms a service that was there named and names, list by list.
    """

    pacchetto: Pacchetto
    autore: Any
    pubblica: bool = False
    nostri: dict[tuple[str, UUID], Any] = field(default_factory=dict)
    base: dict[tuple[str, UUID], UUID] = field(default_factory=dict)
    scrittori: dict[type[Model], Scrittore] = field(default_factory=dict)
    avvisi: list[str] = field(default_factory=list)
    creati: set[UUID] = field(default_factory=set)
    visti: dict[UUID, datetime] = field(default_factory=dict)
    tolti: list[Orario] = field(default_factory=list)
    liste: dict[UUID, dict[str, tuple[set[UUID], set[UUID]]]] = field(default_factory=dict)

    def scrittore(self, modello: type[Model]) -> Scrittore:
        """The writer of a model."""
        return self.scrittori.setdefault(modello, Scrittore(modello, self.autore))

    def prende(self, tabella: str, riga: Riga, oggetto: Any, base: UUID | None = None) -> None:
        """Say that a row has become `oggetto`, and which of our rows says it when it goes out."""
        self.nostri[tabella, riga.chiave] = oggetto
        self.base[tabella, riga.chiave] = base or oggetto.pk

    def trova(self, tabella: str, chiave: str) -> Any:
        """What the row with this key has become; None if it was kept aside."""
        return self.nostri.get((tabella, UUID(chiave))) if chiave else None

    def valori(self, tabella: str, riga: Riga, **colonne: tuple[str, Callable[[str], Any]]) -> dict[str, Any]:
        """Our fields from the columns that the package has: {field: (column, how to read it)}."""
        presenti = self.pacchetto.tavole[tabella].colonne
        return {nome: leggi(riga[colonna]) for nome, (colonna, leggi) in colonne.items() if colonna in presenti}

    def scrive(self, modello: type[Model], oggetto: Any, **valori: Any) -> Any:
        """Make the row, or bring `oggetto` to the values; None if a value is not of its field."""
        scrittore = self.scrittore(modello)
        if oggetto is not None and not oggetto._state.adding:
            self.visti.setdefault(oggetto.pk, oggetto.aggiornato)
        try:
            if oggetto is None:
                nuovo = scrittore.crea(**valori)
                self.creati.add(nuovo.pk)
                return nuovo
            scrittore.cambia(oggetto, **{nome: valore for nome, valore in valori.items() if nome != "uuid"})
        except ValidationError:
            return oggetto
        return oggetto

    def orari_cambiati(self) -> dict[UUID, tuple[list[Orario], list[Orario]]]:
        """The hours that go and those that come, by who keeps them, of all that was there."""
        di: dict[UUID, tuple[list[Orario], list[Orario]]] = {}
        nuovi = self.scrittori[Orario].nuove if Orario in self.scrittori else []
        for posto, orari in enumerate((self.tolti, nuovi)):
            for orario in orari:
                padrone = orario.risorsa_id or orario.in_sede_id or orario.sede_id
                if padrone not in self.creati:
                    di.setdefault(padrone, ([], []))[posto].append(orario)
        return di
