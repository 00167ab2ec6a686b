"""What an article tells of is told from what it says, and cuts end with whole words: the cases are in
``tests/cleaning/told.txt`` and ``edges.txt``."""

import pytest
from test_cleaning import rows

from pipeline.cleaning.edges import whole_words
from pipeline.cleaning.telling import is_told
from pipeline.records import Cut


def found(marked: str) -> tuple[str, int, int]:
    """The text without the marks, and where they stand."""
    before, words, behind = marked.replace("\\n", "\n").replace("⟧", "⟦").split("⟦")
    return before + words + behind, len(before), len(before) + len(words)


@pytest.mark.parametrize(("kind", "marked"), [pytest.param(row[0], row[2], id=row[1]) for row in rows("told.txt")])
def test_what_an_article_tells_of(kind: str, marked: str) -> None:
    assert is_told(*found(marked)) == {"told": True, "said": False}[kind]


@pytest.mark.parametrize(("marked", "cut"), [pytest.param(*row[1:], id=row[0]) for row in rows("edges.txt")])
def test_cuts_end_with_whole_words(marked: str, cut: str) -> None:
    text, start, end = found(marked)
    wide = whole_words(text, Cut(start, end, "spam", "unlike-article", 0.9))
    assert text[wide.start : wide.end] == cut
