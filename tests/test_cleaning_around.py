"""Lines of sites that no rule knows: ``tests/cleaning/around.txt``."""

import re
from pathlib import Path

import pytest
from test_cleaning import article

from pipeline.cleaning import apply_cuts, find_cuts

CASES = re.split(r"(?m)^=== ", (Path(__file__).parent / "cleaning" / "around.txt").read_text(encoding="utf-8"))[1:]


def marked(case: str) -> object:
    missed = [pytest.mark.xfail(strict=True)] if case.startswith("not yet:") else []
    return pytest.param(case, id=case.partition("\n")[0], marks=missed)


@pytest.mark.parametrize("case", list(map(marked, CASES)))
def test_lines_of_the_site_by_their_place(case: str) -> None:
    _, title, *rows = case.strip().split("\n")
    parsed = article("\n".join(row.removeprefix("- ") for row in rows), title=title)
    cuts = find_cuts(parsed)
    assert apply_cuts(parsed, cuts).text.rstrip("\n").split("\n") == [row for row in rows if not row.startswith("- ")]
    assert {cut.kind for cut in cuts} <= {"boilerplate"}
