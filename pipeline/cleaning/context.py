"""A second look at pages on which something is likely to be spam: what the other segments were taken for, and what a
segment has in common with those taken for spam.

A page that was broken into once was often broken into twice, and one place of spam tells what the other sells.
"""

from typing import NamedTuple

import numpy as np

from pipeline.cleaning import topics
from pipeline.cleaning.fold import Array
from pipeline.cleaning.segments import Segmented
from pipeline.cleaning.tokens import Groups, run_starts
from pipeline.cleaning.topics import likeness, products

LIKELY = -1.0  # log odds of a segment that make its page worth a second look
_FOUND = 0.5  # log odds of a segment that is taken for spam
_MOST, _BEYOND = 10.0, -12.0  # log odds, either way; of what lies beyond the page or line
_FAR = 20  # segments


class Context(NamedTuple):
    """Per segment."""

    odds: Array  # log odds at first sight
    before: Array  # of the segment before
    before_that: Array
    behind: Array
    behind_that: Array
    best: Array  # the highest of the page's other segments
    mean: Array  # of the page
    line: Array  # of the line
    best_of_line: Array  # the highest of the line's other segments
    found: Array  # how many of the page's other segments were taken for spam
    found_tokens: Array  # share of the page's tokens
    distance: Array  # to the nearest of them, in segments
    like_found: Array  # likeness to the others that were taken for spam
    like_rest: Array  # likeness to the others that were not
    shared: Array  # share of its words that others taken for spam have, and others not taken for spam have not


class Words(NamedTuple):
    """What context needs of segmented pages."""

    first: Array  # per segment: its first token
    page: Array  # per segment: the number of its page
    line: Array  # per segment: the number of its line
    term: Array  # per token: the number of its vector
    word: Array  # per token: its hash, of a Han character with the one before it
    content: Array  # per token: no function word and no number

    @classmethod
    def of(cls, text: Segmented) -> "Words":
        tokens = text.tokens
        word = tokens.hash.copy()
        word[1:] += tokens.hash[:-1] * np.uint64(3) * tokens.han[1:]
        return cls(
            text.first, text.page, text.line, text.surprise.term, word, ~(text.surprise.function | tokens.number)
        )

    def only(self, kept: Array) -> "Words":
        """:param kept: per segment: whether it stays"""
        sizes = np.diff(np.append(self.first, len(self.term)))
        token = np.repeat(kept, sizes)
        first = np.append(0, sizes[kept].cumsum()[:-1])
        return Words(first, self.page[kept], self.line[kept], self.term[token], self.word[token], self.content[token])


NAMES = tuple(f"context_{name}" for name in Context._fields)


def measure(words: Words, odds: Array) -> Context:
    """:param odds: log odds at first sight, per segment"""
    tokens = np.diff(np.append(words.first, len(words.term)))
    pages, lines = Groups.by(words.page), Groups.by(words.line)
    page, opens = pages.of, pages.first
    words = words._replace(page=page)
    odds = np.clip(odds, -_MOST, _MOST)
    taken = odds >= _FOUND
    number = np.add.reduceat(taken, opens, dtype=np.int64).take(page)
    share = np.add.reduceat(tokens * taken, opens) / np.add.reduceat(tokens, opens)
    like_found, like_rest = _likenesses(words, taken, opens)
    return Context(
        odds,
        _shifted(odds, page, 1),
        _shifted(odds, page, 2),
        _shifted(odds, page, -1),
        _shifted(odds, page, -2),
        _best_other(odds, pages),
        _mean(odds, pages),
        _mean(odds, lines),
        _best_other(odds, lines),
        number - taken,
        share.take(page),
        _distance(taken, page),
        like_found,
        like_rest,
        _shared(words, taken),
    )


def _shifted(odds: Array, page: Array, step: int) -> Array:
    """The odds of the segment so many places before (or behind, if negative)."""
    found = np.full(len(odds), _BEYOND)
    here, there = (slice(step, None), slice(None, -step)) if step > 0 else (slice(None, step), slice(-step, None))
    found[here] = np.where(page[here] == page[there], odds[there], _BEYOND)
    return found


def _mean(odds: Array, groups: Groups) -> Array:
    """Of each segment's group, in whole numbers first, so that no page depends on another."""
    mean = np.add.reduceat(np.rint(odds * 1024.0), groups.first) / 1024.0 / (groups.last - groups.first + 1)
    found: Array = mean.take(groups.of)
    return found


def _best_other(odds: Array, groups: Groups) -> Array:
    """The highest of the other segments of each one's group."""
    order = np.lexsort((odds, groups.of))  # each group's last is the highest
    best = odds.take(order.take(groups.last)).take(groups.of)
    second = odds.take(order.take(np.maximum(groups.last - 1, 0)))
    best[order.take(groups.last)] = np.where(groups.last > groups.first, second, _BEYOND)
    return best


def _distance(taken: Array, page: Array) -> Array:
    """Segments from each one to the nearest other one of its page that is taken."""
    place = np.arange(len(page))
    distance = np.full(len(page), _FAR)
    at = taken.nonzero()[0]
    if len(at):
        for number in (at.searchsorted(place) - 1, at.searchsorted(place, side="right")):
            other = at.take(number.clip(0, len(at) - 1))
            there = (number >= 0) & (number < len(at)) & (page.take(other) == page)
            distance = np.where(there, np.minimum(distance, np.abs(place - other)), distance)
    return distance


def _likenesses(words: Words, taken: Array, opens: Array) -> tuple[Array, Array]:
    sums, page = topics.unpacked(topics.packed_sums(words.term, words.first)[0]), words.page
    squares = products(sums, sums)
    found = sums * taken[:, None]
    total, total_found = (np.add.reduceat(each, opens, axis=0).take(page, axis=0) for each in (sums, found))
    like_found = likeness(sums, total_found - found, squares)
    return like_found, likeness(sums, total - total_found - (sums - found), squares)


def _shared(words: Words, taken: Array) -> Array:
    """Share of each segment's words that others of its page have which are taken, and the others have not."""
    size = len(taken)
    opens = np.zeros(len(words.word), dtype=np.int64)
    opens[words.first[1:]] = 1
    segment = opens.cumsum()[words.content]
    # One number holds 16 bits of the word, the page, and the segment.
    word = (words.word[words.content] & np.uint64(0xFFFF)).view(np.int64)
    found = np.unique(word << 44 | words.page.take(segment) << 24 | segment)
    if not len(found):
        return np.zeros(size)
    owner, word = found & 0xFFFFFF, found >> 24
    starts = run_starts(word)
    lengths = np.diff(np.append(starts, len(word)))
    spam = taken.take(owner)
    with_it = np.repeat(np.add.reduceat(spam, starts, dtype=np.int64), lengths)
    without = np.repeat(lengths, lengths) - with_it
    only = (with_it - spam > 0) & (without - ~spam == 0)
    return np.bincount(owner, weights=only, minlength=size) / np.maximum(np.bincount(owner, minlength=size), 1)
