"""The index of the search, one design for two engines: FTS5 over the stems, or a tsvector of the same stems with GIN.

Whoever alters the table risorse_testoricerca later must drop and make this again: on SQLite Django remakes an altered
table, and its triggers are lost.
"""

from django.db import migrations

# The tokens hold ASCII letters and digits, or characters beyond ASCII, which this tokenizer never splits.
FTS5 = (
    "CREATE VIRTUAL TABLE risorse_indice USING fts5(nome, temi, testo, content='risorse_testoricerca', "
    "content_rowid='id', tokenize='ascii', detail='column')",
    "CREATE VIRTUAL TABLE risorse_vocabolario USING fts5vocab('risorse_indice', 'row')",
    "CREATE TRIGGER risorse_indice_dopo_insert AFTER INSERT ON risorse_testoricerca BEGIN "
    "INSERT INTO risorse_indice(rowid, nome, temi, testo) VALUES (new.id, new.nome, new.temi, new.testo); END",
    "CREATE TRIGGER risorse_indice_dopo_delete AFTER DELETE ON risorse_testoricerca BEGIN "
    "INSERT INTO risorse_indice(risorse_indice, rowid, nome, temi, testo) "
    "VALUES ('delete', old.id, old.nome, old.temi, old.testo); END",
    "CREATE TRIGGER risorse_indice_dopo_update AFTER UPDATE ON risorse_testoricerca BEGIN "
    "INSERT INTO risorse_indice(risorse_indice, rowid, nome, temi, testo) "
    "VALUES ('delete', old.id, old.nome, old.temi, old.testo); "
    "INSERT INTO risorse_indice(rowid, nome, temi, testo) VALUES (new.id, new.nome, new.temi, new.testo); END",
    "INSERT INTO risorse_indice(risorse_indice) VALUES ('rebuild')",
)
SENZA_FTS5 = (
    "DROP TRIGGER risorse_indice_dopo_insert",
    "DROP TRIGGER risorse_indice_dopo_delete",
    "DROP TRIGGER risorse_indice_dopo_update",
    "DROP TABLE risorse_vocabolario",
    "DROP TABLE risorse_indice",
)
# The column a stem stands in is part of a second lexeme (n: in the name, t: in name or themes): GIN then answers
# "in the name" by itself, where weights would make it read every row. array_to_tsvector takes the tokens as they are,
# so that no parser of PostgreSQL has a say that FTS5 has not.
TSVECTOR = (
    "ALTER TABLE risorse_testoricerca ADD COLUMN vettore tsvector GENERATED ALWAYS AS (array_to_tsvector("
    "array_remove(string_to_array(nome || ' ' || temi || ' ' || testo, ' '), '') "
    "|| string_to_array('n:' || replace(nome, ' ', ' n:'), ' ') "
    "|| string_to_array('t:' || replace(nome || ' ' || temi, ' ', ' t:'), ' '))) STORED",
    "CREATE INDEX risorse_testoricerca_vettore ON risorse_testoricerca USING gin (vettore) WITH (fastupdate = off)",
)
SENZA_TSVECTOR = (
    "DROP INDEX risorse_testoricerca_vettore",
    "ALTER TABLE risorse_testoricerca DROP COLUMN vettore",
)


def _esegui(schema_editor, sqlite, postgresql):
    for istruzione in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(istruzione)


def crea(apps, schema_editor):
    """Make the index and fill it with the rows that are there."""
    _esegui(schema_editor, FTS5, TSVECTOR)


def togli(apps, schema_editor):
    """Take the index away; the rows of stems stay."""
    _esegui(schema_editor, SENZA_FTS5, SENZA_TSVECTOR)


class Migration(migrations.Migration):
    dependencies = [("risorse", "0001_initial")]
    operations = [migrations.RunPython(crea, togli)]
