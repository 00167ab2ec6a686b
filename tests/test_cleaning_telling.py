"""What an article tells of is told from what it says, and cuts end with whole words: the cases are in
``tests/cleaning/told.txt`` and ``edges.txt``."""

import pytest
from test_cleaning import rows

from pipeline.cleaning.edges import whole_words
from pipeline.cleaning.telling import is_told
from pipeline.cleaning.voice import in_series, without_own
from pipeline.records import Cut


def found(marked: str) -> tuple[str, int, int]:
    """The text without the marks, and where they stand."""
    before, words, behind = marked.replace("\\n", "\n").replace("⟧", "⟦").split("⟦")
    return before + words + behind, len(before), len(before) + len(words)


@pytest.mark.parametrize(("kind", "marked"), [pytest.param(row[0], row[2], id=row[1]) for row in rows("told.txt")])
def test_what_an_article_tells_of(kind: str, marked: str) -> None:
    text, start, end = found(marked)
    if kind in ("told", "said"):
        assert is_told(text, start, end) == (kind == "told")
    else:
        assert in_series(text, [Cut(start, end, "spam", "unlike-article", 0.9)]) == [kind == "series"]


@pytest.mark.parametrize(("marked", "cut"), [pytest.param(*row[1:], id=row[0]) for row in rows("edges.txt")])
def test_cuts_end_with_whole_words(marked: str, cut: str) -> None:
    text, start, end = found(marked)
    wide = whole_words(text, Cut(start, end, "spam", "unlike-article", 0.9))
    assert text[wide.start : wide.end] == cut


@pytest.mark.parametrize(
    ("stretches", "score", "behind", "left"),
    [
        (["Ring our bakers now", "Cheap oars here", "Try these gloves"], 0.8, "\nIt rained.\n", 0),
        (["Ring our bakers now", "Cheap oars here", "Try these gloves"], 0.97, "\nIt rained.\n", 3),
        (["Ring our bakers now", "Cheap oars here"], 0.8, "\nIt rained.\n", 2),  # two are not many
        (["Ring our bakers now", "Cheap oars here", "Try these gloves"], 0.8, " It rained. ", 3),  # at one place
        (["Spins at Heron", "Heron pays spins", "Play Heron spins"], 0.8, "\nIt rained.\n", 3),  # one campaign
        (["Rain at nine", "It rained at ten", "Rain and no end"], 0.8, "\nIt rained: rain at ten, no end.\n", 0),
        (["渡轮票打折", "面包店开张", "买船桨送灯"], 0.8, "\n下雨了。\n", 0),
        (["鹭岛送彩金", "上鹭岛领彩金", "鹭岛彩金"], 0.8, "\n下雨了。\n", 3),
    ],
)
def test_what_is_at_many_places_and_has_nothing_in_common_is_the_articles(
    stretches: list[str], score: float, behind: str, left: int
) -> None:
    text, cuts = "", []
    for words in stretches:
        cuts.append(Cut(len(text), len(text) + len(words), "spam", "unlike-article", score))
        text += words + behind
    assert len(without_own(text, cuts)) == left
