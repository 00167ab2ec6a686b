"""JSON Schema of the lines that ``clean`` and ``annotate`` print, from the row classes."""

from collections.abc import Callable, Iterable
from typing import Any

from pipeline import schema

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "datetime": {"type": "string", "format": "date-time"},
    "date": {"type": "string", "format": "date"},
    "list": {"type": "array", "items": {"type": "string"}},
}
_PLACE = {"type": "integer", "minimum": 0}
_ID = {"description": "As in the request; null if it had none"}


def clean() -> dict[str, Any]:
    """One line that ``clean`` prints."""
    own = {column.name: _value(column) for column in schema.columns("cuts")}
    cut = {
        "start": _PLACE | {"description": "Where it starts in the request's raw, in code points; null: not in it"},
        "end": _PLACE | {"description": "Where it ends there, exclusive"},
    } | {name: own[name] for name in ("kind", "reason", "score", "text")}
    for name in ("start", "end"):
        cut[name]["type"] = ["integer", "null"]
    fields = {
        "id": _ID,
        "title": {"type": "string", "description": "The headline; empty if there is none, or if it stays in the text"},
        "text": {"type": "string", "description": "The body without what was cut"},
        "cuts": {"type": "array", "items": _object(cut)},
    }
    return _line("What `python -m pipeline clean` prints for one request", fields)


def annotate() -> dict[str, Any]:
    """One line that ``annotate`` prints."""
    fields = {"id": _ID} | {
        name: {"type": "array", "items": _object({c.name: _value(c) for c in _without_article(table)})}
        for name, table in (("dates", "dates"), ("figures", "figures"), ("organizations", "organization_mentions"))
    }
    pair = {"type": "array", "prefixItems": [_PLACE, _PLACE], "items": False, "minItems": 2}
    fields["tokens"] = {"type": "array", "items": pair, "description": "Start and end of each word"}
    return _line("What `python -m pipeline annotate` prints for one request", fields)


LINES: dict[str, Callable[[], dict[str, Any]]] = {"clean": clean, "annotate": annotate}


def _without_article(table: str) -> Iterable[schema.Column]:
    return (column for column in schema.columns(table) if column.name != "article_id")


def _value(column: schema.Column) -> dict[str, Any]:
    """The schema of one value of a column."""
    value: dict[str, Any] = {"description": schema.meaning(column)} | _TYPES[column.type]
    if column.values:
        value["enum"] = [*column.values, None] if column.nullable else list(column.values)
    if column.nullable:
        value["type"] = [value["type"], "null"]
    if column.unit == "code points":
        value["minimum"] = 0
    return value


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _line(title: str, fields: dict[str, Any]) -> dict[str, Any]:
    """An answer, or what was wrong with the request."""
    error = _object({"error": {"type": "string", "description": "What is wrong with the request"}})
    return {"$schema": _DIALECT, "title": title, "oneOf": [_object(fields), error]}
