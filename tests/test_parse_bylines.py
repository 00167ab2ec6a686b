"""Bylines: author, editor and source are three things. The cases stand in ``parse/bylines.csv``."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.bylines import people


def cases() -> list[dict[str, str]]:
    with open(Path(__file__).parent / "parse" / "bylines.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["line"])
def test_byline(case: dict[str, str]) -> None:
    paragraphs = ["The storm came at night and went in the morning."] * 5
    found = people([line for part in case["line"].split("⏎") for line in (paragraphs if part == "…" else [part])])
    assert tuple(name or "" for name in found) == (case["author"], case["editor"], case["source"])


def test_bylines_are_looked_for_at_the_ends_only() -> None:
    prose = ["一段很长的正文。"] * 40
    assert people([*prose[:20], "记者：孟小旭", *prose[20:]]).author is None
    assert people([*prose, "记者：孟小旭"]).author == "孟小旭"


def test_a_note_about_the_writer_ends_the_article() -> None:
    prose = ["The storm came at night and went in the morning."] * 6
    assert people([*prose, "Jane Doe is a political reporter for the Coast News."]).author == "Jane Doe"
    assert people([*prose, "By Ann Bell", "Jane Doe is a reporter for the Coast News."]).author == "Ann Bell"
    assert people([*prose, "Jane Doe is an analyst at the bank."]).author is None
    assert people(["Jane Doe is a reporter for the Coast News.", *prose]).author is None


@given(st.lists(st.text("记者作编辑来源：:/｜ ,、（）()By Jane张三\n"), max_size=5))
def test_any_lines_are_read(lines: list[str]) -> None:
    for name in people(lines):
        assert name is None or name.strip()


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        (["Ann Bell", "Health correspondent, Coast News"], "Ann Bell"),
        (["陳小琪", "海岸新聞記者"], "陳小琪"),
        (["Coast News", "Ann Bell was the reporter who first saw the ship."], None),
        (["东岸", "据海岸新闻记者"], None),
    ],
)
def test_a_name_above_what_the_person_is(lines: list[str], author: str | None) -> None:
    assert people(lines).author == author
