"""The sample scoring rounds of the demo: one whose ranking a sample meeting approved, published; one open, half voted.

All of it goes through the services people use, and says of itself that it is an example.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import Bisogno, Rilevazione, TipoPunto, Verbale
from incontri.servizi import demo_mano as mano
from incontri.servizi.approvazioni import approva_verbale
from incontri.servizi.condivisioni import condividi_verbale
from incontri.servizi.pubblicazioni import pubblica_verbale
from incontri.servizi.rilevazioni.decisioni import metti_in_priorita, porta_in_verbale, testo_della_decisione
from incontri.servizi.rilevazioni.turni import metti_in_fila, passa
from incontri.servizi.rilevazioni.voti import DatiVoto, comuni_di, salva_voto
from referenti.models import Ente, Utente

SLUG = "rilevazione-di-esempio"
INCONTRO = "incontro-di-esempio-bisogni"
PRIMI = 4  # how many of the ranking become "prioritario"
# For each need, how grave and how unequal it is for the enti, over and over in their order; None is "non so". The last need
# divides the enti, in the second turn too, and without one of them it would stand elsewhere.
Colonna = tuple[int | None, ...]
VALUTATI: tuple[tuple[str, Colonna, Colonna], ...] = (
    ("esempio-avvisi-della-scuola", (4, 5, 4, 4, 3, 5, 4, 4, 4), (4, 4, 4, 3, 3, 4, 4, 4, 3)),
    ("esempio-mediazione-tardi", (5, 4, 4, 5, 4, 4, 5, 4, 5), (4, 4, 5, 4, 4, 4, 5, 4, 4)),
    ("esempio-ritardo-scolastico", (3, 4, 4, 3, 4, 3, 4, None, 3), (4, 3, 4, 4, 3, 4, 3, 4, 4)),
    ("esempio-figli-interpreti", (3, 3, 4, 3, 3, 4, 3, 3, 4), (5, 4, 4, 5, 4, 4, 5, 4, 4)),
    ("esempio-orari-e-lavoro", (2, 3, 2, 3, 3, 2, 3, 2, None), (2, 3, 3, 2, 2, 3, 2, 3, 2)),
    ("esempio-senza-permesso-e-cure", (1, 5, 2, 5, 1, 5, 2, 5, 5), (1, 5, 2, 5, 1, 5, 2, 5, 5)),
)
IN_CORSO = (
    "esempio-quale-sportello",
    "esempio-solo-online",
    "esempio-orientamento-in-terza-media",
    "esempio-adolescenti-e-uonpia",
    "esempio-solitudine-delle-madri",
)
MOTIVI = ("Lo dicono gli sportelli (esempio).", "Lo vediamo ogni settimana (esempio).", "")
RIPENSANO = 3  # how many enti vote again in the second turn, on the need that divides them


@transaction.atomic
def crea_rilevazioni_di_esempio(persone: Sequence[Utente]) -> int:
    """Make the two sample rounds, unless they are there; gives how many.

    `persone`: those of the demo, coordination first. Raises Bisogno.DoesNotExist if the territory's data were not loaded.
    """
    if Rilevazione.objects.filter(slug__startswith=SLUG).exists():
        return 0
    coordina, bollate = persone[:2]
    enti = list(Ente.objects.filter(seggi__in=mano.seggi()).distinct().order_by("denominazione"))
    _pubblicata(coordina, bollate, enti)
    _aperta(coordina, bollate, enti)
    return 2


def _pubblicata(coordina: Utente, scrive: Utente, enti: list[Ente]) -> None:
    bisogni = _bisogni(slug for slug, _, _ in VALUTATI)
    rilevazione = _in_preparazione(
        f"{SLUG}-2026", "Rilevazione di esempio: che cosa viene prima", bisogni, enti, coordina
    )
    passa(rilevazione, "apri", entro=timezone.localdate() + timedelta(days=7), autore=coordina)
    for (_, gravita, equita), bisogno in zip(VALUTATI, bisogni, strict=True):
        for numero, ente in enumerate(enti):
            _vota(rilevazione, bisogno, ente, _a_turno(gravita, numero), _a_turno(equita, numero), numero)
    passa(rilevazione, "chiudi-primo", autore=coordina)
    passa(rilevazione, "apri-secondo", entro=timezone.localdate() + timedelta(days=7), autore=coordina)
    for numero, ente in enumerate(enti[:RIPENSANO]):
        _vota(rilevazione, bisogni[-1], ente, 3, 3, numero)
    passa(rilevazione, "chiudi", autore=coordina)
    _approva(rilevazione, coordina, scrive)
    passa(rilevazione, "pubblica", autore=coordina)


def _aperta(coordina: Utente, vota: Utente, enti: list[Ente]) -> None:
    bisogni = _bisogni(IN_CORSO)
    rilevazione = _in_preparazione(
        f"{SLUG}-in-corso", "Rilevazione di esempio: adesso si vota", bisogni, enti, coordina
    )
    passa(rilevazione, "apri", entro=timezone.localdate() + timedelta(days=21), autore=coordina)
    for numero, ente in enumerate(uno for uno in enti if uno.pk != vota.ente_id):
        for bisogno in bisogni[: numero % (len(bisogni) + 1)]:
            _vota(rilevazione, bisogno, ente, 2 + numero % 3, 3, numero)


def _bisogni(slug: Any) -> list[Bisogno]:
    """The needs, in this order."""
    return [Bisogno.objects.get(slug=uno) for uno in slug]


def _in_preparazione(slug: str, titolo: str, bisogni: list[Bisogno], enti: list[Ente], autore: Utente) -> Rilevazione:
    rilevazione: Any = Rilevazione(
        slug=slug,
        titolo=titolo,
        presentazione="È una rilevazione di esempio: i voti non sono di nessun ente vero.",
        entro=timezone.localdate() + timedelta(days=7),
        autore=autore,
    )
    rilevazione._history_user = autore
    rilevazione.save()
    rilevazione.enti.set(enti)
    metti_in_fila(rilevazione, bisogni)
    return rilevazione


def _vota(
    rilevazione: Rilevazione, bisogno: Bisogno, ente: Ente, gravita: int | None, equita: int | None, numero: int
) -> None:
    per_comune = {comune.pk: gravita for comune in comuni_di(ente)}
    motivo = MOTIVI[numero % len(MOTIVI)]
    dati = DatiVoto(gravita=gravita, equita=equita, motivo=motivo, per_comune=per_comune)
    salva_voto(rilevazione, bisogno, ente, dati, autore=None)


def _a_turno(colonna: Colonna, numero: int) -> int | None:
    return colonna[numero % len(colonna)]


def _approva(rilevazione: Rilevazione, coordina: Utente, scrive: Utente) -> None:
    """A sample meeting that decides the ranking; its minutes approved on the spot and published."""
    incontro = mano.incontro(INCONTRO, "Incontro di esempio: quali bisogni vengono prima", -5, coordina)
    mano.odg(incontro, coordina, (TipoPunto.ORDINARIO, "La graduatoria dei bisogni", mano.NOTA))
    mano.tenuto(incontro, coordina)
    verbale: Verbale = mano.verbale(incontro, scrive)
    testo = testo_della_decisione(rilevazione)
    porta_in_verbale(rilevazione, incontro.punti.get(), testo=testo, autore=coordina)
    _all_unanimita(rilevazione, coordina)
    condiviso = condividi_verbale(verbale, autore=scrive)
    approva_verbale(condiviso, in_incontro=incontro, esito="unanimita", autore=coordina)
    ordinati = [riga["bisogno"] for riga in rilevazione.risultati["righe"] if riga["posto"] is not None]
    metti_in_priorita(rilevazione, Bisogno.objects.filter(pk__in=ordinati[:PRIMI]), autore=coordina)
    pubblica_verbale(condiviso, autore=coordina)


def _all_unanimita(rilevazione: Rilevazione, autore: Utente) -> None:
    rilevazione.refresh_from_db()
    voce: Any = rilevazione.decisione
    voce.esito = "unanimita"
    voce._history_user = autore
    voce.save()
