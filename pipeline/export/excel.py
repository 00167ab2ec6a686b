"""Excel: a sheet a table, and one that says what every column means."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pipeline import schema
from pipeline.export.source import Source, text
from pipeline.records import TABLES

ROWS, CHARS = 1_048_576, 32_767  # what a sheet and a cell can hold
_HEAD = ("table", "column", "type", "unit", "null", "values", "description")


def xlsx(target: Path, tables: Sequence[Source]) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(target, options) as book:
        # The same tables give the same bytes.
        book.set_properties({"created": datetime(2000, 1, 1)})
        formats = {"head": book.add_format({"bold": True}), "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"})}
        _dictionary(book.add_worksheet("dictionary"), formats, [table.name for table in tables])
        for table in tables:
            names = [column.name for column in schema.columns(table.name)]
            for number, rows in enumerate(pieces(table.rows(), ROWS - 1), 1):
                sheet = book.add_worksheet(table.name if number == 1 else f"{table.name} ({number})")
                sheet.autofilter(0, 0, _fill(sheet, formats, names, rows), len(names) - 1)


def pieces(rows: Iterator[tuple[Any, ...]], size: int) -> Iterator[Iterator[tuple[Any, ...]]]:
    """``rows`` in pieces of ``size``, at least one; each is to be used up before the next is taken.

    >>> [list(piece) for piece in pieces(iter([(1,), (2,), (3,)]), 2)]
    [[(1,), (2,)], [(3,)]]
    """
    yield islice(rows, size)
    for first in rows:
        yield chain([first], islice(rows, size - 1))


def _dictionary(sheet: Any, formats: dict[str, Any], tables: Sequence[str]) -> None:
    rows: list[tuple[str, ...]] = [
        (name, c.name, c.type, c.unit or "", "yes" if c.nullable else "", ", ".join(c.values), c.description)
        for name in tables
        for c in schema.columns(name)
    ]
    missing = ", ".join(name for name in TABLES if name not in tables)
    rows += [(), ("Times are UTC.",), (f"A cell holds {CHARS:,} characters at most: longer texts are cut.",)]
    rows += [(f"Not in this file: {missing}.",)] if missing else []
    sheet.set_column(0, 1, 22)
    sheet.set_column(6, 6, 80)
    _fill(sheet, formats, _HEAD, rows)


def _fill(sheet: Any, formats: dict[str, Any], head: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Write a head and rows; returns how many rows."""
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(head):
        sheet.write_string(0, column, name, formats["head"])
    count = 0
    for count, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write(sheet, count, column, value, formats["time"])
    return count


def _write(sheet: Any, row: int, column: int, value: Any, time: Any) -> None:
    """Write one cell. Text stays text: nothing becomes a formula, a link or a number."""
    if isinstance(value, str | list):
        sheet.write_string(row, column, text(value)[:CHARS])
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.astimezone(UTC).replace(tzinfo=None), time)
    elif isinstance(value, date) and value.year < 1900:  # Excel's calendar starts then
        sheet.write_string(row, column, value.isoformat())
    elif value is not None:
        sheet.write(row, column, value)
