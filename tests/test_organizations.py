"""Cases for names of organizations: tests/organizations/cases.txt holds the texts."""

import re
from pathlib import Path

import pytest

from pipeline.extract.organizations import extract
from pipeline.text import passage

_MARK = re.compile(r"【([^【】|]+)(?:\|([^【】]+))?】")
CASES = Path(__file__).parent / "organizations" / "cases.txt"


def _lines() -> list[str]:
    return [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def _parse(line: str) -> tuple[str, list[tuple[int, str, str | None]]]:
    """The text of a case, and the start, surface and id of each organization in it."""
    text, gold, end = "", [], 0
    for match in _MARK.finditer(line):
        text += line[end : match.start()]
        gold.append((len(text), match[1], match[2]))
        text += match[1]
        end = match.end()
    return text + line[end:], gold


@pytest.mark.parametrize("line", _lines())
def test_case(line: str) -> None:
    text, gold = _parse(line)
    rows = extract([passage("text", text)])
    assert [(row.start, row.surface) for row in rows] == [(start, surface) for start, surface, _ in gold]
    for row, (_, _, org_id) in zip(rows, gold, strict=True):
        assert org_id is None or row.org_id == org_id
