"""What the rules hand on: a span that may be an organization's name."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipeline import lexicon


class Span(NamedTuple):
    """A candidate. Where two overlap, the longer wins, then the surer."""

    start: int
    end: int
    evidence: str
    score: float


class Word(NamedTuple):
    start: int
    end: int
    text: str
    tag: str


def longest(spans: Iterable[Span]) -> list[Span]:
    """The spans that are left, in order, when of overlapping ones the longest is taken."""
    taken: list[Span] = []
    used: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.start - s.end, -s.score, s.start)):
        if used.isdisjoint(range(span.start, span.end)):
            used.update(range(span.start, span.end))
            taken.append(span)
    return sorted(taken)


@cache
def words(name: str) -> tuple[str, ...]:
    """One of the word lists the rules look at."""
    return next(tuple(row["words"].split()) for row in lexicon.rows("organization_words.csv") if row["list"] == name)
