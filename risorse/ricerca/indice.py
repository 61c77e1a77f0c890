"""The index: for each published service one row of stems, Italian and translations together.

`risorse.apps` keeps it right row by row (`aggiorna`); who writes many rows wraps the work in `raccolta()`, who skips
`save()` calls `indicizza` with the services it wrote.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from referenti.models import Comune, Ente
from risorse.models import (
    AreaServita,
    Categoria,
    Destinatari,
    DocumentoRichiesto,
    Lingua,
    LinguaParlata,
    ModalitaAccesso,
    Risorsa,
    RisorsaInSede,
    Sede,
    StatoRisorsa,
    TestoRicerca,
    Traduzione,
)
from risorse.ricerca.parole import radici

INSIEME = 500
TERMINI = (Categoria, Destinatari, DocumentoRichiesto, Lingua, ModalitaAccesso)
COLONNE = ("nome", "temi", "testo")
_DA_LEGGERE = (
    "categorie",
    "destinatari",
    "comuni_serviti",
    "modalita",
    "documenti",
    "lingue",
    "in_sedi__sede__comune",
)
_in_attesa: ContextVar[set[UUID] | None] = ContextVar("risorse_da_indicizzare", default=None)

Tradotti = Mapping[UUID, Mapping[str, list[str]]]


def indicizza(risorse: Iterable[UUID] | None = None) -> int:
    """Write the rows of these services (by key; None: of all) and give how many changed.

    A service that is not published, or is gone, has no row. Ten queries for every five hundred services.
    """
    if risorse is None:
        TestoRicerca.objects.exclude(risorsa__stato=StatoRisorsa.PUBBLICATA).delete()
        risorse = Risorsa.objects.pubblicate().order_by().values_list("pk", flat=True)
    chiavi = list(risorse)
    return sum(_indicizza(chiavi[da : da + INSIEME]) for da in range(0, len(chiavi), INSIEME))


@contextmanager
def raccolta() -> Iterator[None]:
    """Inside, changes are noted; at the end each service they touch is indexed once, in the same transaction."""
    if _in_attesa.get() is not None:
        yield
        return
    da_fare: set[UUID] = set()
    segno = _in_attesa.set(da_fare)
    try:
        yield
    finally:
        _in_attesa.reset(segno)
    indicizza(sorted(da_fare))


def aggiorna(riga: Model) -> None:
    """Index again the services whose words hang on this row (for `tavolo.base.contenuto.ALLA_MODIFICA`)."""
    toccate = _toccate(riga)
    if toccate is None:
        return
    in_attesa = _in_attesa.get()
    if in_attesa is None:
        indicizza(toccate)
    else:
        in_attesa.update(toccate)


def aggiorna_insieme(righe: Iterable[Model]) -> None:
    """The same for many rows written in bulk, each service once (for `tavolo.base.contenuto.IN_BLOCCO`)."""
    with raccolta():
        for riga in righe:
            aggiorna(riga)


def testi(risorsa: Risorsa, tradotti: Tradotti, ambito: Iterable[str]) -> dict[str, list[str]]:
    """The texts of a card as people wrote them, by column of the index; `ambito`: the names of the Ambito's comuni."""
    propri = _con_traduzioni(risorsa, tradotti, "in_breve", "descrizione", "requisiti", "costo_nota")
    in_sedi = [in_sede for in_sede in risorsa.in_sedi.all() if not in_sede.sede.da_verificare]
    temi = [risorsa.ente.denominazione, risorsa.ente.nome_breve, risorsa.get_tipo_display()]
    for termine in (*risorsa.categorie.all(), *risorsa.destinatari.all(), *risorsa.lingue.all()):
        temi += _con_traduzioni(termine, tradotti, "nome")
    temi += [lingua.nome_proprio for lingua in risorsa.lingue.all()]
    temi += [comune.nome for comune in risorsa.comuni_serviti.all()]
    temi += [in_sede.sede.comune.nome for in_sede in in_sedi if in_sede.sede.comune]
    for categoria in risorsa.categorie.all():
        propri += _con_traduzioni(categoria, tradotti, "descrizione")
    for termine in (*risorsa.modalita.all(), *risorsa.documenti.all()):
        propri += _con_traduzioni(termine, tradotti, "nome")
    for in_sede in in_sedi:
        propri += [*_con_traduzioni(in_sede.sede, tradotti, "nome"), in_sede.sede.indirizzo]
        propri += _con_traduzioni(in_sede, tradotti, "nota")
    if risorsa.area_servita != AreaServita.COMUNI:
        propri += ambito
    return {"nome": _con_traduzioni(risorsa, tradotti, "nome"), "temi": temi, "testo": propri}


def leggi(chiavi: Iterable[UUID]) -> Iterator[tuple[Risorsa, dict[str, list[str]]]]:
    """The published services among these, with the texts of their cards."""
    risorse = list(
        Risorsa.objects.pubblicate().filter(pk__in=chiavi).select_related("ente").prefetch_related(*_DA_LEGGERE)
    )
    ambito = list(Comune.objects.dell_ambito().values_list("nome", flat=True))
    tradotti = _traduzioni(risorse)
    for risorsa in risorse:
        yield risorsa, testi(risorsa, tradotti, ambito)


def _indicizza(chiavi: list[UUID]) -> int:
    prima = {riga.risorsa_id: riga for riga in TestoRicerca.objects.filter(risorsa__in=chiavi)}
    nuove = []
    for risorsa, per_colonna in leggi(chiavi):
        steli = {nome: " ".join(_radici(tuple(filter(None, scritti)))) for nome, scritti in per_colonna.items()}
        vecchia = prima.pop(risorsa.pk, None)
        if vecchia is None or any(getattr(vecchia, nome) != testo for nome, testo in steli.items()):
            nuove.append(TestoRicerca(risorsa=risorsa, **steli))
    if prima:
        TestoRicerca.objects.filter(pk__in=[riga.pk for riga in prima.values()]).delete()
    if nuove:
        TestoRicerca.objects.bulk_create(
            nuove, update_conflicts=True, unique_fields=["risorsa"], update_fields=list(COLONNE)
        )
    return len(nuove) + len(prima)


def _radici(scritti: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(stelo for testo in scritti for stelo in _radici_di(testo)))


@lru_cache(maxsize=4096)
def _radici_di(testo: str) -> tuple[str, ...]:
    # Names of terms, enti and comuni come back in every card.
    return tuple(radici(testo))


def _con_traduzioni(riga: Any, tradotti: Tradotti, *campi: str) -> list[str]:
    altri = tradotti.get(riga.pk, {})
    return [testo for campo in campi for testo in (getattr(riga, campo), *altri.get(campo, ()))]


def _traduzioni(risorse: list[Risorsa]) -> Tradotti:
    """Every translation of these cards and of what they point to, whatever its state: a word is a word."""
    oggetti: dict[type[Model], set[UUID]] = {modello: set() for modello in (*TERMINI, Risorsa, Sede, RisorsaInSede)}
    for risorsa in risorse:
        in_sedi = risorsa.in_sedi.all()
        termini = (risorsa.categorie, risorsa.destinatari, risorsa.lingue, risorsa.modalita, risorsa.documenti)
        for riga in (risorsa, *in_sedi, *(i.sede for i in in_sedi), *(t for molti in termini for t in molti.all())):
            oggetti[type(riga)].add(riga.pk)
    tipi = ContentType.objects.get_for_models(*oggetti)
    tutti: set[UUID] = set().union(*oggetti.values())
    trovati: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    righe = Traduzione.objects.filter(tipo__in=tipi.values(), oggetto_id__in=tutti).order_by("lingua", "campo")
    for chiave, campo, testo in righe.values_list("oggetto_id", "campo", "testo"):
        trovati[chiave][campo].append(testo)
    return trovati


def _toccate(riga: Model) -> list[UUID] | None:
    if isinstance(riga, Risorsa):
        return [riga.pk]
    if isinstance(riga, LinguaParlata | RisorsaInSede):
        return [riga.risorsa_id]
    if isinstance(riga, Traduzione):
        modello = riga.tipo.model_class()
        oggetto = modello._default_manager.filter(pk=riga.oggetto_id).first() if modello else None
        return None if oggetto is None or isinstance(oggetto, Traduzione) else _toccate(oggetto)
    condizione = _che_ne_parlano(riga)
    return None if condizione is None else list(Risorsa.objects.filter(condizione).values_list("pk", flat=True))


def _che_ne_parlano(riga: Model) -> Q | None:
    if isinstance(riga, Ente):
        return Q(ente=riga.pk)
    if isinstance(riga, Sede):
        return Q(pk__in=RisorsaInSede.objects.filter(sede=riga.pk).values("risorsa"))
    if isinstance(riga, Comune):
        qui = RisorsaInSede.objects.filter(sede__comune=riga.pk).values("risorsa")
        serviti = Risorsa.comuni_serviti.through.objects.filter(comune=riga.pk).values("risorsa")
        return Q(pk__in=qui) | Q(pk__in=serviti) | ~Q(area_servita=AreaServita.COMUNI)
    if isinstance(riga, TERMINI):
        # A term that was deleted is bound to nothing any more: its words are still in the rows.
        prima = (radici(riga.nome) or [""])[0]
        parlano = TestoRicerca.objects.filter(Q(temi__contains=prima) | Q(testo__contains=prima))
        return Q(pk__in=riga.risorse.values("pk")) | Q(pk__in=parlano.values("risorsa"))
    return None
