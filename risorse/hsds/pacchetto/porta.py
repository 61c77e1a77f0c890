"""A package into the portal: all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation

from risorse.hsds.pacchetto.anteprima import NOMI, Modifiche, modifiche
from risorse.hsds.pacchetto.avanzi import tieni_da_parte
from risorse.hsds.pacchetto.controlla import Sbaglio, controlla
from risorse.hsds.pacchetto.dentro.contatti import porta_contatti
from risorse.hsds.pacchetto.dentro.enti import porta_enti
from risorse.hsds.pacchetto.dentro.lavoro import Lavoro
from risorse.hsds.pacchetto.dentro.sedi import porta_legami, porta_sedi
from risorse.hsds.pacchetto.dentro.servizi import porta_servizi
from risorse.hsds.pacchetto.dentro.tempi import porta_chiusure, porta_lingue, porta_orari
from risorse.hsds.pacchetto.dentro.termini import porta_termini, porta_voci
from risorse.hsds.pacchetto.leggi import leggi
from risorse.hsds.pacchetto.scrittore import MOTIVO
from risorse.hsds.tabelle import TABELLE
from risorse.models import Orario, Risorsa, RisorsaInSede
from risorse.ricerca.indice import indicizza
from tavolo.base import contenuto


@dataclass(frozen=True)
class Conto:
    """How many rows of a noun are new, changed, as they were, taken away."""

    nome: str
    nuove: int
    aggiornate: int
    invariate: int
    tolte: int = 0


@dataclass
class Esito:
    """What an import did, or would do."""

    pacchetto: str = ""
    conti: list[Conto] = field(default_factory=list)
    modifiche: list[Modifiche] = field(default_factory=list)
    da_parte: dict[str, int] = field(default_factory=dict)
    colonne_ignote: dict[str, list[str]] = field(default_factory=dict)
    tabelle_ignote: list[str] = field(default_factory=list)
    file_ignorati: list[str] = field(default_factory=list)
    errori: list[Sbaglio | str] = field(default_factory=list)

    @property
    def nuove(self) -> int:
        """How many rows of our nouns are made."""
        return sum(conto.nuove for conto in self.conti)

    @property
    def aggiornate(self) -> int:
        """How many change."""
        return sum(conto.aggiornate for conto in self.conti)

    @property
    def invariate(self) -> int:
        """How many were already so."""
        return sum(conto.invariate for conto in self.conti)

    @property
    def cambiate_qui(self) -> int:
        """How many rows that change were changed here after the package was made; only of a trial."""
        return sum(gruppo.cambiate_qui for gruppo in self.modifiche)

    @property
    def riuscito(self) -> bool:
        """Whether nothing keeps it out."""
        return not self.errori


class _Indietro(Exception):
    """Undoes a trial."""


def importa(
    contenuto_zip: bytes,
    *,
    autore: Any = None,
    prova: bool = False,
    pubblica: bool = False,
    alla_scrittura: Callable[[Esito], None] | None = None,
) -> Esito:
    """Bring a package in, or only try (`prova`); new services are drafts unless `pubblica`.

    `alla_scrittura` is called with the outcome before the transaction ends. Raises FileNonLeggibile for a file that is no
    package; errors in its rows are in the outcome, and nothing is written.
    """
    with translation.override("it"):
        return _importa(Lavoro(leggi(contenuto_zip), autore, pubblica), prova=prova, alla_scrittura=alla_scrittura)


def _importa(lavoro: Lavoro, *, prova: bool, alla_scrittura: Callable[[Esito], None] | None) -> Esito:
    pacchetto = lavoro.pacchetto
    esito = Esito(
        pacchetto=pacchetto.nome,
        errori=list(controlla(pacchetto)),
        file_ignorati=pacchetto.ignorati,
        tabelle_ignote=sorted(set(pacchetto.tavole) - set(TABELLE)),
        colonne_ignote={n: t.sconosciute for n, t in pacchetto.tavole.items() if n in TABELLE and t.sconosciute},
    )
    if esito.errori:
        return esito
    try:
        with transaction.atomic():
            _scrivi(lavoro)
            if prova:
                esito.modifiche = modifiche(lavoro)
            esito.da_parte = dict(sorted(tieni_da_parte(lavoro).items()))
            esito.conti = _conti(lavoro)
            indicizza([oggetto.pk for (tabella, _), oggetto in lavoro.nostri.items() if tabella == "service"])
            contenuto.cambiato()
            if alla_scrittura:
                alla_scrittura(esito)
            if prova:
                raise _Indietro
    except _Indietro:
        pass
    except IntegrityError as errore:
        esito.errori.append(f"Il pacchetto contraddice quello che c'è già nel portale: {errore}")
    return esito


def _conti(lavoro: Lavoro) -> list[Conto]:
    return [
        Conto(nome, len(s.nuove), len(s.cambiate), s.invariate, len(lavoro.tolti) if modello is Orario else 0)
        for modello, nome in NOMI.items()
        if (s := lavoro.scrittori.get(modello) or (lavoro.scrittore(modello) if modello is Orario else None))
    ]


def _scrivi(lavoro: Lavoro) -> None:
    """Noun after noun, each once what it refers to is written."""
    porta_termini(lavoro)
    porta_enti(lavoro)
    porta_sedi(lavoro)
    porta_servizi(lavoro)
    porta_legami(lavoro)
    for scrittore in lavoro.scrittori.values():
        scrittore.salva()
    scritti = set(lavoro.scrittori)
    porta_voci(lavoro)
    porta_contatti(lavoro)
    porta_lingue(lavoro)
    porta_orari(lavoro)
    porta_chiusure(lavoro)
    for modello, scrittore in lavoro.scrittori.items():
        if modello not in scritti:
            scrittore.salva()
    _ricorda(lavoro)


def _ricorda(lavoro: Lavoro) -> None:
    """Leave in the history of the services that were there that their lists or their hours have changed."""
    orari = lavoro.orari_cambiati()
    servizi = {o.pk: o for o in lavoro.nostri.values() if isinstance(o, Risorsa) and o.pk not in lavoro.creati}
    legami = {o.pk: o.risorsa_id for o in lavoro.nostri.values() if isinstance(o, RisorsaInSede)}
    con_orari = {legami.get(padrone, padrone) for padrone in orari}
    for chiave, servizio in servizi.items():
        detti = [detto for detto, dove in (("elenchi", lavoro.liste), ("orari", con_orari)) if chiave in dove]
        if detti:
            servizio._history_user, servizio._change_reason = lavoro.autore, f"{MOTIVO}: {' e '.join(detti)}"
            servizio.save(update_fields=["aggiornato"])
