"""Cleaning: how much a line speaks as advertisements in sentences do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning import language
from pipeline.cleaning.segments import segment
from pipeline.cleaning.view import Page, lines

# An advertisement, and a sentence of news on the same matter.
PAIRS = {
    "lamps": (
        "For reading corners that never seem bright enough, the hand-blown lamps of Elderglow are a gentle answer.",
        "The factory, which once made a third of the country's lamps, will close in June with the loss of 140 jobs.",
    ),
    "cellars": (
        "Whether your cellar is merely musty or under water, the family-run team at Drywell has an answer.",
        "Firefighters pumped water out of forty cellars on Sunday after the river burst its banks, the mayor said.",
    ),
    "鞋": (
        "对于膝盖不好又想坚持晨跑的中老年朋友来说，云步牌缓震鞋轻便耐磨，做工精细，深受大家的青睐与好评。",
        "该厂去年生产运动鞋九百万双，因海外订单减少，今年三月起有四条生产线停产。",
    ),
    "窗": (
        "金阁门窗集研发、生产、安装于一体，选材考究，做工精细，深受广大新老客户的信赖与好评。",
        "台风过后，全市有一千二百余户居民的门窗受损，住建部门已组织人员逐户登记。",
    ),
}


def promotion(*texts: str) -> list[list[int]]:
    """Per text: of each of its tokens."""
    found = segment([Page(text, lines(text, [])) for text in texts])
    assert found is not None
    page = found.offsets.searchsorted(found.folded.origin.take(found.tokens.start), side="right") - 1
    return [found.surprise.promotion[page == number].tolist() for number in range(len(texts))]


@pytest.mark.parametrize("matter", PAIRS)
def test_advertisements_promote_and_news_does_not(matter: str) -> None:
    advertisement, news = map(sum, promotion(*PAIRS[matter]))
    assert advertisement > 0 > news


@given(st.lists(st.text(st.sampled_from("ab. 好的—\n\U00020000"), max_size=30), min_size=1, max_size=5))
def test_a_text_promotes_among_others_as_it_does_alone(texts: list[str]) -> None:
    texts = [*texts, "One more line 和一行"]
    alone = [promotion(text)[0] if segment([Page(text, lines(text, []))]) else [] for text in texts]
    assert promotion(*texts) == alone


def test_stretches_end_with_their_line() -> None:
    text = "abc defg\nhi"
    found = segment([Page(text, lines(text, []))])
    assert found is not None
    first, four, six = language.stretches(found.folded, found.tokens, np.arange(3))
    assert first.tolist() == [0, 4, 8]
    # Those that would reach beyond the line's end, which counts as a character, are at place 0.
    assert (four > 0).tolist() == [True] * 6 + [False] * 4
    assert (six > 0).tolist() == [True] * 4 + [False] * 6
    assert len({*four.tolist()}) == 7
