"""What an import changes, by name: which row, which field, from what to what, and what it takes away."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Field, Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, localize

from referenti.models import Ente
from risorse.hsds.pacchetto.celle import cella
from risorse.hsds.pacchetto.dentro.lavoro import Lavoro
from risorse.models import (
    Chiusura,
    Contatto,
    DatoEsterno,
    LinguaParlata,
    Orario,
    Risorsa,
    RisorsaInSede,
    Sede,
)

NOMI: dict[type[Model], str] = {
    Ente: "enti",
    Sede: "sedi",
    Risorsa: "servizi",
    RisorsaInSede: "servizi nelle sedi",
    Contatto: "contatti",
    LinguaParlata: "lingue parlate",
    Orario: "orari",
    Chiusura: "chiusure",
}
MOSTRATE = 30
TESTO_MASSIMO, PRIMA_DEL_DIVERSO = 160, 40
NIENTE = "(niente)"


@dataclass(frozen=True)
class Cambio:
    """One field: what it is called, what it says, what it would say."""

    campo: str
    prima: str
    poi: str

    def __str__(self) -> str:
        """ "indirizzo: via Roma 1 → via Roma 2"."""
        return f"{self.campo}: {self.prima} → {self.poi}"


@dataclass
class Modifica:
    """One row that is there: its name, its fields that change, when it was changed here if that is after the package."""

    oggetto: str
    cambi: list[Cambio] = field(default_factory=list)
    cambiata_qui: datetime | None = None


@dataclass
class Modifiche:
    """The rows of one noun that change, the first `MOSTRATE` by name: those changed here after the package come first."""

    nome: str
    quante: int
    prime: list[Modifica]
    cambiate_qui: int

    @property
    def altre(self) -> int:
        """How many are not named."""
        return self.quante - len(self.prime)


def modifiche(lavoro: Lavoro) -> list[Modifiche]:
    """What the rows written so far change in those that were there; to be asked before the leftovers are put aside."""
    toccate = _toccate(lavoro)
    qui = _CambiateQui(lavoro)
    esito = []
    for modello, nome in NOMI.items():
        di_modello = [(qui.quando(oggetto), oggetto) for oggetto in toccate.values() if type(oggetto) is modello]
        di_modello.sort(key=lambda coppia: coppia[0] is None)
        prime = [Modifica(_nome(lavoro, o), list(_cambi(lavoro, o)), quando) for quando, o in di_modello[:MOSTRATE]]
        if prime:
            cambiate = sum(quando is not None for quando, _ in di_modello)
            esito.append(Modifiche(nome, len(di_modello), prime, cambiate))
    return esito


def _toccate(lavoro: Lavoro) -> dict[UUID, Any]:
    """The rows that were there and change: in a field, in a list, in their hours."""
    toccate = {pk: oggetto for scrittore in lavoro.scrittori.values() for pk, oggetto in scrittore.cambiate.items()}
    nostri = {oggetto.pk: oggetto for oggetto in lavoro.nostri.values() if isinstance(oggetto, Model)}
    for chiave in (*lavoro.liste, *lavoro.orari_cambiati()):
        if chiave in nostri and chiave not in lavoro.creati:
            toccate.setdefault(chiave, nostri[chiave])
    return toccate


class _CambiateQui:
    """When a row was last changed here, if that is after the package says so."""

    def __init__(self, lavoro: Lavoro):
        self.visti, self.orari = lavoro.visti, lavoro.orari_cambiati()
        self.detti = {}
        for riga in lavoro.pacchetto.righe("service"):
            servizio = lavoro.nostri.get(("service", riga.chiave))
            if servizio is not None and (momento := _momento(riga["last_modified"])):
                self.detti[servizio.pk] = momento
        self.fatto = _momento(lavoro.pacchetto.creato) or max(self.detti.values(), default=None)
        # the moment of a package from elsewhere is theirs: what came in is unchanged as long as it bears ours of then
        esterni = DatoEsterno.objects.filter(tabella="service", intero=False).values_list("oggetto", "nostri")
        self.entrati = {chiave: nostri.get("last_modified") for chiave, nostri in esterni}

    def quando(self, oggetto: Any) -> datetime | None:
        """The moment; None if the package knows it, or if nobody can tell."""
        visto = self.visti.get(oggetto.pk)
        if visto is not None and self.entrati.get(oggetto.pk) == cella(visto):
            return None
        detto = self.detti.get(oggetto.pk, self.fatto)
        tolti, _ = self.orari.get(oggetto.pk, ([], []))
        dopo = [orario.aggiornato for orario in tolti if self.fatto and orario.aggiornato > self.fatto]
        dopo += [visto] if visto and detto and visto > detto else []
        return max(dopo, default=None)


def _momento(testo: str) -> datetime | None:
    try:
        momento = parse_datetime(testo.strip())
    except ValueError:
        return None
    return timezone.make_aware(momento) if momento and timezone.is_naive(momento) else momento


def _nome(lavoro: Lavoro, oggetto: Any) -> str:
    """As people know it today, with whose it is where that does not say it."""
    prima = _prima(lavoro, oggetto)
    padrone = None
    if isinstance(oggetto, Contatto):
        padrone = oggetto.ente or oggetto.sede or oggetto.risorsa
    elif isinstance(oggetto, LinguaParlata):
        padrone = oggetto.risorsa
    nome = prima.get("nome") or prima.get("denominazione") or str(oggetto)
    return f"{padrone}: {nome}" if padrone else nome


def _prima(lavoro: Lavoro, oggetto: Any) -> dict[str, Any]:
    scrittore = lavoro.scrittori.get(type(oggetto))
    return scrittore.prima.get(oggetto.pk, {}) if scrittore else {}


def _cambi(lavoro: Lavoro, oggetto: Any) -> Iterable[Cambio]:
    for nome, valore in _prima(lavoro, oggetto).items():
        campo: Any = oggetto._meta.get_field(nome.removesuffix("_id"))
        yield _cambio(str(campo.verbose_name), _in_parole(campo, valore), _in_parole(campo, getattr(oggetto, nome)))
    for elenco, (prima, poi) in lavoro.liste.get(oggetto.pk, {}).items():
        lista: Any = oggetto._meta.get_field(elenco)
        nomi = {t.pk: str(t) for t in lista.related_model._default_manager.filter(pk__in=prima | poi)}
        yield _cambio(str(lista.verbose_name), *(", ".join(sorted(nomi[pk] for pk in quali)) for quali in (prima, poi)))
    ore = lavoro.orari_cambiati().get(oggetto.pk)
    if ore:
        yield Cambio("orari", *("; ".join(map(_orario, quali)) or NIENTE for quali in ore))


def _in_parole(campo: Field, valore: Any) -> str:
    if valore is None or valore == "":
        return ""
    if campo.is_relation:
        return str(campo.related_model._default_manager.filter(pk=getattr(valore, "pk", valore)).first() or "")
    if campo.flatchoices:
        return str(dict(campo.flatchoices).get(valore, valore))
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    return str(localize(valore))


def _cambio(campo: str, prima: str, poi: str) -> Cambio:
    """Long texts from a little before where they begin to differ."""
    uguali = next((n for n, (a, b) in enumerate(zip(prima, poi, strict=False)) if a != b), min(len(prima), len(poi)))
    inizio = max(0, uguali - PRIMA_DEL_DIVERSO) if max(len(prima), len(poi)) > TESTO_MASSIMO else 0
    return Cambio(campo, *(_pezzo(testo, inizio) for testo in (prima, poi)))


def _pezzo(testo: str, inizio: int) -> str:
    if not testo:
        return NIENTE
    pezzo = testo[inizio : inizio + TESTO_MASSIMO]
    return f"{'…' if inizio else ''}{pezzo}{'…' if inizio + TESTO_MASSIMO < len(testo) else ''}"


def _orario(orario: Orario) -> str:
    parti = [str(orario), "su appuntamento" if orario.su_appuntamento else "", orario.nota]
    for parola, giorno in (("dal", orario.valido_dal), ("al", orario.valido_al)):
        parti.append(f"{parola} {date_format(giorno, 'SHORT_DATE_FORMAT')}" if giorno else "")
    return ", ".join(filter(None, parti))


def per_nome(tutte: Iterable[Modifiche]) -> dict[str, list[str]]:
    """The same in lines of text, by noun."""
    righe: dict[str, list[str]] = defaultdict(list)
    for gruppo in tutte:
        for una in gruppo.prime:
            segno = ""
            if una.cambiata_qui:
                quando = date_format(timezone.localtime(una.cambiata_qui), "SHORT_DATETIME_FORMAT")
                segno = f" [cambiata qui il {quando}, dopo il pacchetto]"
            righe[gruppo.nome].append(f"{una.oggetto}{segno}: {'; '.join(map(str, una.cambi))}")
    return righe
