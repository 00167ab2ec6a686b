"""DuckDB and SQLite: one file with all tables, their keys and what each column means."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pipeline import schema
from pipeline.export.source import Source, plain, text
from pipeline.records import TABLES

_DUCKDB = {"string": "VARCHAR", "integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN",
           "datetime": "TIMESTAMPTZ", "date": "DATE", "list": "VARCHAR[]"}  # fmt: skip
_SQLITE = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER",
           "datetime": "TEXT", "date": "TEXT", "list": "TEXT"}  # fmt: skip


def create(name: str, types: dict[str, str], beside: Sequence[str]) -> str:
    """CREATE TABLE for table ``name``; each column's meaning is a comment, which SQLite keeps.

    :param beside: the tables in the same file: rows refer to articles, if they are among them
    """
    lines = [
        (f'"{column.name}" {types[column.type]}{"" if column.nullable else " NOT NULL"}', schema.meaning(column))
        for column in schema.columns(name)
    ]
    key = TABLES[name].key
    if key:
        lines.append((f"PRIMARY KEY ({', '.join(key)})", ""))
    if "article_id" in key and name != "articles" and "articles" in beside:
        lines.append(("FOREIGN KEY (article_id) REFERENCES articles (article_id)", ""))
    body = [
        f"  {line}{',' if number < len(lines) else ''}{f'  -- {what}' if what else ''}"
        for number, (line, what) in enumerate(lines, 1)
    ]
    return "\n".join([f'CREATE TABLE "{name}" (  -- {TABLES[name].description}', *body, ")"])


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def duckdb(target: Path, tables: Sequence[Source]) -> None:
    import duckdb
    import pyarrow as pa

    with closing(duckdb.connect(str(target))) as database:
        for table in tables:
            database.execute(create(table.name, _DUCKDB, [one.name for one in tables]))
            database.execute(f'COMMENT ON TABLE "{table.name}" IS {_quoted(TABLES[table.name].description)}')
            for column in schema.columns(table.name):
                what = _quoted(schema.meaning(column))
                database.execute(f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {what}')
            database.register("streamed", pa.RecordBatchReader.from_batches(plain(table.name), table.batches()))
            database.execute(f'INSERT INTO "{table.name}" SELECT * FROM streamed')
            database.unregister("streamed")


def sqlite(target: Path, tables: Sequence[Source]) -> None:
    import sqlite3

    with closing(sqlite3.connect(target, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")  # the whole file is flushed before it is renamed
        database.execute("BEGIN")
        for table in tables:
            database.execute(create(table.name, _SQLITE, [one.name for one in tables]))
            places = ", ".join("?" * len(schema.columns(table.name)))
            rows = (tuple(map(text, row)) for row in table.rows())
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', rows)
        database.execute("COMMIT")
