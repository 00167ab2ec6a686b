"""The cases in ``tests/dates``, which hold what must be found, what must not, and what is not found yet."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.extract.dates import extract
from pipeline.records import DateRow
from pipeline.text import passage

CASES = Path(__file__).parent / "dates"


def read(name: str) -> Iterator[object]:
    for number, line in enumerate((CASES / name).read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield pytest.param(*[part.strip() for part in (line + " | ").split(" | ")[:3]], id=f"{name}:{number}")


def find(published: str, text: str) -> list[DateRow]:
    day = None if published == "-" else date.fromisoformat(published)
    return extract([passage("text", text, published=day)])


def meaning(row: DateRow) -> str:
    value = (row.edtf or "-") + "*" * row.relative
    if row.kind == "duration":
        value = f"{row.cmp if row.cmp != 'eq' else ''} {row.duration}".strip()
    return f"{value} {row.mod}" if row.mod else value


def marked(text: str, rows: list[DateRow]) -> str:
    for row in reversed(rows):
        text = f"{text[: row.start]}[{row.surface}]{text[row.end :]}"
    return text


def check(published: str, text: str, values: str) -> None:
    rows = find(published, re.sub(r"[\[\]]", "", text))
    assert (marked(re.sub(r"[\[\]]", "", text), rows), [meaning(row) for row in rows]) == (
        text,
        [value.strip() for value in values.split(";")] if values else [],
    )


@pytest.mark.parametrize(("published", "text", "values"), [*read("zh.txt"), *read("en.txt"), *read("negatives.txt")])
def test_found_as_written(published: str, text: str, values: str) -> None:
    check(published, text, values)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("published", "text", "values"), [*read("known_failures.txt")])
def test_not_found_yet(published: str, text: str, values: str) -> None:
    check(published, text, values)


def rows_of_docs(columns: int) -> Iterator[list[str]]:
    """The rows of the tables in docs/dates.md that have so many columns."""
    docs = Path(__file__).parent.parent / "docs" / "dates.md"
    for line in docs.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == columns and cells[0] != "written":
            yield cells


def each(cell: str, count: int) -> list[str | None]:
    values: list[str | None] = [value or None for value in cell.split(", ")]
    return values if len(values) == count else values * count


@pytest.mark.parametrize("cells", [*rows_of_docs(6)], ids=lambda cells: cells[0])
def test_docs_say_what_dates_are(cells: list[str]) -> None:
    for written, *value in zip(
        cells[0].split(", "), *(each(cell, cells[0].count(", ") + 1) for cell in cells[2:]), strict=True
    ):
        found = [(row.start_date, row.end_date, row.grain, row.edtf) for row in find(cells[1] or "-", f"{written}，")]
        assert [[None if x is None else str(x) for x in row] for row in found] == [value]


@pytest.mark.parametrize("cells", [*rows_of_docs(3)], ids=lambda cells: cells[0])
def test_docs_say_what_durations_are(cells: list[str]) -> None:
    for written in cells[0].split(", "):
        assert [(row.duration, row.cmp) for row in find("-", written)] == [(cells[1], cells[2].split()[0])]
