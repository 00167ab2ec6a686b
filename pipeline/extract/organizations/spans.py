"""What the rules hand on: a span that may be an organization's name."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import lexicon


class Span(NamedTuple):
    """A candidate. Where two overlap, the longer wins, then the surer."""

    start: int
    end: int
    evidence: str
    score: float


class Words(NamedTuple):
    """The words of a Chinese text, their parts of speech, and where each begins and ends."""

    forms: Sequence[str]
    tags: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]


def longest(spans: Iterable[Span]) -> list[Span]:
    """The spans that are left, in order, when of overlapping ones the longest is taken."""
    taken: list[Span] = []
    used: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.start - s.end, -s.score, s.start)):
        if used.isdisjoint(range(span.start, span.end)):
            used.update(range(span.start, span.end))
            taken.append(span)
    return sorted(taken)


_LISTS = ("organization_words.csv", "organization_persons_places.csv")


@cache
def words(name: str) -> tuple[str, ...]:
    """One of the word lists the rules and the scorer look at."""
    rows = (row for file in _LISTS for row in lexicon.rows(file))
    return next(tuple(row["words"].split()) for row in rows if row["list"] == name)


@cache
def members(name: str) -> frozenset[str]:
    """The same as a set, to look words up in."""
    return frozenset(words(name))
