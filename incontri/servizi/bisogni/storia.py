"""What has changed of a need, in words: its own text and state, its evidence, where it was heard."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from incontri.models import Bisogno, Evidenza, OrigineBisogno

CAMPI = ("titolo", "descrizione", "tema", "stato", "motivo", "unito_a")
INSIEMI = ("destinatari", "comuni", "categorie", "risorse")
# A save writes a version for the row and one for each of its lists: together they are one change.
INSIEME = timedelta(seconds=5)
TOLTO, NUOVO = "-", "+"


@dataclass(frozen=True)
class Cambiamento:
    """One field, before and after, in words."""

    campo: str
    prima: str
    dopo: str


@dataclass
class Fatto:
    """Something that happened to the need: when, by whom, what, why."""

    quando: datetime
    chi: str
    che_cosa: str
    cambiamenti: list[Cambiamento] = field(default_factory=list)
    motivo: str = ""


def storia_di(bisogno: Bisogno) -> list[Fatto]:
    """Everything that happened to the need, the last thing first; in a number of queries that does not grow with it."""
    fatti = [*_del_bisogno(bisogno), *_delle_righe(Evidenza, bisogno), *_delle_righe(OrigineBisogno, bisogno)]
    return sorted(fatti, key=lambda fatto: fatto.quando, reverse=True)


def _del_bisogno(bisogno: Bisogno) -> Iterable[Fatto]:
    insiemi = [f"{_righe_di(nome)}__{_termine(nome)}" for nome in INSIEMI]
    righe = bisogno.storia.select_related("history_user", "tema", "unito_a").prefetch_related(*insiemi)
    prima: dict[str, str] | None = None
    for gruppo in _a_gruppi(list(righe.order_by("history_date", "history_id"))):
        ultima = gruppo[-1]
        dopo = _in_parole(ultima)
        motivo = next((riga.history_change_reason for riga in reversed(gruppo) if riga.history_change_reason), "")
        chi = str(ultima.history_user or "")
        if prima is None:
            yield Fatto(ultima.history_date, chi, "Bisogno scritto", motivo=motivo)
        else:
            cambiati = [Cambiamento(nome, prima[nome], dopo[nome]) for nome in dopo if prima[nome] != dopo[nome]]
            if cambiati or motivo:
                yield Fatto(ultima.history_date, chi, "Bisogno cambiato", cambiati, motivo)
        prima = dopo


def _a_gruppi(righe: list[Any]) -> Iterable[list[Any]]:
    gruppo: list[Any] = []
    for riga in righe:
        if gruppo and (
            riga.history_user_id != gruppo[-1].history_user_id or riga.history_date - gruppo[-1].history_date > INSIEME
        ):
            yield gruppo
            gruppo = []
        gruppo.append(riga)
    if gruppo:
        yield gruppo


def _in_parole(riga: Any) -> dict[str, str]:
    """The fields of a version by their names, as a person reads them."""
    campi: dict[str, str] = {}
    for nome in CAMPI:
        detto = riga.get_stato_display() if nome == "stato" else getattr(riga, nome)
        campi[_nome(nome)] = str(detto or "")
    for nome in INSIEMI:
        voci = sorted(str(getattr(una, _termine(nome)) or "") for una in getattr(riga, _righe_di(nome)).all())
        campi[_nome(nome)] = ", ".join(voci)
    return campi


def _nome(campo: str) -> str:
    """What a field is called on the pages."""
    del_modello: Any = Bisogno._meta.get_field(campo)
    return str(del_modello.verbose_name)


def _righe_di(nome: str) -> str:
    """Where django-simple-history keeps the rows of a list of a version."""
    return f"historicalbisogno_{nome}_set"


def _termine(nome: str) -> str:
    """What each of those rows points to."""
    modello: Any = Bisogno._meta.get_field(nome).related_model
    return str(modello._meta.model_name)


def _delle_righe(modello: Any, bisogno: Bisogno) -> Iterable[Fatto]:
    """What happened to the rows of `modello` while they were of this need, and when they came or went."""
    sue = modello.storia.filter(bisogno_id=bisogno.pk).order_by().values("uuid")
    versioni = (
        modello.storia.filter(uuid__in=sue).select_related("history_user", "comune")
        if modello is Evidenza
        else (modello.storia.filter(uuid__in=sue).select_related("history_user", "voce__punto__incontro", "portata_da"))
    )
    nome = modello._meta.verbose_name.split()[0].capitalize()
    prima: dict[Any, Any] = {}
    for riga in versioni.order_by("history_date", "history_id"):
        vecchia, qui = prima.get(riga.uuid), riga.bisogno_id == bisogno.pk
        era_qui = vecchia is not None and vecchia.bisogno_id == bisogno.pk
        detto = _detto(nome, riga, vecchia, qui=qui, era_qui=era_qui)
        if detto:
            cambiati = [Cambiamento("", "", _riga(riga))] if not era_qui or not qui else _cambiati(vecchia, riga)
            if riga.history_type == TOLTO:
                cambiati = [Cambiamento("", _riga(riga), "")]
            if cambiati:
                yield Fatto(riga.history_date, str(riga.history_user or ""), detto, cambiati)
        prima[riga.uuid] = riga


def _detto(nome: str, riga: Any, vecchia: Any, *, qui: bool, era_qui: bool) -> str:
    if riga.history_type == TOLTO:
        return f"{nome} tolta" if qui else ""
    if qui and vecchia is None:
        return f"{nome} aggiunta"
    if qui and not era_qui:
        return f"{nome} arrivata da un altro bisogno"
    if era_qui and not qui:
        return f"{nome} passata a un altro bisogno"
    return f"{nome} corretta" if qui else ""


def _riga(riga: Any) -> str:
    """An evidence or an origin in one line."""
    if hasattr(riga, "fonte"):
        numero = "meno di 5" if riga.soppresso else "" if riga.valore is None else f"{riga.valore.normalize():f}"
        quanto = f": {numero} {riga.get_unita_display()}" if numero else ""
        return f"{riga.testo}{quanto} ({riga.comune or 'tutto l’Ambito'}, {riga.riferimento}, {riga.fonte})"
    # Of an entry only its meeting: not everybody may read those minutes.
    dove = riga.voce.punto.incontro if riga.voce else riga.parole or riga.nota
    return f"{riga.get_tipo_display()}: {dove}" if dove else str(riga.get_tipo_display())


def _cambiati(prima: Any, dopo: Any) -> list[Cambiamento]:
    vecchia, nuova = _riga(prima), _riga(dopo)
    return [Cambiamento("", vecchia, nuova)] if vecchia != nuova else []
