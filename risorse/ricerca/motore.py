"""What is asked of the index, in the language of each engine: the same services in the same order on both."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, F, Func, IntegerField, QuerySet, TextField


class Termine(NamedTuple):
    """A stem to find, whole or as the beginning of one."""

    radice: str
    prefisso: bool = False


# A word of the question: any of its meanings will do, each of which is one or more stems.
Gruppo = tuple[tuple[Termine, ...], ...]
OVUNQUE, NOME, TEMI = "", "n", "t"


@dataclass(frozen=True)
class Domanda:
    """What to find: every group, or with `una_basta` any of them."""

    gruppi: tuple[Gruppo, ...]
    una_basta: bool = False

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


class _SuTestoRicerca(Func):
    """An expression over the row of stems, given as the relation `testo_ricerca`."""

    def __init__(self, domanda: Domanda, **extra: Any):
        super().__init__(F("testo_ricerca"), **extra)
        self.domanda = domanda

    def _vettore(self, compiler: Any) -> str:
        colonna: Any = self.get_source_expressions()[0]
        return f"{compiler.quote_name_unless_alias(colonna.alias)}.vettore"

    def _riga(self, compiler: Any) -> str:
        return compiler.compile(self.get_source_expressions()[0])[0]


_TROVATE = "{} IN (SELECT rowid FROM risorse_indice WHERE risorse_indice MATCH %s)"


class Trovata(Func):
    """Whether the card answers the question: a list of keys made by the index, so that the planner starts from it."""

    output_field = BooleanField()

    def __init__(self, domanda: Domanda, **extra: Any):
        super().__init__(F("pk"), **extra)
        self.domanda = domanda

    def as_sqlite(self, compiler, connection, **extra):
        """By the row numbers FTS5 gives."""
        quali = f"SELECT risorsa_id FROM risorse_testoricerca WHERE {_TROVATE.format('id')}"
        return f"{compiler.compile(self.get_source_expressions()[0])[0]} IN ({quali})", [self.domanda.fts5()]

    def as_postgresql(self, compiler, connection, **extra):
        """By the vector."""
        quali = "SELECT risorsa_id FROM risorse_testoricerca WHERE vettore @@ %s::tsquery"
        return f"{compiler.compile(self.get_source_expressions()[0])[0]} IN ({quali})", [self.domanda.tsquery()]


class Rilevanza(_SuTestoRicerca):
    """How well it answers: 4 if the name alone does, 2 if name and themes do, 1 if some word is in the name."""

    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **extra):
        """The sum of three answers."""
        trovate = f"({_TROVATE.format(self._riga(compiler))})"
        return f"({trovate} * 4 + {trovate} * 2 + {trovate})", self._domande("fts5")

    def as_postgresql(self, compiler, connection, **extra):
        """The sum of three answers."""
        trovate = f"({self._vettore(compiler)} @@ %s::tsquery)::int"
        return f"({trovate} * 4 + {trovate} * 2 + {trovate})", self._domande("tsquery")

    def _domande(self, lingua: str) -> list[str]:
        una = Domanda(self.domanda.gruppi, una_basta=True)
        domande = ((self.domanda, NOME), (self.domanda, TEMI), (una, NOME))
        return [getattr(domanda, lingua)(dove) for domanda, dove in domande]


class PerNome(Func):
    """The name as a key to sort by that is the same on both engines, whatever the collation of the database."""

    output_field = TextField()
    template = "LOWER(%(expressions)s)"

    def __init__(self):
        super().__init__(F("nome"))

    def as_postgresql(self, compiler, connection, **extra):
        """By code point, as SQLite does."""
        return self.as_sql(compiler, connection, template='LOWER((%(expressions)s) COLLATE "C")', **extra)


def trova(risorse: QuerySet, domanda: Domanda) -> QuerySet:
    """The services among these that answer, best first, then by name."""
    prepara_il_piano()
    trovate = risorse.filter(Trovata(domanda))
    return trovate.order_by(Rilevanza(domanda).desc(), PerNome(), "pk")


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
