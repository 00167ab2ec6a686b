"""Cleaning: what tells a segment of another topic, and what a second look at a page adds."""

import numpy as np
import pytest

from pipeline.cleaning import context, topics
from pipeline.cleaning.context import Words
from pipeline.cleaning.segments import Segmented, segment
from pipeline.cleaning.view import Page, lines
from tests.test_cleaning import HOSTS

FOREIGN = {
    "zh": "卧室的墙面先批两遍腻子，等干透了再上底漆，衣柜的门板选的是带木纹的颜色。",
    "en": "The dentist polished the crown, checked the gums and told the patient to rinse twice a day.",
}


def segmented(*texts: str) -> Segmented:
    found = segment([Page(text, lines(text, [])) for text in texts])
    assert found is not None
    return found


def measured(text: Segmented) -> topics.Topics:
    page = np.unique(text.page, return_inverse=True)[1]
    return topics.measure(text.surprise.term, text.first, page, text.line)


@pytest.mark.parametrize("host", HOSTS)
def test_a_sentence_about_something_else_is_less_like_the_page_than_most(host: str) -> None:
    rows = HOSTS[host].split("\n")
    foreign = FOREIGN[host[:2]]
    text = segmented("\n".join([*rows[:2], foreign, *rows[2:]]))
    found = measured(text)
    starts = text.folded.origin[text.tokens.start[text.first]]
    at = text.text.index(foreign)
    own = (starts < at) | (starts >= at + len(foreign))
    assert found.rest[~own].max() < np.median(found.rest[own])
    assert found.returning[~own].max() < found.returning[own].mean()


def test_vectors_add_up_whatever_is_packed() -> None:
    text = segmented(*HOSTS.values())
    packed, known, _, _ = topics.packed_sums(text.surprise.term, text.first)
    table = topics.unpacked(topics.model().vector)
    assert np.abs(table).max() <= topics.MOST
    ends = np.append(text.first[1:], len(text.surprise.term))
    for number, (low, high) in enumerate(zip(text.first, ends, strict=True)):
        terms = text.surprise.term[low:high]
        assert known[number] == (terms > 0).sum()
        assert (topics.unpacked(packed[number : number + 1])[0] == table[terms].sum(axis=0)).all()


def test_pages_are_measured_together_as_alone() -> None:
    texts = [*HOSTS.values(), "…", "一", "Word"]
    together = measured(segmented(*texts))
    alone = [measured(segmented(text)) for text in texts if text != "…"]
    for name, values in zip(topics.Topics._fields, together, strict=True):
        assert (values == np.concatenate([getattr(one, name) for one in alone])).all(), name


def test_a_second_look_sees_the_rest_of_the_page() -> None:
    bridge, bees = HOSTS["en-bridge"].split("\n")[1], HOSTS["en-bees"].split("\n")[1]
    spam = "Kolvarado slots pay tonight"
    text = segmented(f"{bridge}\n{spam}\n{bridge}\nOnly Kolvarado slots", bees)
    words = Words.of(text)
    odds = np.full(len(text.first), -6.0)
    starts = text.folded.origin[text.tokens.start[text.first]].tolist()
    first, last = starts.index(text.text.index(spam)), starts.index(text.text.index("Only"))
    odds[first] = 4.0
    found = context.measure(words, odds)
    assert (found.best[first], found.best[last]) == (-6.0, 4.0)
    assert (found.before[first + 1], found.behind[first - 1]) == (4.0, 4.0)
    assert found.line[first] == 4.0
    assert found.best_of_line[first] < -6.0  # it is alone
    own_line = text.line == text.line[first - 1]
    assert own_line.sum() > 1
    assert (found.line[own_line] == -6.0).all()
    assert (found.best_of_line[own_line] == -6.0).all()
    assert found.distance[last] == last - first
    assert found.found[first] == 0
    assert found.found[last] == 1
    assert found.shared[last] > 0.5 > found.shared[first - 1]
    other = text.page == text.page[-1]
    assert (found.found[other] == 0).all()
    assert (found.best[other] <= -6.0).all()
    only = context.measure(words.only(~other), odds[~other])
    for name, values in zip(context.Context._fields, found, strict=True):
        assert (values[~other] == getattr(only, name)).all(), name
