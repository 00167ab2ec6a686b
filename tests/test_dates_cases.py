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
