"""Catalogue: the tables as a notebook wants them, what their columns mean, and whether they are sound."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import schema, store
from pipeline.extras import need
from pipeline.places import Place, Remote, place
from pipeline.records import TABLES
from pipeline.state import State, content_hash

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

Where = Any  # triples, one triple, or a pyarrow expression


def tables() -> list[str]:
    """The names of the tables.

    >>> tables()[0]
    'articles'
    """
    return list(TABLES)


def known(word: str, names: Iterable[str], what: str) -> str:
    """``word`` itself if it is one of ``names``.

    :raises ValueError: it is not; the message holds the nearest names.
    """
    names = list(names)
    if word in names:
        return word
    from difflib import get_close_matches

    near = get_close_matches(str(word), names, 3, 0.5)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are: {', '.join(names)}"
    raise ValueError(f"no {what} {word!r}; {hint}")


def describe(table: str | None = None) -> "pd.DataFrame":
    """The data dictionary: one row a column, of one table or of all.

    :returns: a DataFrame with ``table, column, type, nullable, unit, values, description``
    """
    import pandas as pd

    names = [known(table, TABLES, "table")] if table else list(TABLES)
    rows = [
        (name, c.name, c.type, c.nullable, c.unit, ", ".join(c.values) or None, c.description)
        for name in names
        for c in schema.columns(name)
    ]
    frame = pd.DataFrame(rows, columns=["table", "column", "type", "nullable", "unit", "values", "description"])
    return frame if table is None else frame.drop(columns="table")


def load(
    table: str,
    processed: str | Place = "processed",
    columns: Sequence[str] | None = None,
    where: Where = None,
) -> "pd.DataFrame":
    """One table as a DataFrame, all of one snapshot.

    :param table: one of :func:`tables`, or ``runs``: what each ingest that changed something did
    :param processed: where the tables are: a folder, or an address such as ``s3://bucket/processed``
    :param columns: only these columns
    :param where: only these rows: triples such as ``[("kind", "==", "money"), ("value", ">", 1e6)]``, all of which
        hold, with ``== != < <= > >= in, not in``; or a pyarrow expression
    :returns: timestamps with zone, dates as ``date32[day][pyarrow]`` (elements are :class:`datetime.date`), nullable
        integers and booleans, categoricals for small vocabularies, lists as Python lists. ``.attrs`` holds the
        table's ``description``, and ``columns``: the description and unit of each.
    :raises ValueError: there is no such table or column
    :raises FileNotFoundError: nothing has been ingested yet
    """
    if table == "runs":
        return _runs(place(processed))
    own = {column.name: column for column in schema.columns(known(table, TABLES, "table"))}
    wanted = [known(name, own, f"column in {table}") for name in (own if columns is None else columns)]
    frame = _frame(read(table, place(processed), wanted, _filter(where, own, table)))
    frame.attrs = {
        "table": table,
        "description": TABLES[table].description,
        "columns": {name: {"description": own[name].description, "unit": own[name].unit} for name in wanted},
    }
    return frame


def duckdb(processed: str | Place = "processed") -> "DuckDBPyConnection":
    """A DuckDB connection in which every table is a view, described by comments. A query sees the tables as they are
    when it runs: a later ingest shows. Of an object store it sees those that were there when it was opened.

    :raises Missing: the package duckdb is not installed
    :raises FileNotFoundError: nothing has been ingested yet
    """
    need("duckdb", "duckdb", "pipeline.duckdb()")
    import duckdb

    where = place(processed)
    parts = store.published(where, tuple(TABLES))
    if parts is None:
        raise _nothing(processed)
    database = duckdb.connect()
    if isinstance(where, Remote):
        database.register_filesystem(where.system)
    for name, table in TABLES.items():
        if isinstance(where, Remote):
            files = ", ".join(_quoted(where.url + path.removeprefix(where.path)) for path in parts[name])
        else:
            files = _quoted(f"{where.absolute()}/{name}/*.parquet")
        database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{files}])")
        database.execute(f"COMMENT ON VIEW {name} IS {_quoted(table.description)}")
        for column in schema.columns(name):
            database.execute(f'COMMENT ON COLUMN {name}."{column.name}" IS {_quoted(schema.meaning(column))}')
    return database


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _nothing(processed: str | Place) -> FileNotFoundError:
    return FileNotFoundError(f"no tables in {processed}/ yet: run `make ingest` or `python -m pipeline ingest`")


def _runs(processed: Place) -> "pd.DataFrame":
    import pandas as pd

    frame = pd.DataFrame(store.read_state(processed).runs)
    if len(frame):
        frame["started"] = pd.to_datetime(frame["started"], utc=True).astype("datetime64[us, UTC]")
    frame.attrs = {"table": "runs", "description": "What each ingest that changed something did"}
    return frame


def _filter(where: Where, own: Iterable[str], table: str) -> Any:
    import pyarrow.compute as pc

    if where is None or isinstance(where, pc.Expression):
        return where
    from pyarrow.parquet import filters_to_expression

    triples = [where] if where and isinstance(where[0], str) else list(where)
    for triple in triples:
        known(triple[0], own, f"column in {table}")
    return filters_to_expression(triples) if triples else None


def read(table: str, processed: Place, columns: Sequence[str], where: Any = None) -> "pa.Table":
    """Columns of one table of the published snapshot, in Arrow; ``where`` is a pyarrow expression.

    :raises FileNotFoundError: nothing has been ingested yet
    """
    import pyarrow.dataset as ds

    for attempt in range(3):
        parts = store.published(processed, [table])
        if parts is None:
            raise _nothing(processed)
        try:
            data = ds.dataset(parts[table], schema.arrow_schema(table), "parquet", system(processed))
            return data.to_table(columns=list(columns), filter=where)
        except FileNotFoundError:  # swept up while it was being opened: two ingests have been published since
            if attempt == 2:
                raise
    raise AssertionError


def system(processed: Place) -> Any:
    """The file system of an object store, as pyarrow takes it; None: that of this machine."""
    return processed.system if isinstance(processed, Remote) else None


def _frame(data: "pa.Table") -> "pd.DataFrame":
    import pandas as pd

    series = {field.name: _series(column, field) for field, column in zip(data.schema, data.columns, strict=True)}
    return pd.DataFrame(series, index=pd.RangeIndex(len(data)))


def _series(column: "pa.ChunkedArray", field: "pa.Field") -> Any:
    import pandas as pd
    import pyarrow as pa

    if pa.types.is_date(field.type):
        return pd.Series(column, dtype=pd.ArrowDtype(field.type))
    if pa.types.is_list(field.type):
        return pd.Series(column.to_pylist(), dtype=object)
    nullable = {pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype(), pa.float64(): None}
    if field.nullable and nullable.get(field.type):
        return column.to_pandas(types_mapper=nullable.get)
    return column.to_pandas()


# --------------------------------------------------------------------------------------------------------------- check


def check(processed: str | Place = "processed") -> Iterator[str]:
    """What is wrong with the published tables, in plain words: nothing, if they are sound.

    Columns, types, nulls, allowed values, keys; every file as it was written; every mention and sentence where it says.
    """
    processed = place(processed)
    state = store.read_state(processed)
    if not state.snapshot:
        raise _nothing(processed)
    if state.fault:
        yield state.fault
    yield from _edited(processed, state)
    data: dict[str, pa.Table] = {}
    for name in TABLES:
        try:
            data[name] = read(name, processed, [c.name for c in schema.columns(name)], None)
        except Exception as error:
            yield f"{name}: cannot be read ({type(error).__name__}: {str(error).splitlines()[0]})"
            continue
        yield from schema.faults(name, data[name])
    if "articles" in data:
        yield from _ungrounded(data)


def _edited(processed: Place, state: State) -> Iterator[str]:
    below = processed / "parts" if isinstance(processed, Remote) else store.current(processed) or processed
    expected = {(part.table, part.name) for part in state.parts}
    for table, name in sorted(expected):
        try:
            content = (below / table / name).read_bytes()
        except OSError:
            yield f"{table}/{name}: the file is missing"
            continue
        if content_hash(content) != name.rpartition(".")[0].rpartition("-")[2]:
            yield f"{table}/{name}: the file was changed after it was written"
    for table in () if isinstance(below, Remote) else TABLES:  # of an object store, only what is named is read
        folder = Path(str(below), table)
        found = {(table, path.name) for path in folder.iterdir()} if folder.is_dir() else set()
        for _, name in sorted(found - expected):
            yield f"{table}/{name}: the file was not written by the pipeline"
    try:
        json.loads((processed / "datapackage.json").read_bytes())
    except (OSError, ValueError) as error:
        yield f"datapackage.json: {error}"


_GROUNDED = {"sentences": "text", "tokens": "token", "dates": "surface", "figures": "surface",
             "organization_mentions": "surface", "links": "text", "table_cells": "text"}  # fmt: skip


def _ungrounded(data: "dict[str, pa.Table]") -> Iterator[str]:
    """Rows whose words do not stand where they say, or whose article is missing."""
    articles = data["articles"]
    texts = {
        "title": dict(zip(articles["article_id"].to_pylist(), articles["title"].to_pylist(), strict=True)),
        "text": dict(zip(articles["article_id"].to_pylist(), articles["text"].to_pylist(), strict=True)),
    }
    for name, words in _GROUNDED.items():
        if name not in data:
            continue
        table = data[name]
        fields = table["field"].to_pylist() if "field" in table.column_names else ["text"] * len(table)
        keys = [table[key].to_pylist() for key in ("article_id", "start", "end", words)]
        wrong = sum(
            texts[field].get(article_id, "")[start:end] != word
            or (start >= end and name != "links")  # a link may hold an image alone
            for field, article_id, start, end, word in zip(fields, *keys, strict=True)
        )
        if wrong:
            yield f"{name}: {wrong} rows whose words do not stand at start:end of their article"
    for name in data.keys() - {"articles", "organizations", "problems"}:
        strangers = set(data[name]["article_id"].unique().to_pylist()) - texts["text"].keys()
        if strangers:
            yield f"{name}: rows of {len(strangers)} articles that are not in articles"
