"""What is asked of the index, in the language of each engine: the same services in the same order on both."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, F, Func


class Termine(NamedTuple):
    """A stem to find, whole or as the beginning of one."""

    radice: str
    prefisso: bool = False


# A word of the question: any of its meanings will do, each of which is one or more stems.
Gruppo = tuple[tuple[Termine, ...], ...]
OVUNQUE, NOME, TEMI = "", "n", "t"
# Of a question any word of which will do, how many words order the answers.
RARE = 4


@dataclass(frozen=True)
class Domanda:
    """What to find: every group, or with `una_basta` any of them."""

    gruppi: tuple[Gruppo, ...]
    una_basta: bool = False

    @property
    def diretta(self) -> "Domanda":
        """The same without synonyms: only the first meaning of each group, its own words."""
        return Domanda(tuple(gruppo[:1] for gruppo in self.gruppi), self.una_basta)

    @property
    def sparsa(self) -> "Domanda":
        """Any word of any meaning."""
        termini = dict.fromkeys(termine for gruppo in self.gruppi for senso in gruppo for termine in senso)
        return Domanda(tuple(((termine,),) for termine in termini), una_basta=True)

    def fts5(self, dove: str = OVUNQUE) -> str:
        """The question as FTS5 reads it; stems hold no quotes."""
        intera = self._componi(" AND ", " OR ", lambda t: f'"{t.radice}"{" *" if t.prefisso else ""}')
        return {OVUNQUE: intera, NOME: f"{{nome}} : ({intera})", TEMI: f"{{nome temi}} : ({intera})"}[dove]

    def tsquery(self, dove: str = OVUNQUE) -> str:
        """The question as a tsquery of PostgreSQL; the column is the beginning of the lexeme."""
        colonna = f"{dove}:" if dove else ""
        return self._componi(" & ", " | ", lambda t: f"'{colonna}{t.radice}'{':*' if t.prefisso else ''}")

    def _componi(self, tutti: str, uno: str, scrivi: Any) -> str:
        gruppi = (
            "(" + uno.join("(" + tutti.join(map(scrivi, senso)) + ")" for senso in gruppo) + ")"
            for gruppo in self.gruppi
        )
        return (uno if self.una_basta else tutti).join(gruppi)


class Trovata(Func):
    """Whether the card answers the question: a list of keys made by the index, so that the planner starts from it."""

    output_field = BooleanField()

    def __init__(self, domanda: Domanda, **extra: Any):
        super().__init__(F("pk"), **extra)
        self.domanda = domanda

    def as_sqlite(self, compiler, connection, **extra):
        """By the row numbers FTS5 gives."""
        quali = (
            "SELECT risorsa_id FROM risorse_testoricerca WHERE id IN "
            "(SELECT rowid FROM risorse_indice WHERE risorse_indice MATCH %s)"
        )
        return f"{compiler.compile(self.get_source_expressions()[0])[0]} IN ({quali})", [self.domanda.fts5()]

    def as_postgresql(self, compiler, connection, **extra):
        """By the vector."""
        quali = "SELECT risorsa_id FROM risorse_testoricerca WHERE vettore @@ %s::tsquery"
        return f"{compiler.compile(self.get_source_expressions()[0])[0]} IN ({quali})", [self.domanda.tsquery()]


@dataclass(frozen=True)
class Righe:
    """The numbers of the rows of stems that answer, and, most telling first, of those that answer better."""

    tutte: list[int]
    migliori: list[list[int]]


def righe(domanda: Domanda) -> Righe:
    """The rows that answer, in one query.

    Better is: by the very words and not by a synonym of theirs; with the name alone; with name and themes; with one
    word at least in the name. Where any word will do: with the rarest of them, then the next, then with one in the name.
    """
    prepara_il_piano()
    una = (domanda.sparsa, NOME)
    chieste = [(domanda, OVUNQUE)]
    if domanda.una_basta:
        chieste += [*((Domanda((gruppo,)), OVUNQUE) for gruppo in domanda.gruppi), una]
    else:
        chieste += [(domanda.diretta, OVUNQUE)] if domanda.diretta != domanda else []
        chieste += [(domanda, NOME), (domanda, TEMI), una]
    if connection.vendor == "sqlite":
        istruzione, lingua = "SELECT %s, rowid FROM risorse_indice WHERE risorse_indice MATCH %s", "fts5"
    else:
        istruzione, lingua = "SELECT %s, id FROM risorse_testoricerca WHERE vettore @@ %s::tsquery", "tsquery"
    parametri: list[Any] = []
    for numero, (cosa, dove) in enumerate(chieste):
        parametri += [numero, getattr(cosa, lingua)(dove)]
    trovate: list[list[int]] = [[] for _ in chieste]
    with connection.cursor() as cursore:
        cursore.execute(" UNION ALL ".join([istruzione] * len(chieste)), parametri)
        for numero, riga in cursore.fetchall():
            trovate[numero].append(riga)
    tutte, *migliori = trovate
    if domanda.una_basta:
        *per_parola, nel_nome = migliori
        migliori = [*sorted(per_parola, key=len)[:RARE], nel_nome]
    return Righe(tutte, migliori)


def prepara_il_piano() -> None:
    """Until the end of the transaction, keep PostgreSQL from reading whole tables for common words.

    Measured (performance.md): p50 18.5 ms with the default planner, 4.1 so, over 100,000 services. The penalty on
    sequential scans would make every plan look worth compiling: hence no JIT.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursore:
            cursore.execute(
                "SELECT set_config('random_page_cost', '1.1', true), set_config('enable_seqscan', 'off', true), "
                "set_config('jit', 'off', true)"
            )


def vocabolario() -> Iterable[tuple[str, int]]:
    """Every stem of the index and in how many cards it is."""
    if connection.vendor == "sqlite":
        istruzione = "SELECT term, doc FROM risorse_vocabolario"
    else:
        istruzione = (
            "SELECT word, ndoc FROM ts_stat('SELECT vettore FROM risorse_testoricerca') WHERE word NOT LIKE '_:%'"
        )
    with connection.cursor() as cursore:
        cursore.execute(istruzione)
        return cursore.fetchall()
