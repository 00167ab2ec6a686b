"""What follows from the row classes: Arrow schemas, record batches, checks, the data dictionary."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pipeline.records import TABLES, Col, Columns, Table

if TYPE_CHECKING:
    import pyarrow as pa


class Column(NamedTuple):
    """One column of a table, read off its row class."""

    name: str
    type: str  # string, integer, number, boolean, datetime, date, list
    nullable: bool
    description: str
    unit: str | None = None
    values: tuple[str, ...] = ()  # the allowed ones, if they are few and fixed
    category: bool = False  # dictionary-encoded


_TYPES: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    datetime: "datetime",
    date: "date",
    list: "list",
}

_ARTICLE_ID = Column("article_id", "string", False, "The article, joins articles")
_NUMBERS = {
    "cut_id": "Running number of the cut in its article",
    "sentence_id": "Running number of the sentence in its article",
    "token_id": "Running number of the token in its article",
    "mention_id": "Running number of the mention in its article",
    "n": "Running number in its article",
}


def _column(name: str, hint: Any) -> Column:
    annotated, col = get_args(hint)
    assert get_origin(hint) is Annotated
    assert isinstance(col, Col)
    nullable = get_origin(annotated) in (Union, UnionType) and NoneType in get_args(annotated)
    if nullable:
        (annotated,) = (arg for arg in get_args(annotated) if arg is not NoneType)
    values: tuple[str, ...] = ()
    if get_origin(annotated) is Literal:
        values, annotated = get_args(annotated), str
    kind = _TYPES[get_origin(annotated) or annotated]
    return Column(name, kind, nullable, col.description, col.unit, values, col.category or bool(values))


@cache
def columns(name: str) -> tuple[Column, ...]:
    """The columns of table ``name``, keys first.

    :raises KeyError: there is no such table.
    """
    table = TABLES[name]
    own = [_column(key, hint) for key, hint in get_type_hints(table.row, include_extras=True).items()]
    return tuple(key for key in _keys(table) if key.name not in {column.name for column in own}) + tuple(own)


def _keys(table: Table) -> list[Column]:
    keys = [_ARTICLE_ID] if "article_id" in table.key else []
    if table.number:
        keys.append(Column(table.number, "integer", False, _NUMBERS[table.number]))
    return keys


def meaning(column: Column) -> str:
    """What a column means, its unit in brackets."""
    return column.description + (f" [{column.unit}]" if column.unit else "")


def _arrow_type(column: Column) -> "pa.DataType":
    import pyarrow as pa

    if column.category:
        return pa.dictionary(pa.int32(), pa.string())
    return {
        "string": pa.string(),
        "integer": pa.int32(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "datetime": pa.timestamp("us", tz="UTC"),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
    }[column.type]


@cache
def arrow_schema(name: str) -> "pa.Schema":
    """The Arrow schema of table ``name``; each field's metadata holds its description and unit."""
    import pyarrow as pa

    fields = [
        pa.field(
            column.name,
            _arrow_type(column),
            column.nullable,
            {"description": column.description} | ({"unit": column.unit} if column.unit else {}),
        )
        for column in columns(name)
    ]
    return pa.schema(fields, metadata={"table": name, "description": TABLES[name].description})


class Repeated(NamedTuple):
    """A column of values, each of which stands a number of times in a row."""

    values: list[Any]
    counts: list[int]

    def array(self, type: "pa.DataType") -> "pa.Array":
        import numpy as np

        return _array(self.values, type).take(np.repeat(np.arange(len(self.counts), dtype=np.int32), self.counts))


class Numbered(NamedTuple):
    """A column that counts the rows of each article from 0."""

    counts: list[int]

    def array(self, type: "pa.DataType") -> "pa.Array":
        import numpy as np
        import pyarrow as pa

        ends = np.cumsum(self.counts, dtype=np.int32)
        return pa.array(np.arange(ends[-1], dtype=np.int32) - np.repeat(ends - self.counts, self.counts), type)


def by_column(rows: Sequence[tuple[Any, ...]]) -> Sequence[Sequence[Any]]:
    """Rows as one sequence a column."""
    return rows.columns if isinstance(rows, Columns) else list(zip(*rows, strict=True))


def keys(name: str, articles: list[str], counts: list[int]) -> list[Repeated | Numbered]:
    """The key columns that stand in front of the rows' own in table ``name``.

    :param counts: for each of ``articles`` how many rows it has
    """
    number = [Numbered(counts)] if TABLES[name].number else []
    return [Repeated(articles, counts), *number] if _of_article(name) else [*number]


def as_dicts(name: str, article_id: str, rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The rows of one article as dictionaries, keys included: what the JSON commands print."""
    names = [column.name for column in columns(name)]
    front = (article_id,) if _of_article(name) else ()
    numbered = TABLES[name].number is not None
    return [
        dict(zip(names, (*front, *([number] if numbered else ()), *row), strict=True))
        for number, row in enumerate(rows)
    ]


def _of_article(name: str) -> bool:
    """Whether the rows of a table begin with the article they belong to."""
    return "article_id" in TABLES[name].key and name != "articles"


def from_columns(name: str, data: "Sequence[Sequence[Any] | Repeated | Numbered]") -> "pa.Table":
    """An Arrow table of table ``name`` from one sequence a column, in the schema's order."""
    import pyarrow as pa

    target = arrow_schema(name)
    if not data:
        return target.empty_table()
    arrays = [
        _array(values, pa.string()).dictionary_encode()
        if pa.types.is_dictionary(field.type)
        else _array(values, field.type)
        for values, field in zip(data, target, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=target)


def _array(values: "Sequence[Any] | Repeated | Numbered", type: "pa.DataType") -> "pa.Array":
    import pyarrow as pa

    if isinstance(values, Repeated | Numbered):
        return values.array(type)
    if isinstance(values, array):
        import numpy as np

        return pa.array(np.frombuffer(values, np.int32), type)
    try:
        return pa.array(values, type)
    except UnicodeEncodeError:  # half a surrogate pair, which UTF-8 cannot hold
        return pa.array([_encodable(value) for value in values], type)


def _encodable(value: Any) -> Any:
    """``value`` with each half of a surrogate pair replaced; the length of a text stays the same."""
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def faults(name: str, table: "pa.Table") -> Iterable[str]:
    """What is wrong with a table, in plain words: columns, nulls, values that are not allowed, keys met twice."""
    import pyarrow.compute as pc

    wanted = columns(name)
    if list(table.column_names) != [column.name for column in wanted]:
        yield f"{name}: columns are {table.column_names}, not {[column.name for column in wanted]}"
        return
    for column in wanted:
        data = table[column.name]
        if data.type != _arrow_type(column):
            yield f"{name}.{column.name}: type is {data.type}, not {_arrow_type(column)}"
            continue
        if not column.nullable and data.null_count:
            yield f"{name}.{column.name}: {data.null_count} nulls where none may be"
        if column.values:
            others = sorted(
                {v for v in pc.unique(data.cast("string")).to_pylist() if v is not None} - set(column.values)
            )
            if others:
                yield f"{name}.{column.name}: values that are not allowed: {', '.join(others[:5])}"
    key = list(TABLES[name].key)
    if key and table.num_rows:
        unique = table.select(key).group_by(key).aggregate([]).num_rows
        if unique != table.num_rows:
            yield f"{name}: {table.num_rows - unique} rows whose key ({', '.join(key)}) stands twice"


def resource(name: str) -> dict[str, Any]:
    """The Frictionless resource descriptor of table ``name``, without its path."""
    fields = []
    for column in columns(name):
        field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
        if column.type == "list":
            field["itemType"] = "string"
        constraints: dict[str, Any] = {} if column.nullable else {"required": True}
        if column.values:
            constraints["enum"] = list(column.values)
        if constraints:
            field["constraints"] = constraints
        if column.unit:
            field["unit"] = column.unit
        fields.append(field)
    described: dict[str, Any] = {"fields": fields}
    if TABLES[name].key:
        described["primaryKey"] = list(TABLES[name].key)
    if "article_id" in TABLES[name].key and name != "articles":
        described["foreignKeys"] = [
            {"fields": ["article_id"], "reference": {"resource": "articles", "fields": ["article_id"]}}
        ]
    return {"name": name, "description": TABLES[name].description, "schema": described}


def markdown() -> str:
    """The data dictionary as a Markdown page: ``docs/tables.md``."""
    out = [
        "# The tables",
        "",
        "Made from the row classes by `python -m pipeline describe --markdown`; do not edit.",
        "",
    ]
    for name, table in TABLES.items():
        out += [f"## {name}", "", f"{table.description}.", ""]
        if table.key:
            out += ["Key: " + ", ".join(f"`{key}`" for key in table.key), ""]
        out += ["| column | type | null | unit | what |", "|--|--|--|--|--|"]
        for c in columns(name):
            values = f" ({' '.join(f'`{value}`' for value in c.values)})" if c.values else ""
            out.append(
                f"| {c.name} | {c.type} | {'yes' if c.nullable else ''} | {c.unit or ''} | {c.description}{values} |"
            )
        out.append("")
    return "\n".join(out)
